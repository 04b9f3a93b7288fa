import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalBody, DEEPEST_BODY } from '#domain/events/canonical-body.ts';
import { parseEvent, RESERVED_TYPE_PREFIXES, type EventOutcome, type ParseContext } from '#domain/events/parse-event.ts';
import { formatId } from '#domain/shared/ids.ts';
import { MINUTE_MS, formatInstant, parseInstant } from '#domain/shared/time.ts';

const NOW = parseInstant('2026-03-10T12:00:00Z') ?? 0;
const open: ParseContext = { now: NOW, currency: 'EUR', country: 'FR', closedTypes: null };
const closed: ParseContext = { ...open, closedTypes: new Set(['visit']) };
const purchase = { orderId: 'o1', amountMinor: 4_990, currency: 'EUR', lines: [{ lineId: '1', sku: 'coat', amountMinor: 4_990 }] };
const codes = (outcome: EventOutcome): string[] => ('problems' in outcome ? outcome.problems.map(({ code, path }) => `${code} ${path.join('.')}`) : []);

it('accepts a purchase, typed and with its identifiers normalised (§10.20, §13.1)', () => {
  const outcome = parseEvent({ id: 'e1', type: 'purchase', customer: { phone: '06 12 34 56 78', card: 'ab 12' }, store: 'lyon', properties: { ...purchase, till: 3 } }, open);
  expect(outcome).toEqual({
    outcome: 'accepted',
    event: {
      id: 'e1', type: 'purchase', occurredAt: NOW, customerId: null, identifiers: [{ kind: 'card', value: 'AB12' }, { kind: 'phone', value: '+33612345678' }], profile: null,
      store: 'lyon', historical: false, properties: { ...purchase, till: 3 },
      body: { kind: 'purchase', purchase: { ...purchase, till: 3, lines: [{ lineId: '1', sku: 'coat', quantity: 1, amountMinor: 4_990, categories: [] }] } },
    },
  });
});

it('accepts a receipt without a customer, a customer by our id, an enrichment, a whole and a partial return (§11.9, §10.20)', () => {
  expect(parseEvent({ id: 'e1', type: 'purchase', properties: purchase }, open)).toMatchObject({ outcome: 'accepted', event: { identifiers: [], customerId: null } });
  const uuid = '019a0000-0000-7000-8000-000000000001';
  expect(parseEvent({ id: 'e1', type: 'visit', customer: { id: formatId('customer', uuid), profile: { city: 'Lyon' } } }, open)).toMatchObject({ event: { customerId: uuid, profile: { city: 'Lyon' }, properties: {}, body: null } });
  expect(parseEvent({ id: 'e1', type: 'return', properties: { orderId: 'o1' } }, open)).toMatchObject({ outcome: 'accepted', event: { body: { kind: 'return', back: { orderId: 'o1' } } } });
  expect(parseEvent({ id: 'e1', type: 'return', properties: { orderId: 'o1', lines: [{ lineId: '1', quantity: 1 }] } }, closed)).toMatchObject({ outcome: 'accepted' });
});

it('takes a purchase of nothing, and lines that do not sum to the amount (§10.20)', () => {
  expect(parseEvent({ id: 'e1', type: 'purchase', properties: { ...purchase, amountMinor: 0 } }, open).outcome).toBe('accepted');
});

it.each<[string, Record<string, unknown>, string]>([
  ['an amount in units', { ...purchase, amountMinor: 49.9 }, 'purchase.invalid properties.amountMinor'],
  ['a negative line', { ...purchase, lines: [{ lineId: '1', sku: 'a', amountMinor: -1 }] }, 'purchase.invalid properties.lines.0.amountMinor'],
  ['a line named twice', { ...purchase, lines: [{ lineId: '1', sku: 'a', amountMinor: 1 }, { lineId: '1', sku: 'b', amountMinor: 1 }] }, 'purchase.invalid properties.lines'],
  ['another currency', { ...purchase, currency: 'USD' }, 'event.currency properties.currency'],
])('keeps %s without effect (§10.20, §11.4)', (_, properties, problem) => {
  const outcome = parseEvent({ id: 'e1', type: 'purchase', properties }, open);
  expect(outcome).toMatchObject({ outcome: 'quarantined', event: { properties, body: null } });
  expect(codes(outcome)).toEqual([problem]);
});

