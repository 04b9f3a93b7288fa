/** Which variant of a text someone reads (§7.7). */
import type { TextVariants } from '#domain/shared/text-variants.ts';

/** The text for a customer: their language, its base, the workspace's, else the first there is. It says which was taken. */
export function chooseText(variants: TextVariants, language: string | undefined, workspaceLanguage: string): { text: string; language: string } {
  const base = language?.split('-')[0];
  const wanted = [language, base, workspaceLanguage, workspaceLanguage.split('-')[0], Object.keys(variants)[0]];
  const chosen = wanted.find((tag) => tag !== undefined && Object.hasOwn(variants, tag)) ?? '';
  return { text: variants[chosen] ?? '', language: chosen };
}

/** The text that was written first; empty when none was yet. */
export const firstText = (variants: TextVariants): string => Object.values(variants)[0] ?? '';
