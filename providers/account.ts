/** The account through which a workspace speaks at a vendor: its shape, whose keys it stands for, and whether it may reach real people. */
import { z } from 'zod';
import { CHANNEL_FACTS, type Channel } from '#domain/customers/channels.ts';

/** `Name <a@b>` or a bare address. */
export const Sender = z.string().min(3).regex(/^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/);

export const EmailAccount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resend'), apiKey: z.string().min(1), baseUrl: z.url().optional(), webhookSecret: z.string().startsWith('whsec_'), from: Sender, replyTo: z.string().optional() }),
  z.object({ kind: z.literal('smtp'), url: z.string().regex(/^smtps?:\/\//), from: Sender, replyTo: z.string().optional() }),
]);
export type EmailAccount = z.infer<typeof EmailAccount>;

/** For SMS and WhatsApp. `from` is a number in E.164, a messaging service (`MG…`) or, for SMS, a sender name. */
export const TwilioAccount = z.object({
  kind: z.literal('twilio'), accountSid: z.string().regex(/^AC[0-9a-f]{32}$/), authToken: z.string().min(1), from: z.string().min(1), baseUrl: z.url().optional(),
});
export type TwilioAccount = z.infer<typeof TwilioAccount>;

/** Our own keys at every push service (RFC 8292), and whom a push service may write to: a `mailto:` or https address. `baseUrl` is a simulated push service's. */
export const WebPushAccount = z.object({ kind: z.literal('webpush'), publicKey: z.string().min(1), privateKey: z.string().min(1), subject: z.string().regex(/^(mailto:|https:)/), baseUrl: z.url().optional() });
export type WebPushAccount = z.infer<typeof WebPushAccount>;

export type ProviderAccount = EmailAccount | TwilioAccount | WebPushAccount;

/** The keys that the installation itself has: a live workspace without keys of its own speaks with them. */
export type VendorAccounts = { email?: EmailAccount; sms?: TwilioAccount; whatsapp?: TwilioAccount; letter?: never; call?: never; push?: never };

/** Stands in a row's `config` for the keys of the installation's environment. */
export const EnvironmentAccount = z.strictObject({ kind: z.literal('environment') });

/** A row's `config` in `provider_accounts`: keys of its own, or the environment's. */
export const StoredAccount = z.union([EmailAccount, TwilioAccount, WebPushAccount, EnvironmentAccount]);
export type StoredAccount = z.infer<typeof StoredAccount>;

const vendorOf = ({ kind }: ProviderAccount): 'mail' | 'twilio' | 'webpush' => (kind === 'twilio' || kind === 'webpush' ? kind : 'mail');

/** The keys that a stored account of a channel stands for; `null` when it does not parse, is another channel's, or the environment has none. */
export function accountOf(channel: Channel, stored: unknown, environment: VendorAccounts): ProviderAccount | null {
  const parsed = StoredAccount.safeParse(stored);
  if (!parsed.success) return null;
  if (parsed.data.kind === 'environment') return environment[channel] ?? null;
  return vendorOf(parsed.data) === CHANNEL_FACTS[channel].vendor ? parsed.data : null;
}

const REAL_VENDORS = /(^|\.)(resend\.com|twilio\.com)$/i;

/** Whether an account may reach real people: all but those whose address is a simulated vendor's. */
export function reachesOutside(account: StoredAccount): boolean {
  if (account.kind === 'environment' || account.kind === 'smtp' || account.baseUrl === undefined) return true;
  return REAL_VENDORS.test(new URL(account.baseUrl).hostname);
}

/** What `SmsMessage.sender` is for an account: Twilio takes a number or name under one parameter, a messaging service under another. */
export function smsSender(account: Pick<TwilioAccount, 'from'>): { from: string } | { messagingServiceSid: string } {
  return /^MG[0-9a-f]{32}$/.test(account.from) ? { messagingServiceSid: account.from } : { from: account.from };
}
