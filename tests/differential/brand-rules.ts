/** The programme, the offer, the stores and the templates that every drawn case has. */
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';

export const POINTS = LoyaltyProgramme.parse({
  key: 'points', name: { en: 'Points' }, unit: 'points',
  earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 }, bonuses: [{ key: 'big', order: 1, stacking: 'adds', when: { minimumSpendMinor: 1_000 }, factor: 2 }] },
});

export const giftOf = (stock: number | null): Offer =>
  Offer.parse({ key: 'gift', name: { en: 'Gift' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 5 }, perCustomerLimit: 2, ...(stock !== null && { stockTotal: stock }) });

/** By their keys. */
export const STORES = ['lyon', 'nantes'] as const;

export const TEMPLATES = [
  { key: 'email', name: 'Email', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' }, en: { subject: 'Thanks', html: '<p>Thanks</p>' } } } },
  { key: 'sms', name: 'Text', content: { channel: 'sms', variants: { fr: { text: 'Merci' } } } },
  { key: 'letter', name: 'Letter', content: { channel: 'letter', variants: { fr: { text: 'Merci' } } } },
  { key: 'call', name: 'Call', content: { channel: 'call', variants: { fr: { text: 'Merci' } } } },
  { key: 'push', name: 'Notification', content: { channel: 'push', variants: { fr: { title: 'Merci', text: 'À bientôt' } } } },
  { key: 'whatsapp', name: 'WhatsApp', content: { channel: 'whatsapp', variants: { fr: { text: 'Merci' } } } },
] as const;
