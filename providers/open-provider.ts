/** Stage 4, dispatch: from the account that a workspace has configured to the provider that speaks to its vendor. */
import { z } from 'zod';
import { openResend } from '#providers/resend.ts';
import { openSmtp } from '#providers/smtp.ts';
import { openTwilio } from '#providers/twilio.ts';
import type { EmailProvider, SmsProvider } from '#providers/ports.ts';

/** `Name <a@b>` or a bare address. */
const Sender = z.string().min(3).regex(/^([^<>@]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/);

export const EmailAccount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resend'), apiKey: z.string().min(1), baseUrl: z.url().optional(), webhookSecret: z.string().startsWith('whsec_'), from: Sender, replyTo: z.string().optional() }),
  z.object({ kind: z.literal('smtp'), url: z.string().regex(/^smtps?:\/\//), from: Sender, replyTo: z.string().optional() }),
]);
export type EmailAccount = z.infer<typeof EmailAccount>;

/** `from` is a number in E.164, a sender name, or a messaging service (`MG…`). */
export const SmsAccount = z.object({
  kind: z.literal('twilio'), accountSid: z.string().regex(/^AC[0-9a-f]{32}$/), authToken: z.string().min(1), from: z.string().min(1), baseUrl: z.url().optional(),
});
export type SmsAccount = z.infer<typeof SmsAccount>;

/** A row's `config` in `provider_accounts`. */
export const ProviderAccount = z.union([EmailAccount, SmsAccount]);
export type ProviderAccount = z.infer<typeof ProviderAccount>;

/** The e-mail provider of an account. Keep it: it pools connections. */
export function openEmailProvider(account: EmailAccount): EmailProvider {
  return account.kind === 'resend' ? openResend(account) : openSmtp(account);
}

/** The SMS provider of an account. Keep it: it pools connections. */
export function openSmsProvider(account: SmsAccount): SmsProvider {
  return openTwilio(account);
}

/** What `SmsMessage.sender` is for an account: Twilio takes a number or name under one parameter, a messaging service under another. */
export function smsSender(account: SmsAccount): { from: string } | { messagingServiceSid: string } {
  return /^MG[0-9a-f]{32}$/.test(account.from) ? { messagingServiceSid: account.from } : { from: account.from };
}
