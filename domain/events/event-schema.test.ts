import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProperties, EventSchema, type EventSchema as Schema } from './event-schema.ts';
import { learnSchema, proposeSchema } from './learn-schema.ts';

const schemaOf = (properties: Record<string, unknown>, others?: string): Schema => EventSchema.parse({ properties, ...(others && { others }) });

describe('§11.4 an agreed schema', () => {
  const visit = schemaOf({ shop: { kind: 'text', required: true, values: ['lyon', 'nantes'] }, minutes: { kind: 'number' }, at: { kind: 'time' }, 'address.city': { kind: 'text', required: true } });
  const right = { shop: 'lyon', minutes: 12, at: '2026-03-01', address: { city: 'Lyon' } };

  it('takes what holds to it, with properties that nobody agreed on', () => {
    expect(checkProperties(visit, right)).toEqual([]);
    expect(checkProperties(visit, { shop: 'nantes', address: { city: 'Nantes' }, colour: 'red' })).toEqual([]);
  });

  it.each([
    ['a property that is missing', { ...right, shop: undefined }, 'event.missingProperty', ['properties', 'shop']],
    ['one inside an object that is missing', { ...right, address: {} }, 'event.missingProperty', ['properties', 'address', 'city']],
    ['another kind', { ...right, minutes: '12' }, 'event.propertyKind', ['properties', 'minutes']],
    ['a time that is none', { ...right, at: 'tomorrow' }, 'event.propertyKind', ['properties', 'at']],
    ['a value that is not agreed', { ...right, shop: 'paris' }, 'event.propertyValue', ['properties', 'shop']],
  ])('names the path and what was expected for %s', (_, properties, code, path) => {
    expect(checkProperties(visit, properties)).toEqual([{ code, path, message: expect.stringMatching(/expected here|are agreed/) }]);
  });

  it('refuses other properties when that is agreed', () => {
    expect(checkProperties(schemaOf({ a: { kind: 'any' } }, 'refused'), { a: 1, b: 2 })).toMatchObject([{ code: 'event.otherProperty', path: ['properties', 'b'] }]);
  });

  it('does not take what every object has for a property of an event', () => {
    expect(checkProperties(schemaOf({ toString: { kind: 'any', required: true } }), {})).toMatchObject([{ code: 'event.missingProperty' }]);
  });
});

describe('§11.4 a schema is learned', () => {
  it('with the kinds that were seen, how often, and examples, the most frequent first', () => {
    const learned = learnSchema([{ shop: 'lyon', n: 1 }, { shop: 'lyon', n: '2' }, { shop: 'nantes', at: '2026-03-01T08:00:00Z' }]);
    expect(learned).toEqual({
      samples: 3,
      properties: [
        { name: 'at', seen: 1, kinds: [{ kind: 'time', count: 1 }], examples: ['2026-03-01T08:00:00Z'], few: false },
        { name: 'n', seen: 2, kinds: [{ kind: 'number', count: 1 }, { kind: 'text', count: 1 }], examples: [1, '2'], few: false },
        { name: 'shop', seen: 3, kinds: [{ kind: 'text', count: 3 }], examples: ['lyon', 'nantes'], few: false },
      ],
    });
  });

  it('and requires nothing from a handful of samples', () => {
    expect(proposeSchema(learnSchema([{ shop: 'lyon' }]))).toEqual({ properties: { shop: { kind: 'text', required: false } }, others: 'accepted' });
    expect(proposeSchema(learnSchema(Array.from({ length: 10 }, () => ({ shop: 'lyon' }))))).toMatchObject({ properties: { shop: { required: true } } });
  });

  const properties = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.constant('2026-02-28'), fc.array(fc.integer(), { maxLength: 2 }), fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer(), { maxKeys: 3 })), { maxKeys: 8 });

  it('so that every sample it was learned from holds to what is proposed, and the proposal is a schema', () => {
    fc.assert(fc.property(fc.array(properties, { minLength: 1, maxLength: 25 }), (samples) => {
      const proposed = EventSchema.parse(proposeSchema(learnSchema(samples)));
      expect(samples.flatMap((sample) => checkProperties(proposed, sample))).toEqual([]);
    }));
  });

  it('and the order of the samples changes nothing', () => {
    fc.assert(fc.property(fc.array(properties, { maxLength: 6 }), (samples) => {
      expect(learnSchema([...samples].reverse())).toEqual(learnSchema(samples));
    }));
  });
});
