import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { gatherPurchases, gatherReturns, type Placed } from './gather-orders.ts';
import { findRelative, landConsent, landProfile } from './land.ts';
import type { PurchaseRow } from './read-row.ts';

const known = CustomerProfile.parse({ firstName: 'Anna', tags: ['vip'], attributes: { size: '38' } });

describe('a customer who is known', () => {
  it('is changed by what the file says, keeps what it does not name, and tags are added', () => {
    expect(landProfile(known, { lastName: 'Roy', tags: ['club'], attributes: { size: '39' } }, 'update')).toEqual({
      profile: { firstName: 'Anna', lastName: 'Roy', tags: ['vip', 'club'], attributes: { size: '39' } }, fields: ['lastName', 'attributes.size', 'tags'] });
  });

  it('keeps what is declared when only what is empty is filled, and everything when nothing may change', () => {
    expect(landProfile(known, { firstName: 'Hanna', lastName: 'Roy', attributes: { size: '39', colour: 'red' } }, 'fill')?.fields).toEqual(['lastName', 'attributes.colour']);
    expect(landProfile(known, { lastName: 'Roy' }, 'leave')).toBeNull();
  });

  it('is not touched by a row that says nothing new, so a file that is brought in again changes nothing', () => {
    fc.assert(fc.property(fc.record({ firstName: fc.constantFrom('Anna', 'Zoé'), city: fc.constantFrom('Lyon', 'Paris'), tags: fc.array(fc.constantFrom('a', 'b'), { maxLength: 2 }) }, { requiredKeys: [] }), (change) => {
      const landed = landProfile(known, change, 'update');
      expect(landProfile(landed?.profile ?? known, change, 'update')).toBeNull();
    }));
  });
});

describe('a consent from a file', () => {
  it('never takes a no back, whatever its date (§13.10)', () => {
    expect(landConsent({ state: 'denied', at: 10 }, { state: 'granted', at: 20 })).toBe('optedOut');
    expect(landConsent({ state: 'denied', at: 10 }, { state: 'granted', at: 5 })).toBe('optedOut');
  });

  it('that is older than the one in force changes nothing, and a later no counts', () => {
    expect(landConsent({ state: 'granted', at: 10 }, { state: 'denied', at: 5 })).toBe('older');
    expect(landConsent({ state: 'granted', at: 10 }, { state: 'denied', at: 20 })).toBe('kept');
    expect(landConsent(null, { state: 'granted', at: 20 })).toBe('kept');
    expect(landConsent({ state: 'granted', at: 10 }, { state: 'granted', at: 20 })).toBe('same');
  });
});

describe('a relative from a file', () => {
  it('is the one of the same relation with the same first name, or the same birthday when a name is missing', () => {
    const relatives = [{ id: 'a', relation: 'child' as const, firstName: 'Zoé' }, { id: 'b', relation: 'child' as const, birthDate: '2020-01-02' }];
    expect(findRelative(relatives, { relation: 'child', firstName: 'zoé', birthDate: '2021-04-12' })?.id).toBe('a');
    expect(findRelative(relatives, { relation: 'child', firstName: 'Léo', birthDate: '2020-01-02' })?.id).toBe('b');
    expect(findRelative(relatives, { relation: 'child', firstName: 'Léo', birthDate: '2022-01-02' })).toBeNull();
    expect(findRelative(relatives, { relation: 'spouse', firstName: 'Zoé', birthDate: null })).toBeNull();
  });
});

describe('rows of an order', () => {
  const row = (orderId: string, sku: string | null, amountMinor: number | null, total: number | null = null): PurchaseRow =>
    ({ kind: 'purchases', identifiers: [{ kind: 'email', value: 'a@example.org' }], orderId, occurredAt: 0, store: null, amountMinor: total, currency: null, line: sku === null ? null : { lineId: null, sku, quantity: null, amountMinor, categories: [] } });
  const placed = (...rows: PurchaseRow[]): Placed<PurchaseRow>[] => rows.map((each, index) => ({ line: index + 2, row: each }));

  it('that follow one another are its lines, and make one purchase under the order’s own key (§11.3)', () => {
    const [first, second] = gatherPurchases(placed(row('K1', 'A', 500), row('K1', 'B', 700), row('K2', null, null, 900)), { currency: 'EUR', historical: true });
    expect(first).toEqual({ lines: [2, 3], event: {
      id: 'import:purchase:K1', type: 'purchase', occurredAt: '1970-01-01T00:00:00.000Z', historical: true, customer: { email: 'a@example.org' },
      properties: { orderId: 'K1', amountMinor: 1_200, currency: 'EUR', lines: [{ lineId: '1', sku: 'A', quantity: 1, amountMinor: 500, categories: [] }, { lineId: '2', sku: 'B', quantity: 1, amountMinor: 700, categories: [] }] } } });
    expect(second?.event).toMatchObject({ id: 'import:purchase:K2', properties: { amountMinor: 900 } });
  });

  it('make the same event every time, so that a file brought in again doubles nothing', () => {
    const rows = placed(row('K1', 'A', 500), row('K2', 'B', 700));
    expect(gatherPurchases(rows, { currency: 'EUR', historical: true })).toEqual(gatherPurchases(rows, { currency: 'EUR', historical: true }));
  });

  it('that came back are told apart by the number of the return, or by their moment', () => {
    const back = (returnId: string | null, occurredAt: number) => ({ line: 2, row: { kind: 'returns' as const, returnId, orderId: 'K1', occurredAt, store: null, line: null } });
    expect(gatherReturns([back('R1', 0)], { historical: true })[0]?.event).toMatchObject({ id: 'import:return:R1', properties: { orderId: 'K1' } });
    expect(gatherReturns([back(null, 60_000)], { historical: true })[0]?.event['id']).toBe('import:return:K1:1970-01-01T00:01:00.000Z');
  });
});
