/** A text that customers can read, in variants by BCP 47 tag (§7.7). */
import { z } from 'zod';

export const TextVariants = z.record(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language is a BCP 47 tag such as fr or fr-CA'), z.string().trim().min(1).max(500))
  .refine((variants) => Object.keys(variants).length > 0, 'a text needs at least one language');
export type TextVariants = z.infer<typeof TextVariants>;
