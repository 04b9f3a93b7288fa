import { expect, it } from 'vitest';
import { findMissingLanguages } from './missing-languages.ts';

const readers = [{ language: 'fr', customers: 60 }, { language: 'fr-CA', customers: 5 }, { language: 'de', customers: 3 }, { language: 'de-AT', customers: 4 }, { language: 'it', customers: 20 }];

it('§7.7 counts who would read another language than theirs, and says which one', () => {
  expect(findMissingLanguages(['fr', 'en'], readers, 'fr')).toEqual({ languages: ['it', 'de'], customers: 27, instead: 'fr' });
  expect(findMissingLanguages(['fr', 'de', 'it'], readers, 'fr')).toBeNull();
  expect(findMissingLanguages(['fr-CA'], [{ language: 'fr', customers: 1 }], 'fr')).toBeNull();
  expect(findMissingLanguages(['en'], readers, 'fr')).toMatchObject({ customers: 92, instead: 'en' });
  expect(findMissingLanguages([], readers, 'fr')).toBeNull();
  expect(findMissingLanguages(['fr'], [], 'fr')).toBeNull();
});
