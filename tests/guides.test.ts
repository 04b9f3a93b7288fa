/** The guides name only what stands on the screen, and say the same steps in both languages; tests/e2e/guides follows those of the three users. */
import { expect, it } from 'vitest';
import { readGuide, wordsFor, wordsNamed } from '#tests/harness/guide-words.ts';

const GUIDES = ['marketer', 'campaign-manager', 'merchant', 'developer', 'operator'];

it.each(GUIDES)('the guide of the %s names only places and buttons that the interface has', (name) => {
  expect(wordsNamed(readGuide(name, 'en')).filter((word) => wordsFor(word, 'en').length === 0)).toEqual([]);
});

it.each(GUIDES)('the guide of the %s names the same places and buttons in French, in the same order', (name) => {
  const [english, french] = [wordsNamed(readGuide(name, 'en')), wordsNamed(readGuide(name, 'fr'))];
  expect(french.map((word, at) => (wordsFor(english[at] ?? '', 'fr').includes(word) ? english[at] : `${word} for ${english[at]}`))).toEqual(english);
});

it.each(GUIDES)('the guide of the %s has the same headings in both languages, and the same number of steps under each', (name) => {
  const marks = (language: 'en' | 'fr') => [...readGuide(name, language).matchAll(/^(#+|\d+\.|-) /gm)].map(([, mark]) => mark);
  expect(marks('fr')).toEqual(marks('en'));
});
