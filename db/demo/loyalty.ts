/** The brand's loyalty programme, its offers and what it allows itself to send, as data. */
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import type { Offer } from '#domain/offers/offer.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { defaultPressurePolicyIn } from '#domain/pressure/default-policy.ts';

export const PROGRAMME_KEY = 'points';
export const REWARD_KEY = 'fifteenEuros';
export const REWARD_COST_POINTS = 300;

export const DEMO_OFFERS: Offer[] = [
  { key: 'welcome', name: { fr: '10 % de bienvenue', en: '10% to welcome you' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 }, perCustomerLimit: 1, singleUse: true },
  { key: 'comeBack', name: { fr: '10 € pour vous revoir', en: '€10 to see you again' }, benefit: { kind: 'amountOff', amountMinor: 1_000 }, validity: { days: 21 }, minimumSpendMinor: 4_000, singleUse: true },
  { key: 'fifteenEuros', name: { fr: '15 € de fidélité', en: '€15 for your loyalty' }, benefit: { kind: 'amountOff', amountMinor: 1_500 }, validity: { days: 90 }, singleUse: true },
];

/** One point per euro, twice as many on Wednesdays, when children have no school; 300 points are 15 €. */
export const DEMO_PROGRAMME: LoyaltyProgramme = {
  key: PROGRAMME_KEY,
  name: { fr: 'Les petits pas', en: 'Little steps' },
  unit: 'points',
  earn: {
    base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100, eligible: 'total' },
    bonuses: [{ key: 'wednesday', order: 1, stacking: 'adds', when: { weekdays: [3] }, factor: 2 }],
  },
  rewards: [{ key: REWARD_KEY, name: { fr: 'Un bon de 15 €', en: 'A €15 voucher' }, costPoints: REWARD_COST_POINTS, offerKey: 'fifteenEuros' }],
  pointValueMinor: 5,
};

export const DEMO_POLICY: PressurePolicy = {
  ...defaultPressurePolicyIn('fr'),
  rules: [
    ...defaultPressurePolicyIn('fr').rules,
    { key: 'sms-month', name: 'Deux SMS en trente jours', scope: { kind: 'channel', channel: 'sms' }, window: { kind: 'rolling', seconds: 30 * 86_400 }, maximumCount: 2 },
  ],
};
