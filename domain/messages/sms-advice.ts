/** What would make an SMS cheaper or lawful: signs that the GSM alphabet has under another form, and the word with which an advertisement can be stopped (§6.6). */
import { countSmsSegments } from '#domain/messages/sms-segments.ts';

/** What stands for a sign of typography in plain letters. */
const PLAIN: Readonly<Record<string, string>> = { '’': "'", '‘': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '…': '...', '\u00A0': ' ', '\u202F': ' ', 'œ': 'oe', 'Œ': 'OE', '•': '-' };

/** The nearest sign of the GSM alphabet, or null: a typographic one in plain letters, a letter without its accent. */
export function plainSignOf(sign: string): string | null {
  const plain = PLAIN[sign] ?? sign.normalize('NFD').replace(/\p{Mn}/gu, '');
  return plain !== sign && countSmsSegments(plain).encoding === 'gsm7' && plain !== '' ? plain : null;
}

/** The text with every sign replaced that can be, outside of the variables in it. */
export const inPlainSigns = (text: string): string =>
  text.split(/(\{\{.*?\}\}|\{%.*?%\})/s).map((part, index) => (index % 2 === 1 ? part : [...part].map((sign) => (countSmsSegments(sign).encoding === 'gsm7' ? sign : (plainSignOf(sign) ?? sign))).join(''))).join('');

export type StopMentionRule = { countries: readonly string[]; since: string | null; source: { title: string; url: string; checkedOn: string } };

/** Where an advertisement by SMS has to say how it is stopped, as dated data with its source. */
export const STOP_MENTION_RULES: readonly StopMentionRule[] = [{
  countries: ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'], since: '2004-06-22',
  source: {
    title: 'Code des postes et des communications électroniques, article L. 34-5: every direct marketing message gives a simple way to have it stopped, free but for the cost of the refusal; in practice the word STOP',
    url: 'https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070987/', checkedOn: '2026-11-23',
  },
}];

/** Whether an advertisement in this country lacks the word STOP. */
export const lacksStop = (text: string, country: string): boolean => STOP_MENTION_RULES.some(({ countries }) => countries.includes(country)) && !/\bSTOP\b/i.test(text);
