/** What is said of a picture, as it comes from outside. */
import { z } from 'zod';
import { TextVariants } from '#domain/shared/text-variants.ts';

/** What a reader hears in place of the picture, by language (WCAG 1.1.1). */
export const AltTexts = TextVariants.refine((variants) => Object.values(variants).every((text) => text.length <= 200), 'a description has 200 characters at most');

export const ImageName = z.string().trim().min(1).max(200);
