import { expect, it } from 'vitest';
import { chooseText } from '#domain/shared/choose-text.ts';
import { TextVariants } from '#domain/shared/text-variants.ts';

it.each<[string | undefined, string]>([
  ['fr-CA', 'fr-CA'],
  ['fr-BE', 'fr'],
  ['de', 'en'],
  [undefined, 'en'],
])('chooses for «%s» the language, its base, or the workspace’s: %s (§7.7)', (language, expected) => {
  expect(chooseText({ fr: 'Bonjour', 'fr-CA': 'Allô', en: 'Hello' }, language, 'en-GB').language).toBe(expected);
});

it('falls back to the first text there is, and needs one', () => {
  expect(chooseText({ nl: 'Hallo' }, 'fr', 'en')).toEqual({ text: 'Hallo', language: 'nl' });
  expect(TextVariants.safeParse({}).success).toBe(false);
});
