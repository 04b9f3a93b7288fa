/** What a ready journey is: a whole journey with its messages in both languages and the offers it gives, to begin from and to change. */
import type { Journey } from '#domain/journeys/definition.ts';
import type { TemplateInput } from '#domain/messages/template.ts';
import type { Offer } from '#domain/offers/offer.ts';

/** The languages in which ready journeys are named and their messages written. */
export const READY_LANGUAGES = ['en', 'fr'] as const;
export type ReadyLanguage = (typeof READY_LANGUAGES)[number];
export type InBoth = Record<ReadyLanguage, string>;

export type ReadyParts = { journey: Journey; templates: TemplateInput[]; offers: Offer[] };
export type ReadyJourney = {
  key: string;
  name: InBoth;
  /** What it does and for whom, in two sentences. */
  about: InBoth;
  /** Events that have to be posted for it to run. */
  listens: string[];
  /** `website`: the brand's address, without a slash at its end, to which the buttons of the messages lead. */
  build: (language: ReadyLanguage, website: string) => ReadyParts;
};

export type Mail = { subject: string; title: string; paragraphs: string[]; button: { text: string; url: string } };

const PREFERENCES: InBoth = { en: 'Choose what you receive', fr: 'Choisir ce que vous recevez' };

/** One plain frame, without colours of its own: the brand's name, the words, one button, and the way to the preferences. */
export function readyMail(language: ReadyLanguage, { subject, title, paragraphs, button }: Mail): { subject: string; mjml: string } {
  const mjml = `<mjml><mj-head><mj-attributes><mj-all font-family="Helvetica, Arial, sans-serif" /><mj-text font-size="16px" line-height="1.5" color="#1b1d22" /></mj-attributes></mj-head>
<mj-body background-color="#f4f4f2">
  <mj-section><mj-column><mj-text align="center" font-size="20px">{{ brand.name }}</mj-text></mj-column></mj-section>
  <mj-section background-color="#ffffff"><mj-column>
    <mj-text font-size="22px">${title}</mj-text>
    ${paragraphs.map((paragraph) => `<mj-text>${paragraph}</mj-text>`).join('\n    ')}
    <mj-button background-color="#1f3a5f" href="${button.url}">${button.text}</mj-button>
  </mj-column></mj-section>
  <mj-section><mj-column><mj-text align="center" font-size="12px" color="#5c606b"><a href="{{ links.preferences }}">${PREFERENCES[language]}</a></mj-text></mj-column></mj-section>
</mj-body></mjml>`;
  return { subject, mjml };
}

/** An e-mail in both languages. */
export const bothMails = (key: string, name: string, mails: Record<ReadyLanguage, Mail>): TemplateInput =>
  ({ key, name, content: { channel: 'email', variants: { en: readyMail('en', mails.en), fr: readyMail('fr', mails.fr) } } });

/** An SMS in both languages. */
export const bothTexts = (key: string, name: string, texts: InBoth): TemplateInput => ({ key, name, content: { channel: 'sms', variants: { en: { text: texts.en }, fr: { text: texts.fr } } } });
