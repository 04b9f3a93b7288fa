/** The words of a language. Both languages hold the same keys: a test says which one is missing. */
import { english } from '#components/words/english.ts';
import { french } from '#components/words/french.ts';
import type { Language } from '#components/words/languages.ts';

/** High punctuation never begins a line in French: the space before it does not break. */
const unbroken = (words: typeof french): typeof french => JSON.parse(JSON.stringify(words).replace(/ ([:;?»])/g, '\u00a0$1'));

export const WORDS: Record<Language, typeof english> = { en: english, fr: unbroken(french) };
