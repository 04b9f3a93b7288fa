/** In whose name a message leaves: the customer's store's, where it has a sender of its own on the channel, else the brand's. The keys are the brand's either way. */
import { z } from 'zod';
import { domainOfSender } from '#domain/messages/domain-of-sender.ts';

export const STORE_SENDER_CHANNELS = ['email', 'sms', 'whatsapp'] as const;
export type StoreSenderChannel = (typeof STORE_SENDER_CHANNELS)[number];
export const isStoreSenderChannel = (channel: string): channel is StoreSenderChannel => STORE_SENDER_CHANNELS.some((each) => each === channel);

/** Signs that would end a name in a header, or begin another address. */
const Name = z.string().trim().min(1).max(60).regex(/^[^<>@",;:\r\n]+$/, 'a name has none of < > @ " , ; :');
const Address = z.string().trim().toLowerCase().max(254).regex(/^[^\s<>@,;"]+@[^\s<>@,;"]+\.[^\s<>@,;"]+$/, 'write one address');

/** `address`: of a verified domain, or of the brand's own. One of the three at least. */
export const StoreEmailSender = z.strictObject({ name: Name.optional(), address: Address.optional(), replyTo: Address.optional() }).refine((given) => Object.values(given).some((value) => value !== undefined), 'give a name, an address or where answers go');
/** A number in E.164, a messaging service, or for SMS a name of up to eleven letters and digits. */
export const StorePhoneSender = z.strictObject({ from: z.string().trim().regex(/^(\+[1-9]\d{6,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/, 'write a number such as +33639980001, a messaging service (MG…), or a name of 11 letters and digits at most') });
export type StoreEmailSender = z.infer<typeof StoreEmailSender>;
export type StorePhoneSender = z.infer<typeof StorePhoneSender>;
export const STORE_SENDERS = { email: StoreEmailSender, sms: StorePhoneSender, whatsapp: StorePhoneSender } as const satisfies Record<StoreSenderChannel, z.ZodType>;

/** What a store says of itself on each channel; `store` is the merchant's own number of it. */
export type StoreSenders = { store: string; email?: StoreEmailSender; sms?: StorePhoneSender; whatsapp?: StorePhoneSender };

/** `store` is null where the brand's sender is used. */
export type ChosenEmailSender = { from: string; replyTo: string | null; store: string | null };
export type ChosenPhoneSender = { from: string; store: string | null };

const addressOf = (sender: string): string => /<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim();
const nameOf = (sender: string): string => /^([^<]*)</.exec(sender)?.[1]?.trim() ?? '';

/** Whether a store may write in the name of an address: its domain is the brand's own, or one that the vendor has verified; `verified` is null where nobody is reached (a sandbox). */
export function mayUseAddress(address: string, brandFrom: string, verified: ReadonlySet<string> | null): boolean {
  const domain = domainOfSender(address);
  return domain !== null && (verified === null || verified.has(domain) || domain === domainOfSender(brandFrom));
}

/** An address that may not be used any more gives way to the brand's; the store's name stays before it. */
export function chooseEmailSender(brand: { from: string; replyTo?: string | undefined }, senders: StoreSenders | undefined, verified: ReadonlySet<string> | null): ChosenEmailSender {
  const own = senders?.email;
  if (!senders || !own) return { from: brand.from, replyTo: brand.replyTo ?? null, store: null };
  const address = own.address !== undefined && mayUseAddress(own.address, brand.from, verified) ? own.address : addressOf(brand.from);
  const name = own.name ?? nameOf(brand.from);
  return { from: name === '' ? address : `${name} <${address}>`, replyTo: own.replyTo ?? brand.replyTo ?? null, store: senders.store };
}

export function choosePhoneSender(brandFrom: string, senders: StoreSenders | undefined, channel: 'sms' | 'whatsapp'): ChosenPhoneSender {
  const own = senders?.[channel];
  return senders && own ? { from: own.from, store: senders.store } : { from: brandFrom, store: null };
}
