import { expect, it } from 'vitest';
import { chooseCustomer, normaliseIdentifier, phoneCountry, type IdentifierKind } from '#domain/customers/identifiers.ts';

it.each<[IdentifierKind, string, string, string | null]>([
  ['card', ' 0042 1337 ab ', 'FR', '00421337AB'],
  ['card', '12/34', 'FR', null],
  ['externalId', ' Crm-7 ', 'FR', 'Crm-7'],
  ['externalId', '  ', 'FR', null],
  ['email', ' Zoe\u0308@Example.COM ', 'FR', 'zoë@example.com'],
  ['email', 'zoe@example', 'FR', null],
  ['email', 'zoe zoe@example.com', 'FR', null],
  ['email', 'a@b..fr', 'FR', null],
  ['phone', '06 12 34 56 78', 'FR', '+33612345678'],
  ['phone', '0033612345678', 'FR', '+33612345678'],
  ['phone', '+32 470 12 34 56', 'FR', '+32470123456'],
  // A range that ARCEP keeps for fiction: possible, though in no numbering plan.
  ['phone', '06 39 98 12 34', 'FR', '+33639981234'],
  ['phone', '12', 'FR', null],
  ['phone', '0612345678', 'ZZ', null],
])('normalises %s «%s» in %s as %s (§13.1)', (kind, text, country, expected) => {
  const result = normaliseIdentifier(kind, text, country);
  expect(result.ok ? result.value : null).toBe(expected);
});

it('takes the first of card, external id, e-mail and phone when they name two customers, and tells the pair (§13.1)', () => {
  expect(chooseCustomer([{ kind: 'phone', customerId: 'a' }, { kind: 'card', customerId: 'b' }])).toEqual({ customerId: 'b', conflict: ['b', 'a'] });
  expect(chooseCustomer([{ kind: 'email', customerId: 'a' }, { kind: 'phone', customerId: 'a' }])).toEqual({ customerId: 'a', conflict: null });
  expect(chooseCustomer([])).toEqual({ customerId: null, conflict: null });
});

it('knows the country of a number, overseas departments apart', () => {
  expect([phoneCountry('+33612345678'), phoneCountry('+262692123456'), phoneCountry('+999')]).toEqual(['FR', 'RE', null]);
});
