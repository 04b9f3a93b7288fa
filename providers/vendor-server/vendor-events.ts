/** The bodies of the simulated vendors' webhooks, as Resend and Twilio write them, ready to be kept until they are due. Signatures are added when they leave: they are dated in machine time. */
import { randomUUID } from 'node:crypto';
import { formatInstant, SECOND_MS, type Instant } from '#domain/shared/time.ts';
import { EMAIL_REPORTS, type SimulatedCallback } from '#domain/messages/simulated-vendor.ts';
import type { Channel } from '#domain/customers/channels.ts';
import { WHATSAPP } from '#providers/twilio.ts';
import type { NewVendorMessage, VendorAccount, VendorCallback } from '#db/queries/vendor-store.ts';

const RESEND_DETAILS: Record<string, object> = {
  'email.bounced': { bounce: { message: EMAIL_REPORTS['email.bounced'].detail, type: 'Permanent', subType: 'General' } },
  'email.suppressed': { suppressed: { message: EMAIL_REPORTS['email.suppressed'].detail, type: 'OnAccountSuppressionList' } },
};

/** The webhooks that a kept message will cause; the two of a doubled one carry the same event id, as a vendor's repeat does. */
export function callbacksOf(account: VendorAccount, message: NewVendorMessage, simulated: SimulatedCallback<string>[]): VendorCallback[] {
  const eventIds = new Map<string, string>();
  return simulated.flatMap((callback) => {
    const dueAt = message.receivedAt + callback.afterSeconds * SECOND_MS;
    const happenedAt = message.receivedAt + (callback.happenedAfterSeconds ?? callback.afterSeconds) * SECOND_MS;
    if (message.channel !== 'email') return smsStatusCallback(account, message, { status: callback.kind, errorCode: callback.errorCode, dueAt });
    const eventId = eventIds.get(callback.kind) ?? `msg_${randomUUID()}`;
    eventIds.set(callback.kind, eventId);
    return [emailCallback(account, message, { type: callback.kind, eventId, dueAt, happenedAt })];
  });
}

/** One event of Resend about a message. https://resend.com/docs/dashboard/webhooks/event-types */
export function emailCallback(account: VendorAccount, message: NewVendorMessage, event: { type: string; dueAt: Instant; happenedAt: Instant; eventId?: string; link?: string }): VendorCallback {
  const createdAt = formatInstant(event.happenedAt);
  const body = {
    type: event.type,
    created_at: createdAt,
    data: {
      created_at: formatInstant(message.receivedAt), email_id: message.id, message_id: `<${message.id}@resend.simulated>`,
      from: message.payload.from, to: [message.recipient], subject: message.payload.subject, tags: message.payload.tags,
      ...RESEND_DETAILS[event.type],
      ...(event.link === undefined ? {} : { click: { ipAddress: '127.0.0.1', link: event.link, timestamp: createdAt, userAgent: 'simulated' } }),
    },
  };
  return {
    id: randomUUID(), workspaceId: account.workspaceId, accountId: account.id, dueAt: event.dueAt, url: account.webhookUrl,
    headers: { 'content-type': 'application/json', 'svix-id': event.eventId ?? `msg_${randomUUID()}` }, body: JSON.stringify(body),
  };
}

const written = (channel: Channel, address: string): string => (channel === 'whatsapp' ? WHATSAPP + address : address);

/** One status callback of Twilio; none when the message asked for none. https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
export function smsStatusCallback(account: VendorAccount, message: NewVendorMessage, event: { status: string; errorCode?: number | undefined; dueAt: Instant }): VendorCallback[] {
  const url = message.payload.statusCallbackUrl;
  if (url === null) return [];
  const params = {
    MessageSid: message.id, SmsSid: message.id, AccountSid: account.credential, From: written(message.channel, message.payload.from), To: written(message.channel, message.recipient), ApiVersion: '2010-04-01',
    MessageStatus: event.status, SmsStatus: event.status, ...(event.errorCode === undefined ? {} : { ErrorCode: String(event.errorCode) }),
  };
  return [twilioCallback(account, url, params, event.dueAt)];
}

/** An SMS that a customer writes, as Twilio hands it on. https://www.twilio.com/docs/messaging/guides/webhook-request */
export function inboundSmsCallback(account: VendorAccount, sms: { id: string; channel: Channel; from: string; to: string; body: string; at: Instant }): VendorCallback {
  const params = {
    MessageSid: sms.id, SmsSid: sms.id, SmsMessageSid: sms.id, AccountSid: account.credential, From: written(sms.channel, sms.from), To: written(sms.channel, sms.to), Body: sms.body,
    NumMedia: '0', NumSegments: '1', SmsStatus: 'received', ApiVersion: '2010-04-01',
  };
  return twilioCallback(account, account.webhookUrl, params, sms.at);
}

function twilioCallback(account: VendorAccount, url: string, params: Record<string, string>, dueAt: Instant): VendorCallback {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { id: randomUUID(), workspaceId: account.workspaceId, accountId: account.id, dueAt, url, headers, body: new URLSearchParams(params).toString() };
}
