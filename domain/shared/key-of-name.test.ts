import { expect, it } from 'vitest';
import { followName, keyOfName, letterKeyOfName } from './key-of-name.ts';

it('makes a key of the letters and digits of a name, without accents', () => {
  expect(['Été à la plage !', '  10 € de bienvenue', '…', 'Œuvres'].map(keyOfName)).toEqual(['ete-a-la-plage', '10-de-bienvenue', '', 'uvres']);
  expect(letterKeyOfName('10 € de bienvenue')).toBe('de-bienvenue');
  expect(keyOfName(`${'a'.repeat(59)} b`)).toBe('a'.repeat(59));
});

it('lets a key follow its name until somebody writes another', () => {
  expect(followName('', '', 'Bienvenue')).toBe('bienvenue');
  expect(followName('bienvenue', 'Bienvenue', 'Bienvenue à tous')).toBe('bienvenue-a-tous');
  expect(followName('hello', 'Bienvenue', 'Bienvenue à tous')).toBe('hello');
});
