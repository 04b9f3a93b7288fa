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

/** `says`: the word STOP itself, or any way to have it stopped. `checkedOn` is null where the text of the law was not read again for this list. */
export type StopMentionRule = { countries: readonly string[]; since: string | null; says: 'stop' | 'anyWay'; source: { title: string; url: string; checkedOn: string | null } };

const EUROPE = ['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'];

/** Where an advertisement by SMS has to say how it is stopped, as dated data with its source. The first rule that names a country holds there. */
export const STOP_MENTION_RULES: readonly StopMentionRule[] = [
  {
    countries: ['FR', 'GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF'], since: '2004-06-22', says: 'stop',
    source: {
      title: 'Code des postes et des communications électroniques, article L. 34-5: every direct marketing message gives a simple way to have it stopped, free but for the cost of the refusal; in practice the word STOP',
      url: 'https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070987/', checkedOn: '2026-11-23',
    },
  },
  { countries: EUROPE, since: '2003-10-31', says: 'anyWay', source: { title: 'Directive 2002/58/EC, article 13: no direct marketing by electronic mail, SMS included, without a valid address to which the recipient may send a request that it cease', url: 'https://eur-lex.europa.eu/eli/dir/2002/58/oj', checkedOn: null } },
  { countries: ['GB'], since: '2003-12-11', says: 'anyWay', source: { title: 'Privacy and Electronic Communications Regulations 2003, regulations 22 and 23: a simple means of refusing in each message', url: 'https://www.legislation.gov.uk/uksi/2003/2426', checkedOn: null } },
  { countries: ['CA'], since: '2014-07-01', says: 'anyWay', source: { title: 'Canada’s anti-spam legislation (S.C. 2010, c. 23), section 6: an unsubscribe mechanism in every commercial electronic message', url: 'https://laws-lois.justice.gc.ca/eng/acts/e-1.6/', checkedOn: null } },
  { countries: ['AU'], since: '2004-04-10', says: 'anyWay', source: { title: 'Spam Act 2003, section 18: commercial electronic messages contain a functional unsubscribe facility', url: 'https://www.legislation.gov.au/C2004A01214/latest/text', checkedOn: null } },
  { countries: ['NZ'], since: '2007-09-05', says: 'anyWay', source: { title: 'Unsolicited Electronic Messages Act 2007, section 11: commercial electronic messages include a functional unsubscribe facility', url: 'https://www.legislation.govt.nz/act/public/2007/0007/latest/whole.html', checkedOn: null } },
];

const SAYS = { stop: /\bSTOP\b/i, anyWay: /\b(STOP|UNSUBSCRIBE|OPT[ -]?OUT|END|QUIT|ARRET)\b|\blinks\.(preferences|unsubscribe)\b/i } as const;

/** The rule of a country, or null. */
export const stopMentionRule = (country: string): StopMentionRule | null => STOP_MENTION_RULES.find(({ countries }) => countries.includes(country)) ?? null;

/** Whether an advertisement in this country lacks what it has to say. */
export function lacksStop(text: string, country: string): boolean {
  const rule = stopMentionRule(country);
  return rule !== null && !SAYS[rule.says].test(text);
}
