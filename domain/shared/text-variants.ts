/** A text that customers can read, in variants by BCP 47 tag, and how one is chosen (§7.7). */
import { z } from 'zod';

export const TextVariants = z.record(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language is a BCP 47 tag such as fr or fr-CA'), z.string().trim().min(1).max(500))
  .refine((variants) => Object.keys(variants).length > 0, 'a text needs at least one language');
export type TextVariants = z.infer<typeof TextVariants>;

/** The text for a customer: their language, its base, the workspace's, else the first there is. It says which was taken. */
export function chooseText(variants: TextVariants, language: string | undefined, workspaceLanguage: string): { text: string; language: string } {
  const base = language?.split('-')[0];
  const wanted = [language, base, workspaceLanguage, workspaceLanguage.split('-')[0], Object.keys(variants)[0]];
  const chosen = wanted.find((tag) => tag !== undefined && Object.hasOwn(variants, tag)) ?? '';
  return { text: variants[chosen] ?? '', language: chosen };
}
