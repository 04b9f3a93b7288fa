/**
 * The words of the screen that a guide of docs/guides names, which stand there in italics, and how a word of one language reads in the other: by the
 * words files, so that a guide and its translation are held to the same steps.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '#components/words/languages.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** The spaces of French typography are written in several ways. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

export const readGuide = (name: string, language: Language): string => read(`docs/guides/${name}${language === 'fr' ? '.fr' : ''}.md`);

/** What stands in italics, in order, place by place: *Content › Pictures* is two words. Commands name nothing. */
export const wordsNamed = (guide: string): string[] => [...plain(guide).replace(/```[\s\S]*?```/g, '').matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)].flatMap(([, text = '']) => text.split(' › '));

type Pair = Record<Language, string>;
function pairsOf(en: unknown, fr: unknown): Pair[] {
  if (typeof en === 'string' && typeof fr === 'string') return [{ en: plain(en), fr: plain(fr) }];
  if (typeof en !== 'object' || typeof fr !== 'object' || !en || !fr) return [];
  const inFrench = new Map(Object.entries(fr));
  return Object.entries(en).flatMap(([key, word]) => pairsOf(word, inFrench.get(key)));
}
// Read as files: Playwright loads modules by itself, and no JSON.
const wordsFile = (language: Language, file: string): unknown => JSON.parse(read(`components/words/${language}/${file}`));
const PAIRS = readdirSync(new URL('components/words/en', root)).flatMap((file) => pairsOf(wordsFile('en', file), wordsFile('fr', file)));

const PLACEHOLDER = /\{(\w+)\}/g;
const escape = (text: string): string => text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&');

/** The word as this pair has it, filled in as it is shown: of «Publish version {number}», «Publish version 1» is «Publier la version 1». */
function filledIn({ en, fr }: Pair, shown: string): string[] {
  if (!en.includes('{')) return [];
  const branch = (text: string): string[] => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, words = '']) => words);
  const at = branch(en).indexOf(shown);
  if (at >= 0 && /, (plural|select),/.test(en)) return branch(fr).slice(at, at + 1);
  const names = [...en.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  if (/, (plural|select),/.test(en) || en.replace(PLACEHOLDER, '').trim().length < 3) return [];
  const found = new RegExp(`^${en.split(PLACEHOLDER).map((part, index) => (index % 2 ? '(.+)' : escape(part))).join('')}$`).exec(shown);
  return found ? [fr.replace(PLACEHOLDER, (whole, name: string) => found[names.indexOf(name) + 1] ?? whole)] : [];
}

/** How an English word of the screen may read in this language; nothing when no page has it. */
export function wordsFor(word: string, language: Language): string[] {
  const whole = PAIRS.filter(({ en }) => en === plain(word));
  if (language === 'en') return whole.length > 0 || PAIRS.some((pair) => filledIn({ en: pair.en, fr: pair.en }, word).length > 0) ? [plain(word)] : [];
  return [...new Set(whole.length > 0 ? whole.map(({ fr }) => fr) : PAIRS.flatMap((pair) => filledIn(pair, plain(word))))];
}
