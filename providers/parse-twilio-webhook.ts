/**
 * Stage 5, deliver: reads a webhook of Twilio, a status callback or what a customer wrote by SMS or WhatsApp. The signature covers the public URL with
 * its query and every parameter. https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import type { ReportStatus } from '#domain/messages/delivery-status.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { DeliveryReport, InboundSms, WebhookRefusal } from '#providers/ports.ts';
import { WHATSAPP } from '#providers/twilio.ts';

/** `queued`, `accepted`, `sending` and `scheduled` say that Twilio has the message, which for us is `sent`. */
export const TWILIO_STATUSES: Record<string, ReportStatus> = {
  accepted: 'sent', scheduled: 'sent', queued: 'sent', sending: 'sent', sent: 'sent', delivered: 'delivered', read: 'opened',
  undelivered: 'failed', failed: 'failed', canceled: 'failed',
};

/** Error codes that say the number itself is no good: unknown or unreachable for good, a landline, unsubscribed. https://www.twilio.com/docs/api/errors */
const PERMANENT_ERRORS = new Set(['21610', '30004', '30005', '30006', '63003', '63024']);

const StatusCallback = z.object({ MessageSid: z.string().min(1), MessageStatus: z.string(), ErrorCode: z.string().optional() });
const Inbound = z.object({ MessageSid: z.string().min(1), From: z.string().min(1), To: z.string(), Body: z.string() });

export type TwilioWebhook = { ok: true; kind: 'report'; report: DeliveryReport } | { ok: true; kind: 'inbound'; sms: InboundSms } | { ok: true; kind: 'ignored' } | WebhookRefusal;

/**
 * What one verified request says, or why it is refused. `publicUrl` is the URL as Twilio called it, query included; `messageId` is what the
 * caller read from that URL; Twilio dates no callback, so `at` is the workspace time of its arrival.
 */
export function parseTwilioWebhook(input: { params: Record<string, string>; signature: string; publicUrl: string; authToken: string; messageId: string | null; channel: 'sms' | 'whatsapp'; at: Instant }): TwilioWebhook {
  if (!isSigned(input)) return { ok: false, code: 'badSignature', reason: 'not signed by this account' };
  const status = StatusCallback.safeParse(input.params);
  if (status.success) return reportOf(status.data, input);
  const inbound = Inbound.safeParse(input.params);
  if (!inbound.success) return { ok: false, code: 'malformed', reason: 'neither a status callback nor a message' };
  const { MessageSid, From, To, Body } = inbound.data;
  return { ok: true, kind: 'inbound', sms: { channel: input.channel, from: bare(From), to: bare(To), body: Body, providerMessageId: MessageSid } };
}

const bare = (address: string): string => (address.startsWith(WHATSAPP) ? address.slice(WHATSAPP.length) : address);

function isSigned(input: { params: Record<string, string>; signature: string; publicUrl: string; authToken: string }): boolean {
  try {
    return validateRequest(input.authToken, input.signature, input.publicUrl, input.params);
  } catch {
    return false;
  }
}

/** Twilio numbers no callback: a message says each status once, so message and status together are the event's id. */
function reportOf({ MessageSid, MessageStatus, ErrorCode }: z.infer<typeof StatusCallback>, { channel, messageId, at }: { channel: 'sms' | 'whatsapp'; messageId: string | null; at: Instant }): TwilioWebhook {
  const status = TWILIO_STATUSES[MessageStatus];
  if (status === undefined) return { ok: true, kind: 'ignored' };
  return {
    ok: true,
    kind: 'report',
    report: {
      channel, providerEventId: `${MessageSid}:${MessageStatus}`, providerMessageId: MessageSid, messageId, status,
      detail: ErrorCode ?? null, permanent: ErrorCode !== undefined && PERMANENT_ERRORS.has(ErrorCode), at,
    },
  };
}
