/**
 * One cell of a file, read as what its column stands for. Files of other programs write dates, amounts and yes in many ways: the way of dates and the
 * decimal mark are settings of the import, guessed from its cells (`guess-formats.ts`) and shown before anything is brought in.
 */
import { z } from 'zod';
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';
import { CONSENT_PURPOSES, type ConsentPurpose } from '#domain/customers/consent.ts';
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { CountryCode, IsoDate, LanguageTag } from '#domain/customers/profile.ts';
import { RELATIONS, type Relation } from '#domain/customers/relatives.ts';
import { steadyInstant } from '#domain/shared/steady-offset.ts';
import { instantOfLocal, parseInstant, type Instant } from '#domain/shared/time.ts';
import type { CellKind } from './import-kinds.ts';
import { normaliseHeading } from './mapping.ts';

/** The order of day, month and year; marks between them are `-`, `/`, `.` or a blank. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
export const DECIMAL_MARKS = [',', '.'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

export type CellFormats = {
  dates: DateOrder; decimal: DecimalMark;
  /** Of times that name no offset. */
  zone: string;
  /** ISO 3166-1, of phone numbers that name none. */
  country: string;
  /** How many digits the currency has after its mark. */
  exponent: number;
};

/** What is wrong with a cell: `figures` fill the sentence of the code. */
export type CellProblem = { code: string; message: string; figures?: Record<string, string | number> };
export type CellRead<T> = { ok: true; value: T } | { ok: false; problem: CellProblem };

const good = <T>(value: T): CellRead<T> => ({ ok: true, value });
const bad = (code: string, message: string, figures?: CellProblem['figures']): CellRead<never> => ({ ok: false, problem: { code, message, ...(figures && { figures }) } });

const YES = ['yes', 'y', 'true', '1', 'x', 'ok', 'oui', 'o', 'vrai', 'granted', 'subscribed', 'opt in', 'optin', 'accepte', 'abonne', 'si', 'ja'];
const NO = ['no', 'n', 'false', '0', 'non', 'faux', 'denied', 'unsubscribed', 'opt out', 'optout', 'refuse', 'desabonne', 'nein'];

/** Two digits are of this century up to the year after next, else of the last. */
const CENTURY_TURNS_AT = 29;
const fullYear = (digits: string): string => (digits.length === 4 ? digits : `${Number(digits) <= CENTURY_TURNS_AT ? '20' : '19'}${digits}`);

const DATE = /^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ,]+(.*))?$/;
const TIME = /^(\d{1,2})[:hH](\d{2})(?:[:mM](\d{2})(?:[.,]\d+)?)?s?(?:\s*(AM|PM))?$/i;

type Parts = { date: string; rest: string };

/** The date that a text begins with, as `YYYY-MM-DD`, and what follows it. A year of four digits at the front is a year, whatever the order. */
export function splitDate(text: string, order: DateOrder): Parts | null {
  const [, first = '', second = '', third = '', rest = ''] = DATE.exec(text.trim()) ?? [];
  if (first === '') return null;
  const [year, month, day] = first.length === 4 ? [first, second, third] : order === 'ymd' ? [first, second, third] : order === 'dmy' ? [third, second, first] : [third, first, second];
  if (year === undefined || month === undefined || day === undefined || ![2, 4].includes(year.length) || day.length > 2 || month.length > 2) return null;
  const date = `${fullYear(year)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return IsoDate.safeParse(date).success ? { date, rest: rest.trim() } : null;
}

const DATE_PROBLEMS = { ymd: 'import.dateYmd', dmy: 'import.dateDmy', mdy: 'import.dateMdy' } as const;
const badDate = (order: DateOrder) => bad(DATE_PROBLEMS[order], `This is no date in the order ${order}.`);

function readDate(text: string, { dates }: CellFormats): CellRead<string> {
  const parts = splitDate(text, dates);
  // A time behind a birthday is a spreadsheet's midnight.
  return parts && (parts.rest === '' || TIME.test(parts.rest) || /^\d{2}:\d{2}/.test(parts.rest)) ? good(parts.date) : badDate(dates);
}

const HALF_DAY = 12;
const WITH_OFFSET = /(Z|UTC|[+-]\d{2}:?\d{2})$/i;
/** What a spreadsheet or a shop writes for it, as ISO 8601 has it. */
const isoOffset = (offset: string): string => (/^(z|utc)$/i.test(offset) ? 'Z' : offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`);

