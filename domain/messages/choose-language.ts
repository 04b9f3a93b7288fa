/** Which variant of a message a customer reads (§7.7). Without schemas, since pages load it. */

export type LanguageChoice = { language: string; by: 'customer' | 'base' | 'workspace' | 'first' };

/**
 * Which variant a customer reads: their language, then its base, then the workspace's language (or its base), then the first one there is,
 * and which of these it was (§7.7). `available` must not be empty. Case does not matter; the tag comes back as it was written.
 */
export function chooseLanguage(available: readonly string[], customerLanguage: string | null, workspaceLanguage: string): LanguageChoice {
  const find = (tag: string): string | undefined => available.find((candidate) => candidate.toLowerCase() === tag.toLowerCase());
  const baseOf = (tag: string): string => tag.split('-')[0] ?? tag;
  const steps: [LanguageChoice['by'], string | null][] = [
    ['customer', customerLanguage],
    ['base', customerLanguage === null ? null : baseOf(customerLanguage)],
    ['workspace', workspaceLanguage],
    ['workspace', baseOf(workspaceLanguage)],
  ];
  for (const [by, tag] of steps) {
    const language = tag ? find(tag) : undefined;
    if (language !== undefined) return { language, by };
  }
  return { language: available[0] ?? workspaceLanguage, by: 'first' };
}
