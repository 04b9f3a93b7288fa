import { expect, it } from 'vitest';
import { makeFormats } from './use-formats.ts';

it('says languages and countries by their names in the person’s language, and leaves what names none', () => {
  const formats = makeFormats('fr', { timeZone: 'America/New_York', currency: 'EUR', currencyExponent: 2 });
  expect([formats.language('en'), formats.language('pt-BR'), formats.country('FR')]).toEqual(['anglais', 'portugais brésilien', 'France']);
  expect([formats.language('not a tag'), formats.country('?')]).toEqual(['not a tag', '?']);
});