/** A date alone is noon of its day: nobody's figures change their day by it, whatever the zone of who looks. */
const NOON = '12:00:00';

function readInstant(text: string, formats: CellFormats): CellRead<Instant> {
  const parts = splitDate(text, formats.dates);
  if (!parts) return badDate(formats.dates);
  const [offset = ''] = parts.rest === '' ? [] : (WITH_OFFSET.exec(parts.rest) ?? []);
  const clock = parts.rest.slice(0, parts.rest.length - offset.length).trim();
  const [, hours = '12', minutes = '00', seconds = '00', half = ''] = clock === '' ? [] : (TIME.exec(clock) ?? []);
  if (clock !== '' && !TIME.test(clock)) return bad('import.time', 'This is no time of day.');
  const hour = half === '' ? Number(hours) : (Number(hours) % HALF_DAY) + (half.toUpperCase() === 'PM' ? HALF_DAY : 0);
  const local = clock === '' ? `${parts.date}T${NOON}` : `${parts.date}T${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
  const at = offset === '' ? localInstant(local, formats.zone) : parseInstant(`${local}${isoOffset(offset)}`);
  return at === null ? bad('import.time', 'This is no time of day.') : good(at);
}

function localInstant(local: string, zone: string): Instant | null {
  const asUtc = parseInstant(`${local}Z`);
  return asUtc === null ? null : (steadyInstant(asUtc, zone) ?? instantOfLocal(local, zone));
}

/** Digits with their decimal point, without marks of thousands and without the currency; null when it is no number. `1 234,50 €` → `1234.50`. */
function plainNumber(text: string, decimal: DecimalMark): string | null {
  const bare = text.replace(/[\p{Sc}\s'’ ]|EUR|USD|GBP|CHF|CAD/giu, '');
  const thousands = decimal === ',' ? '.' : ',';
  const [whole = '', ...fraction] = bare.split(decimal);
  if (fraction.length > 1 || fraction.some((digits) => !/^\d*$/.test(digits))) return null;
  const groups = whole.split(thousands);
  const fit = groups.slice(1).every((group) => /^\d{3}$/.test(group));
  const digits = groups.join('');
  if (!fit || !/^-?\d*$/.test(digits) || !/\d/.test(bare)) return null;
  return `${digits === '' || digits === '-' ? `${digits}0` : digits}.${fraction[0] || '0'}`;
}

function readAmount(text: string, { decimal, exponent }: CellFormats): CellRead<number> {
  const plain = plainNumber(text, decimal);
  if (plain === null) return bad('import.amount', `This is no amount with «${decimal}» before the cents.`, { decimal });
  const [whole = '0', fraction = ''] = plain.split('.');
  const cents = fraction.replace(/0+$/, '');
  if (cents.length > exponent) return bad('import.amountDigits', `An amount has at most ${exponent} digits after its mark.`, { exponent });
  if (whole.startsWith('-')) return bad('import.negative', 'An amount is not below zero.');
  const minor = Number(`${whole}${cents.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(minor) ? good(minor) : bad('import.amount', 'This amount is too large.', { decimal });
}

function readNumber(text: string, { decimal }: CellFormats): CellRead<number> {
  const plain = plainNumber(text, decimal);
  return plain === null ? bad('import.number', `This is no number with «${decimal}» as its mark.`, { decimal }) : good(Number(plain));
}

function oneOf<T extends string>(text: string, choices: readonly T[], words: Record<string, T>): CellRead<T> {
  const normal = normaliseHeading(text);
  const found = choices.find((choice) => choice === normal) ?? words[normal];
  return found === undefined ? bad('import.choice', `This is none of ${choices.join(', ')}.`, { choices: choices.join(', ') }) : good(found);
}

const RELATION_WORDS: Record<string, Relation> = { enfant: 'child', fils: 'child', fille: 'child', son: 'child', daughter: 'child', kid: 'child', conjoint: 'spouse', conjointe: 'spouse', epoux: 'spouse', epouse: 'spouse', mari: 'spouse', femme: 'spouse', husband: 'spouse', wife: 'spouse', partner: 'spouse', pere: 'parent', mere: 'parent', father: 'parent', mother: 'parent', autre: 'other' };
const CHANNEL_WORDS: Record<string, Channel> = { 'e mail': 'email', mail: 'email', courriel: 'email', mailing: 'email', text: 'sms', texto: 'sms', courrier: 'letter', post: 'letter', postal: 'letter', phone: 'call', telephone: 'call', appel: 'call' };
const PURPOSE_WORDS: Record<string, ConsentPurpose> = { commercial: 'marketing', prospection: 'marketing', newsletter: 'marketing', service: 'transactional', transactionnel: 'transactional' };
const LANGUAGE_WORDS: Record<string, string> = { francais: 'fr', french: 'fr', anglais: 'en', english: 'en', allemand: 'de', german: 'de', deutsch: 'de', espagnol: 'es', spanish: 'es', italien: 'it', italian: 'it', neerlandais: 'nl', dutch: 'nl', portugais: 'pt', portuguese: 'pt' };
const COUNTRY_WORDS: Record<string, string> = { france: 'FR', belgique: 'BE', belgium: 'BE', suisse: 'CH', switzerland: 'CH', luxembourg: 'LU', allemagne: 'DE', germany: 'DE', espagne: 'ES', spain: 'ES', italie: 'IT', italy: 'IT', 'royaume uni': 'GB', 'united kingdom': 'GB', canada: 'CA', 'etats unis': 'US', 'united states': 'US', 'pays bas': 'NL', netherlands: 'NL', portugal: 'PT' };

function readSchema(text: string, schema: z.ZodType<string>, code: string): CellRead<string> {
  const parsed = schema.safeParse(text);
  return parsed.success ? good(parsed.data) : bad(code, parsed.error.issues[0]?.message ?? 'This cannot be read.');
}

const LONGEST_TEXT = 2_000;

/** What a cell may become: see `CellKind`. */
export type CellValue = string | number | boolean | string[];

/** Reads one cell that is not empty. A cell that holds a formula is refused whatever it stands for: a file holds values. */
export function readCell(reads: CellKind, text: string, formats: CellFormats): CellRead<CellValue> {
  if (/^[=@]/.test(text) && reads !== 'externalId') return bad('import.formula', 'The cell holds a formula: save the file with its values.');
  switch (reads) {
    case 'text': return text.length <= LONGEST_TEXT ? good(text) : bad('import.long', `A text has at most ${LONGEST_TEXT} characters.`, { most: LONGEST_TEXT });
    case 'card': case 'externalId': case 'email': case 'phone': {
      const normal = normaliseIdentifier(reads, text, formats.country);
      return normal.ok ? good(normal.value) : bad(`import.${reads}`, normal.problems[0]?.message ?? '', reads === 'phone' ? { country: formats.country } : undefined);
    }
    case 'language': return readSchema(LANGUAGE_WORDS[normaliseHeading(text)] ?? text.replace('_', '-'), LanguageTag, 'import.language');
    case 'country': return readSchema(COUNTRY_WORDS[normaliseHeading(text)] ?? text.toUpperCase(), CountryCode, 'import.country');
    case 'date': return readDate(text, formats);
    case 'instant': return readInstant(text, formats);
    case 'amount': return readAmount(text, formats);
    case 'number': return readNumber(text, formats);
    case 'count': {
      const number = readNumber(text, formats);
      return !number.ok || Number.isInteger(number.value) ? number : bad('import.count', 'This is no whole number.');
    }
    case 'yesNo': {
      const normal = normaliseHeading(text);
      return YES.includes(normal) ? good(true) : NO.includes(normal) ? good(false) : bad('import.yesNo', 'This is neither yes nor no.');
    }
    case 'list': return good([...new Set(text.split(/[,;|]/).map((each) => each.trim()).filter(Boolean))]);
    case 'relation': return oneOf(text, RELATIONS, RELATION_WORDS);
    case 'channel': return oneOf(text, CHANNELS, CHANNEL_WORDS);
    case 'purpose': return oneOf(text, CONSENT_PURPOSES, PURPOSE_WORDS);
  }
}
