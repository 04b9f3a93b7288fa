/** E-mail and SMS vendors behind one shape, so that marking, calling and recording are written once: an SMS is a batch of one. */
import { invariant } from '#domain/shared/invariant.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { SendingAccount } from '#engine/dispatch/sending-account.ts';
import { openEmailProvider, openPushProvider, openSmsProvider } from '#providers/open-provider.ts';
import type { BatchOutcome, EmailProvider, PushProvider, SmsProvider } from '#providers/ports.ts';

export type Vendor = {
  kind: string;
  batchLimit: number;
  /** Whether the same batch may be sent again without doubling (§7.2, §7.3). */
  repeatable: boolean;
  send(batchId: string, payload: Payload[]): Promise<BatchOutcome>;
};

/** Opens the vendor of an account; tests hand in their own. */
export type OpenVendor = (account: SendingAccount) => Vendor;

export function emailVendor(provider: EmailProvider): Vendor {
  return {
    kind: provider.kind, batchLimit: provider.batchLimit, repeatable: provider.repeatable,
    send: (batchId, payload) => provider.sendBatch({ batchId, payload: payload.map((message) => {
      invariant(message.channel === 'email', 'an e-mail vendor is handed e-mails');
      return message;
    }) }),
  };
}

/** SMS and WhatsApp, which leave by the same provider. */
export function smsVendor(provider: SmsProvider): Vendor {
  return {
    kind: provider.kind, batchLimit: 1, repeatable: provider.repeatable,
    async send(_, [message]) {
      invariant(message?.channel === 'sms' || message?.channel === 'whatsapp', 'an SMS vendor is handed one SMS or WhatsApp message');
      const outcome = await provider.send(message);
      if (outcome.kind === 'sent' || outcome.kind === 'refused') return { kind: 'answered', members: [{ messageId: message.messageId, ...outcome }], rate: null };
      return { ...outcome, rate: null };
    },
  };
}

/** One notification for all browsers of a customer. */
export function pushVendor(provider: PushProvider): Vendor {
  return {
    kind: provider.kind, batchLimit: 1, repeatable: provider.repeatable,
    async send(_, [message]) {
      invariant(message?.channel === 'push', 'a push service is handed one notification');
      const { gone, ...outcome } = await provider.send(message);
      if (outcome.kind === 'sent' || outcome.kind === 'refused') return { kind: 'answered', members: [{ messageId: message.messageId, ...outcome }], rate: null, gone };
      return { ...outcome, rate: null, gone };
    },
  };
}

const open = new Map<string, { config: string; vendor: Vendor }>();

/** The vendor of an account, kept while its configuration stays the same, because it pools connections. */
export const openVendor: OpenVendor = (account) => {
  const config = JSON.stringify(account.config);
  const known = open.get(account.id);
  if (known?.config === config) return known.vendor;
  invariant(account.config.kind !== 'house', 'the house has no vendor outside');
  const vendor = account.config.kind === 'webpush' ? pushVendor(openPushProvider(account.config)) : account.config.kind === 'twilio' ? smsVendor(openSmsProvider(account.config)) : emailVendor(openEmailProvider(account.config));
  open.set(account.id, { config, vendor });
  return vendor;
};
