/** Who would read a text in a language that is not theirs, since it has no variant for them (§7.7): worth saying before it leaves. */
import { chooseLanguage } from '#domain/messages/choose-language.ts';

/** How many customers read a language, by its tag. */
export type Readers = readonly { language: string; customers: number }[];
export type MissingLanguages = { languages: string[]; customers: number; /** What they get instead. */ instead: string };

/** The languages of readers that no variant is for, the most read first; null when everybody of whom a language is known reads their own. */
export function findMissingLanguages(available: readonly string[], readers: Readers, workspaceLanguage: string): MissingLanguages | null {
  if (available.length === 0) return null;
  const baseOf = (tag: string): string => (tag.split('-')[0] ?? tag).toLowerCase();
  const lost = readers.filter(({ language }) => baseOf(chooseLanguage(available, language, workspaceLanguage).language) !== baseOf(language)).sort((a, b) => b.customers - a.customers);
  const customers = lost.reduce((sum, one) => sum + one.customers, 0);
  return customers === 0 ? null : { languages: [...new Set(lost.map(({ language }) => baseOf(language)))], customers, instead: chooseLanguage(available, null, workspaceLanguage).language };
}
