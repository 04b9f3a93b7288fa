/** What a ready journey is: a whole journey with its messages in both languages and the offers it gives, to begin from and to change. */
import type { Journey, Reentry } from '#domain/journeys/definition.ts';
import type { EmailDocument } from '#domain/messages/email-blocks.ts';
import type { Inline } from '#domain/messages/rich-text.ts';
import type { TemplateInput } from '#domain/messages/template.ts';
import type { Offer } from '#domain/offers/offer.ts';

/** The languages in which ready journeys are named and their messages written. */
export const READY_LANGUAGES = ['en', 'fr'] as const;
export type ReadyLanguage = (typeof READY_LANGUAGES)[number];
export type InBoth = Record<ReadyLanguage, string>;

/** Each occurrence of a date is a run of its own: two birthdays in one week do not get in each other's way. */
export const EACH_OCCURRENCE: Reentry = { mode: 'perKey', property: 'occurrence' };

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

/** `grades`: five links to `to`, one per grade, between the words for the least and the most. */
export type Mail = { subject: string; title: string; paragraphs: string[]; grades?: { to: string; least: string; most: string }; voucher?: { offer: string; title: string; until: string }; products?: boolean; button: { text: string; url: string } };

const PREFERENCES: InBoth = { en: 'Choose what you receive', fr: 'Choisir ce que vous recevez' };
const VARIABLE = /\{\{ ([\w.]+)(?: \| default: "([^"]*)")? \}\}/;

/** The words of a line, with the variables that stand in it as in a subject. */
function words(line: string): Inline[] {
  const found = VARIABLE.exec(line);
  const text = (part: string): Inline[] => (part === '' ? [] : [{ type: 'text', text: part }]);
  if (!found) return text(line);
  return [...text(line.slice(0, found.index)), { type: 'variable', attrs: { name: found[1] ?? '', fallback: found[2] ?? '' } }, ...words(line.slice(found.index + found[0].length))];
}

const link = (text: string, href: string): Inline => ({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] });

/** One plain frame, without colours of its own: the words, what the mail is about, one button, and the way to the preferences. */
export function readyMail(language: ReadyLanguage, { subject, title, paragraphs, grades, voucher, products, button }: Mail): { subject: string; blocks: EmailDocument } {
  const paragraph = (content: Inline[]) => ({ type: 'paragraph' as const, content });
  // Between words each grade is a link in a sentence; two em spaces keep them apart enough for a thumb.
  const scale = grades && paragraph([
    { type: 'text', text: `${grades.least}\u2003` }, ...[1, 2, 3, 4, 5].flatMap((score) => [link(String(score), `${grades.to}/?score=${score}`), { type: 'text', text: score < 5 ? '\u2003\u2003' : '\u2003' } as const]), { type: 'text', text: grades.most },
  ]);
  return {
    subject,
    blocks: {
      formatVersion: 1, look: { accent: '#1f3a5f', background: '#f4f4f2', font: 'sans' }, footer: { text: '', preferences: PREFERENCES[language] },
      blocks: [
        { id: 'words', kind: 'text', align: 'left', text: { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: words(title) }, ...paragraphs.map((line) => paragraph(words(line))), ...(scale ? [scale] : [])] } },
        ...(products ? [{ id: 'products', kind: 'products' as const, source: { from: 'event' as const, most: 5 } }] : []),
        ...(voucher ? [{ id: 'voucher', kind: 'voucher' as const, offer: voucher.offer, title: voucher.title, validLabel: voucher.until }] : []),
        { id: 'button', kind: 'button', label: button.text, href: button.url },
      ],
    },
  };
}

/** An e-mail in both languages. */
export const bothMails = (key: string, name: string, mails: Record<ReadyLanguage, Mail>): TemplateInput =>
  ({ key, name, content: { channel: 'email', variants: { en: readyMail('en', mails.en), fr: readyMail('fr', mails.fr) } } });

/** An SMS in both languages. */
export const bothTexts = (key: string, name: string, texts: InBoth): TemplateInput => ({ key, name, content: { channel: 'sms', variants: { en: { text: texts.en }, fr: { text: texts.fr } } } });
