/** How an e-mail begins. It is loaded with the page, so it knows the document's shape only. */
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import type { EmailDocument } from '#domain/messages/email-blocks.ts';

/** Of the paper's width. */
const LOGO_PERCENT = 40;

export const newId = (): string => crypto.randomUUID().slice(0, 8);

const STARTERS: Record<'fr' | 'en', { hello: string; fallback: string; words: string; preferences: string }> = {
  fr: { hello: 'Bonjour ', fallback: 'à vous', words: 'Écrivez ici ce que vous avez à dire.', preferences: 'Choisir ce que je reçois' },
  en: { hello: 'Hello ', fallback: 'there', words: 'Write here what you have to say.', preferences: 'Choose what I receive' },
};

/** The brand's own look, with the lines below in this very language. */
export type Styled = Pick<BrandKit, 'logo' | 'colours' | 'font' | 'social'> & { footer: string };

/** An e-mail to begin with, in the language of its readers where we speak it, else in English. */
export function newDocument(language: string, kit?: Styled): EmailDocument {
  const { hello, fallback, words, preferences } = STARTERS[language.startsWith('fr') ? 'fr' : 'en'];
  return {
    formatVersion: 1, look: { ...(kit?.colours ?? { accent: '#2b5cad', background: '#f2f1ee' }), font: kit?.font ?? 'sans' },
    footer: { text: kit?.footer ?? '', preferences, ...(kit && kit.social.length > 0 && { social: kit.social }) },
    blocks: [...(kit?.logo ? [{ id: newId(), kind: 'picture' as const, url: kit.logo.path, alt: kit.logo.alt, widthPercent: LOGO_PERCENT }] : []), {
      id: newId(), kind: 'text', align: 'left',
      text: { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: hello }, { type: 'variable', attrs: { name: 'customer.firstName', fallback } }] }, { type: 'paragraph', content: [{ type: 'text', text: words }] }] },
    }],
  };
}