it('accepts a type not seen before until the registry is closed (§11.4)', () => {
  expect(parseEvent({ id: 'e1', type: 'shop.review' }, open).outcome).toBe('accepted');
  expect(codes(parseEvent({ id: 'e1', type: 'shop.review' }, closed))).toEqual(['event.unknownType type']);
  expect(parseEvent({ id: 'e1', type: 'shop.review' }, closed).outcome).toBe('quarantined');
  expect(parseEvent({ id: 'e1', type: 'visit' }, closed).outcome).toBe('accepted');
});

it('refuses what is more than five minutes in the future, with both times, and takes what is late (§1.11)', () => {
  const at = (ms: number) => parseEvent({ id: 'e1', type: 'visit', occurredAt: formatInstant(NOW + ms) }, open);
  expect(at(5 * MINUTE_MS).outcome).toBe('accepted');
  expect(at(5 * MINUTE_MS + 1)).toMatchObject({ outcome: 'rejected', id: 'e1', problems: [{ code: 'event.future', path: ['occurredAt'] }] });
  const refused = at(10 * MINUTE_MS);
  expect(refused.outcome === 'rejected' && refused.problems[0]?.message).toContain('2026-03-10T12:10:00.000Z');
  expect(refused.outcome === 'rejected' && refused.problems[0]?.message).toContain('2026-03-10T12:00:00.000Z');
  expect(parseEvent({ id: 'e1', type: 'visit', occurredAt: '1997-01-01T00:00:00Z', historical: true }, open)).toMatchObject({ outcome: 'accepted', event: { historical: true } });
});

it.each<[string, unknown, string[]]>([
  ['no object', 'purchase', ['event.invalid ']],
  ['no id', { type: 'visit' }, ['event.invalid id']],
  ['a mistyped key', { id: 'e1', type: 'visit', custommer: {} }, ['event.invalid ']],
  ['a time without offset', { id: 'e1', type: 'visit', occurredAt: '2026-03-10T12:00:00' }, ['event.time occurredAt']],
  ['a mistyped address', { id: 'e1', type: 'visit', customer: { email: 'zoe', phone: '12' } }, ['identifier.invalid customer.email', 'identifier.invalid customer.phone']],
  ['an id that is not ours', { id: 'e1', type: 'visit', customer: { id: '42' } }, ['identifier.invalid customer.id']],
  ['a text with NUL', { id: 'e1', type: 'visit', properties: { notes: ['fine', 'a\0b'] } }, ['event.unstorable properties.notes.1']],
  ['half a surrogate pair', { id: 'e1', type: 'visit', properties: { note: '\ud83d' } }, ['event.unstorable properties.note']],
])('refuses %s with its path', (_, input, problems) => {
  const outcome = parseEvent(input, open);
  expect(outcome.outcome).toBe('rejected');
  expect(codes(outcome)).toEqual(problems);
});

it('refuses an event that nests deeper than anything a till sends', () => {
  const deep = Array.from({ length: 50_000 }).reduce<unknown>((inner) => [inner], 1);
  const outcome = parseEvent({ id: 'e1', type: 'visit', properties: { deep } }, open);
  expect(outcome).toMatchObject({ outcome: 'rejected', problems: [{ code: 'event.unstorable' }] });
  expect(outcome.outcome === 'rejected' && outcome.problems[0]?.path.length).toBe(DEEPEST_BODY);
});

it('lets nobody post the types that Parcours writes', () => {
  for (const prefix of RESERVED_TYPE_PREFIXES) expect(codes(parseEvent({ id: 'e1', type: `${prefix}done` }, open))).toEqual(['event.reservedType type']);
});

it('compares bodies whatever the order of their keys (§11.3)', () => {
  expect(canonicalBody({ b: [1, { d: 2, c: null }], a: 'é' })).toBe('{"a":"é","b":[1,{"c":null,"d":2}]}');
  expect(canonicalBody(JSON.parse('{"__proto__":{"x":1},"a":1}'))).toBe('{"__proto__":{"x":1},"a":1}');
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
    const turned = Object.fromEntries(Object.entries(body).reverse());
    expect(canonicalBody(turned)).toBe(canonicalBody(body));
    expect(JSON.parse(canonicalBody(body))).toEqual(JSON.parse(JSON.stringify(body)));
  }));
});

it('answers with an outcome whatever is posted', () => {
  fc.assert(fc.property(fc.jsonValue(), (input) => ['accepted', 'quarantined', 'rejected'].includes(parseEvent(input, open).outcome)));
});
