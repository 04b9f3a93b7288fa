/** The words of a language. Both languages hold the same keys: a test says which one is missing. */
import { english } from '#components/words/english.ts';
import { french } from '#components/words/french.ts';
import type { Language } from '#components/words/languages.ts';

export const WORDS: Record<Language, typeof english> = { en: english, fr: french };
