import { expect, it } from 'vitest';
import { guessIdentifiers } from '#domain/customers/guess-identifier.ts';

it('tells a card, a phone number and an e-mail address apart by their form (§11.2)', () => {
  expect(guessIdentifiers(' Zoe@Example.org ', 'FR')).toEqual([{ kind: 'email', value: 'zoe@example.org' }]);
  expect(guessIdentifiers('06 12 34 56 78', 'FR')[0]).toEqual({ kind: 'phone', value: '+33612345678' });
  expect(guessIdentifiers('tb 4711-a', 'FR')).toEqual([{ kind: 'card', value: 'TB4711-A' }]);
});

it('takes digits that are no phone number as a card, and those that may be both as both (§11.2)', () => {
  expect(guessIdentifiers('2701900001', 'FR').map(({ kind }) => kind)).toContain('card');
  expect(guessIdentifiers('0612345678', 'FR').map(({ kind }) => kind)).toEqual(['phone', 'card']);
  expect(guessIdentifiers('not@an address', 'FR')).toEqual([]);
});
