/** How an e-mail begins. It is loaded with the page, so it knows the document's shape only. */
import type { EmailDocument } from '#domain/messages/email-blocks.ts';

export const newId = (): string => crypto.randomUUID().slice(0, 8);

const STARTERS: Record<'fr' | 'en', { hello: string; fallback: string; words: string; preferences: string }> = {
  fr: { hello: 'Bonjour ', fallback: 'à vous', words: 'Écrivez ici ce que vous avez à dire.', preferences: 'Choisir ce que je reçois' },
  en: { hello: 'Hello ', fallback: 'there', words: 'Write here what you have to say.', preferences: 'Choose what I receive' },
};

/** An e-mail to begin with, in the language of its readers where we speak it, else in English. */
export function newDocument(language: string): EmailDocument {
  const { hello, fallback, words, preferences } = STARTERS[language.startsWith('fr') ? 'fr' : 'en'];
  return {
    formatVersion: 1, look: { accent: '#2b5cad', background: '#f2f1ee', font: 'sans' }, footer: { text: '', preferences },
    blocks: [{
      id: newId(), kind: 'text', align: 'left',
      text: { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: hello }, { type: 'variable', attrs: { name: 'customer.firstName', fallback } }] }, { type: 'paragraph', content: [{ type: 'text', text: words }] }] },
    }],
  };
}
