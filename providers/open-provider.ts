/** Stage 4, dispatch: from the account that a workspace has configured to the provider that speaks to its vendor. */
import type { EmailAccount, TwilioAccount, WebPushAccount } from '#providers/account.ts';
import { openResend } from '#providers/resend.ts';
import { openSmtp } from '#providers/smtp.ts';
import { openTwilio } from '#providers/twilio.ts';
import { openWebPush } from '#providers/web-push.ts';
import type { EmailProvider, PushProvider, SmsProvider } from '#providers/ports.ts';

/** The e-mail provider of an account. Keep it: it pools connections. */
export function openEmailProvider(account: EmailAccount): EmailProvider {
  return account.kind === 'resend' ? openResend(account) : openSmtp(account);
}

/** The provider of SMS and WhatsApp messages of an account. Keep it: it pools connections. */
export function openSmsProvider(account: TwilioAccount): SmsProvider {
  return openTwilio(account);
}

/** The provider of notifications. */
export const openPushProvider = (account: WebPushAccount): PushProvider => openWebPush(account);
