import { expect, it } from 'vitest';
import { linesOf, readValues, schemaOf } from '#components/events/registry-types.ts';

const shop = { name: 'shop', seen: 2, kinds: [{ kind: 'text' as const, count: 2 }], examples: ['lyon'], few: false };

it('proposes a rule for what was seen, and once something is agreed leaves what is new without one', () => {
  const proposed = { properties: { shop: { kind: 'text' as const, required: false } }, others: 'accepted' as const };
  const learned = { samples: 2, properties: [shop] };
  expect(linesOf({ learned, proposed, agreed: null })).toEqual([{ name: 'shop', learned: shop, rule: { kind: 'text', required: false } }]);
  const agreed = { properties: { age: { kind: 'number' as const, required: true } }, others: 'accepted' as const };
  const lines = linesOf({ learned, proposed, agreed });
  expect(lines).toEqual([{ name: 'age', learned: null, rule: { kind: 'number', required: true } }, { name: 'shop', learned: shop, rule: null }]);
  expect(schemaOf(lines, 'refused')).toEqual({ ...agreed, others: 'refused' });
});

it('reads values as numbers where a number is agreed', () => {
  expect(readValues(['1', '2,5', 'x'], 'number')).toEqual([1, 2.5]);
  expect(readValues([''], 'text')).toBeUndefined();
});
