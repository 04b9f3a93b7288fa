/** The fields that conditions may read: a whitelist of dotted paths, each with the type it holds. Nothing else of a subject is reachable. */
import type { FieldType } from '#domain/audiences/operators.ts';
import { CHANNELS } from '#domain/customers/channels.ts';

const CUSTOMER: Record<string, FieldType> = {
  firstName: 'text', lastName: 'text', language: 'text', country: 'text', timeZone: 'text', street: 'text', city: 'text', postalCode: 'text', birthDate: 'date', gender: 'text',
  storeId: 'text', tags: 'list',
};
const FIGURES: Record<string, FieldType> = {
  purchases: 'number', spendMinor: 'number', firstPurchaseAt: 'date', lastPurchaseAt: 'date', averageBasketMinor: 'number', daysSinceLastPurchase: 'number',
};
const CONSENT: Record<string, FieldType> = Object.fromEntries(CHANNELS.map((channel) => [channel, 'boolean']));
const EVENT: Record<string, FieldType> = { type: 'text', storeId: 'text', occurredAt: 'date' };

/** The closed part of the table, for screens: the rest is named by the workspace (attributes, programmes, offers, variables, event properties). */
export const KNOWN_FIELDS: readonly { field: string; type: FieldType }[] = [
  ...Object.entries(CUSTOMER).map(([name, type]) => ({ field: `customer.${name}`, type })),
  ...Object.entries(FIGURES).map(([name, type]) => ({ field: `figures.${name}`, type })),
  ...Object.entries(CONSENT).map(([name, type]) => ({ field: `consent.${name}`, type })),
  ...Object.entries(EVENT).map(([name, type]) => ({ field: `event.${name}`, type })),
];

const PATH = /^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/;
const own = (table: Record<string, FieldType>, name: string): FieldType | null => (Object.hasOwn(table, name) ? (table[name] ?? null) : null);

/** The type that a path holds, or null when the path is not on the list. `scope` is `event` inside the `where` of an event count. */
export function fieldType(field: string, scope: 'subject' | 'event' = 'subject'): FieldType | null {
  if (!PATH.test(field)) return null;
  const [root, name = '', third, ...rest] = field.split('.');
  const deeper = third !== undefined;
  if (scope === 'event') return root === 'properties' ? 'any' : null;
  switch (root) {
    case 'customer':
      if (name === 'attributes') return deeper && rest.length === 0 ? 'any' : null;
      return deeper ? null : own(CUSTOMER, name);
    case 'figures':
      return deeper ? null : own(FIGURES, name);
    case 'consent':
      return deeper ? null : own(CONSENT, name);
    case 'balance':
      return deeper ? null : 'number';
    case 'event':
      if (name === 'properties') return deeper ? 'any' : null;
      return deeper ? null : own(EVENT, name);
    case 'enrollment':
      return 'any';
    case 'segment':
      return deeper ? null : 'boolean';
    case 'score':
      return deeper ? null : 'number';
    case 'tier':
      return deeper ? null : 'text';
    case 'voucher':
      return third === 'active' && rest.length === 0 ? 'boolean' : null;
    default:
      return null;
  }
}
