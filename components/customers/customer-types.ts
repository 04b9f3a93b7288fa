/** Customers as the API answers them, their name on screen, and what someone typed to find one: an address, a number, a card or a name. */
export const IDENTIFIER_KINDS = ['card', 'externalId', 'email', 'phone'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export type CustomerSummary = {
  id: string;
  createdAt: string;
  identifiers: { kind: IdentifierKind; value: string }[];
  profile: Record<string, unknown>;
  figures: { purchases: number; spendMinor: number; firstPurchaseAt: string | null; lastPurchaseAt: string | null };
};
export type ConsentLine = { purpose: string; channel: string; state: 'granted' | 'denied'; source: string; wordingVersion: string | null; at: string };
export type CustomerEnrollment = { id: string; journeyId: string; journeyName: string; nodeId: string; enteredAt: string; wakeAt: string | null; endedAt: string | null; ending: string | null };
export const RELATIONS = ['spouse', 'child', 'parent', 'other'] as const;
export type RelativeRow = { id: string; relation: string; firstName: string | null; birthDate: string | null };
export type ContractRow = { id: string; kind: string; reference: string | null; startsOn: string; endsOn: string | null; status: string };
export type CustomerDetail = CustomerSummary & {
  relatives: RelativeRow[];
  contracts: ContractRow[];
  consents: ConsentLine[];
  enrollments: CustomerEnrollment[];
};

export const textOf = (profile: Record<string, unknown>, field: string): string => (typeof profile[field] === 'string' ? profile[field] : '');

/** First and last name, else the first identifier, else nothing. */
export const displayNameOf = ({ profile, identifiers }: Pick<CustomerSummary, 'profile' | 'identifiers'>): string =>
  [textOf(profile, 'firstName'), textOf(profile, 'lastName')].filter(Boolean).join(' ') || identifiers[0]?.value || '';

/** An at sign means an e-mail; a plus or at least eight digits with nothing but separators, a phone; digits inside, a card; anything else a name. */
export function customerSearchBody(typed: string): { identifier?: { kind: IdentifierKind; value: string }; name?: string } {
  const text = typed.trim();
  if (text === '') return {};
  if (text.includes('@')) return { identifier: { kind: 'email', value: text } };
  if (/^(\+|0)[\d\s().-]{7,}$/.test(text)) return { identifier: { kind: 'phone', value: text } };
  if (/\d{3,}/.test(text)) return { identifier: { kind: /[a-z]+[-_]/i.test(text) ? 'externalId' : 'card', value: text } };
  return { name: text };
}
