/**
 * Simulated Twilio: `POST /2010-04-01/Accounts/{Sid}/Messages.json`, form-encoded, with Basic auth. As at Twilio nothing makes a second
 * request the same as the first. https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { simulateSms } from '#domain/messages/simulated-vendor.ts';
import { WHATSAPP } from '#providers/twilio.ts';
import { callbacksOf } from '#providers/vendor-server/vendor-events.ts';
import { readJson, type VendorAnswer, type VendorRequest } from '#providers/vendor-server/vendor-answer.ts';
import type { NewVendorMessage, VendorStore } from '#db/queries/vendor-store.ts';
import type { CallbackDeliverer } from '#providers/vendor-server/deliver-callbacks.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/;

/** A new message id as Twilio makes them. */
export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

const errorAnswer = (status: number, code: number, message: string, headers?: Record<string, string>): VendorAnswer => ({
  status, ...(headers && { headers }), body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

/** Approved content as the mailbox shows it: which it is, and what it is filled with. */
function contentText(form: URLSearchParams): string | null {
  const sid = form.get('ContentSid');
  const filled = z.record(z.string(), z.string()).safeParse(readJson(form.get('ContentVariables') ?? '{}'));
  if (sid === null || !filled.success) return null;
  return [sid, ...Object.entries(filled.data).map(([name, value]) => `{{${name}}} = ${value}`)].join('\n');
}

/** Takes one SMS or WhatsApp message. Our message id is read from the status callback's URL, for the mailbox. */
export async function acceptSms(store: VendorStore, deliverer: CallbackDeliverer, request: VendorRequest, accountSid: string): Promise<VendorAnswer> {
  const [sid, token] = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString().split(':');
  const account = sid === accountSid ? await store.findAccount('twilio', accountSid) : null;
  if (!account || account.signingSecret !== token) return errorAnswer(401, 20003, 'Authenticate');

  const form = new URLSearchParams(request.body);
  const channel = (form.get('To') ?? '').startsWith(WHATSAPP) ? 'whatsapp' : 'sms';
  const to = (form.get('To') ?? '').replace(WHATSAPP, '');
  const from = (form.get('From') ?? form.get('MessagingServiceSid'))?.replace(WHATSAPP, '');
  const text = form.get('Body') ?? contentText(form);
  if (!from) return errorAnswer(400, 21603, "A 'From' phone number is required.");
  if (!text) return errorAnswer(400, 21602, 'Message body is required.');
  const counts = simulateSms(to, 1).answer.kind === 'rateLimited';
  const { answer, early, callbacks } = simulateSms(to, counts ? await store.countAttempt(account.id, to) : 1);
  if (answer.kind === 'refused') return errorAnswer(answer.status, Number(answer.code), answer.reason);
  if (answer.kind === 'rateLimited') return errorAnswer(429, 20429, 'Too Many Requests', { 'retry-after': String(answer.retryAfterSeconds) });
  if (answer.kind === 'error') return errorAnswer(answer.status, 20500, 'Internal Server Error');

  const receivedAt = await store.workspaceNow(account.workspaceId);
  const statusCallbackUrl = form.get('StatusCallback');
  const message: NewVendorMessage = {
    id: newSid(), workspaceId: account.workspaceId, accountId: account.id, channel, recipient: to, messageId: UUID.exec(statusCallbackUrl ?? '')?.[0] ?? null,
    payload: { from, subject: '', html: '', text, headers: {}, tags: {}, statusCallbackUrl }, status: 'queued', receivedAt,
  };
  await store.saveAccepted({ accountId: account.id, messages: [message], callbacks: callbacksOf(account, message, callbacks), idempotent: null, at: receivedAt });
  if (early) await deliverer.run();
  if (answer.kind === 'acceptedThenReset') return { reset: true };
  if (answer.kind === 'acceptedThenError') return errorAnswer(answer.status, 20500, 'Internal Server Error');
  return {
    status: 201,
    body: {
      sid: message.id, account_sid: accountSid, api_version: '2010-04-01', from, to, body: text, status: 'queued', direction: 'outbound-api', num_segments: '1', num_media: '0',
      error_code: null, error_message: null, uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.id}.json`,
    },
  };
}
