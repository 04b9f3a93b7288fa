import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WORDS } from '#components/words/words.ts';

const read = (name: string): string => readFileSync(new URL(`../docs/guides/${name}`, import.meta.url), 'utf8');
const GUIDES = { en: read('marketer.md'), fr: read('marketer.fr.md') };
const namedIn = (guide: string): string[] => [...guide.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].flatMap(([, text = '']) => text.split(' › '));
const textsOf = (words: unknown): string[] => (typeof words === 'string' ? [words] : Object.values(words as Record<string, unknown>).flatMap(textsOf));
/** Whether a word of the interface, filled in, may read so: `{number}` is any number, and of a plural any branch. */
const fits = (word: string, shown: string): boolean => word === shown || (/\{/.test(word) && (word.includes(`{${shown}}`) || new RegExp(`^${word.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '\\d+')}$`).test(shown)));

it.each(['en', 'fr'] as const)('the marketers’ guide names only places and buttons that the interface has (%s)', (language) => {
  const words = textsOf(WORDS[language]);
  const named = namedIn(GUIDES[language]);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((shown) => !words.some((word) => fits(word, shown)))).toEqual([]);
});

it('says the same steps in both languages', () => {
  const headings = (guide: string) => guide.split('\n').filter((line) => line.startsWith('## ')).map((line) => /\d+/.exec(line)?.[0]);
  expect(headings(GUIDES.fr)).toEqual(headings(GUIDES.en));
  expect(Math.abs(namedIn(GUIDES.fr).length - namedIn(GUIDES.en).length)).toBeLessThan(3);
});
