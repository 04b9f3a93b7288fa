import { describe, expect, it } from 'vitest';
import { TemplateContent } from '#domain/messages/template.ts';
import { chooseLanguage } from '#domain/messages/choose-language.ts';

describe('chooseLanguage', () => {
  it.each([
    [['fr', 'fr-CA', 'en'], 'fr-CA', 'en', { language: 'fr-CA', by: 'customer' }],
    [['fr', 'en'], 'FR-ca', 'en', { language: 'fr', by: 'base' }],
    [['fr', 'en'], 'de', 'fr-FR', { language: 'fr', by: 'workspace' }],
    [['fr', 'en'], null, 'en', { language: 'en', by: 'workspace' }],
    [['it'], 'de', 'fr', { language: 'it', by: 'first' }],
  ])('of %j for %s in a workspace of %s takes %j (§7.7)', (available, customer, workspace, choice) => {
    expect(chooseLanguage(available, customer, workspace)).toEqual(choice);
  });
});

describe('TemplateContent', () => {
  it('asks for one body and one language at least, and says where it is missing', () => {
    const paths = (input: unknown) => TemplateContent.safeParse(input).error?.issues.map((issue) => issue.path.join('.'));
    expect(paths({ channel: 'email', variants: { fr: { subject: 'Bonjour' } } })).toEqual(['variants.fr.mjml']);
    expect(paths({ channel: 'sms', variants: {} })).toEqual(['variants']);
    expect(paths({ channel: 'sms', variants: { fr: { text: 'Bonjour' } } })).toBeUndefined();
  });
});
