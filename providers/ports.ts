/**
 * Stage 4, dispatch: what Parcours asks of a vendor and what it hears back, in our own words. No provider throws for what a vendor or a
 * network does: every end of a call is a value. Kinds of an outcome that is not an answer:
 * `ambiguous` — the vendor may have taken it; `rateLimited` — not taken, later; `unavailable` — not taken, the network or our account is at fault.
 */
import type { Channel } from '#domain/customers/channels.ts';
import type { ReportStatus } from '#domain/messages/delivery-status.ts';
import type { Instant } from '#domain/shared/time.ts';

/** What a vendor's rate headers said last: so many requests left of `limit` until `resetSeconds` from now. */
export type VendorRate = { limit: number; remaining: number; resetSeconds: number };

/** A rendered e-mail. It is persisted as it stands: the same value always becomes the same bytes on the wire (§7.2). */
export type EmailMessage = {
  messageId: string;
  to: string;
  from: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  /** Names and values of ASCII letters, digits, `_` and `-`; `message_id` is ours and added by the provider. */
  tags: Record<string, string>;
};

export type NotAnswered =
  | { kind: 'ambiguous'; reason: string }
  | { kind: 'rateLimited'; retryAfterSeconds: number }
  | { kind: 'unavailable'; reason: string };

export type Refused = { kind: 'refused'; code: string; reason: string; permanent: true };
/** It lies on a list of the house: nobody has sent it yet, and a person will say what became of it. */
export type Taken = { kind: 'taken' };
export type Sent = { kind: 'sent'; providerMessageId: string };

/** One per member of the batch, in the order of the payload. */
export type MemberOutcome = { messageId: string } & (Sent | Refused | Taken);

export type BatchAnswer = { kind: 'answered'; members: MemberOutcome[] } | NotAnswered;
export type BatchOutcome = BatchAnswer & { rate: VendorRate | null; /** Browsers that are no more. */ gone?: string[] };

export type EmailProvider = {
  readonly kind: 'resend' | 'smtp';
  /** The most messages one `sendBatch` takes. */
  readonly batchLimit: number;
  /** Whether repeating a batch with the same id and payload sends nothing twice (for 23 hours, §7.2). When false, `ambiguous` is never retried for at-most-once messages. */
  readonly repeatable: boolean;
  sendBatch(input: { batchId: string; payload: EmailMessage[] }): Promise<BatchOutcome>;
};

export type SmsMessage = {
  channel: 'sms' | 'whatsapp';
  messageId: string;
  to: string;
  sender: { from: string } | { messagingServiceSid: string };
  body: string;
  /** Content that WhatsApp has approved, in place of the body. */
  content?: { sid: string; variables: Record<string, string> } | null;
  /** How long the vendor may queue it. */
  validitySeconds: number;
  /** Carries our message id and our signature, so that any callback settles an ambiguous send (§7.4). */
  statusCallbackUrl: string;
};

export type SmsOutcome = Sent | Refused | NotAnswered;

export type SmsProvider = {
  readonly kind: 'twilio';
  /** False: message creation is not idempotent (§7.3). */
  readonly repeatable: false;
  send(message: SmsMessage): Promise<SmsOutcome>;
};

/** A notification for every browser of a customer. It is persisted as it stands. */
export type PushMessage = {
  messageId: string;
  devices: { id: string; endpoint: string; p256dh: string; auth: string }[];
  notification: { title: string; body: string; url: string | null; icon: string | null };
  ttlSeconds: number;
  urgency: 'normal' | 'high';
};

/** `gone`: the browsers whose subscriptions are no more. */
export type PushOutcome = SmsOutcome & { gone: string[] };

export type PushProvider = { readonly kind: 'webpush'; /** False: what a browser has shown stays seen (§7.3). */ readonly repeatable: false; send(message: PushMessage): Promise<PushOutcome> };

/** What a vendor says of a message, from a verified webhook. `providerEventId` is the key to take it once by. */
export type DeliveryReport = {
  channel: Channel;
  providerEventId: string;
  providerMessageId: string;
  messageId: string | null;
  status: ReportStatus;
  /** The vendor's own words or code: why it bounced or failed, or the link that was clicked. */
  detail: string | null;
  /** Whether a bounce or failure says that the address itself is no good. */
  permanent: boolean;
  at: Instant;
};

/** What a customer wrote to us, by SMS or WhatsApp. */
export type InboundSms = { channel: 'sms' | 'whatsapp'; from: string; to: string; body: string; providerMessageId: string };

/** A webhook that is not what it claims to be: `badSignature` answers 401, `malformed` 400. */
export type WebhookRefusal = { ok: false; code: 'badSignature' | 'malformed'; reason: string };
