/**
 * One row of a file, read by its mapping: what it would bring in, or all that is wrong with it, column by column. Pure, so that the preview of twenty
 * rows and the import of a million are the same reading.
 */
import type { Channel } from '#domain/customers/channels.ts';
import type { Consent, ConsentPurpose } from '#domain/customers/consent.ts';
import { IDENTIFIER_KINDS, type Identifier } from '#domain/customers/identifiers.ts';
import { ProfileChange } from '#domain/customers/profile.ts';
import type { Relation } from '#domain/customers/relatives.ts';
import { startOfDate, type Instant } from '#domain/shared/time.ts';
import { ATTRIBUTE_PREFIX, CONSENT_PREFIX, findField, NAME_PREFIX, type ImportKind } from './import-kinds.ts';
import type { ImportSettings } from './import-settings.ts';
import type { Mapping } from './mapping.ts';
import { readCell, type CellFormats, type CellProblem, type CellValue } from './read-cell.ts';

/** `column` is the heading's place, null when the row as a whole is meant. */
export type RowProblem = { column: number | null; code: string; message: string; figures?: Record<string, string | number> };
export type RowRead<T> = { ok: true; value: T } | { ok: false; problems: RowProblem[] };

export type CustomerRow = { kind: 'customers'; identifiers: Identifier[]; profile: ProfileChange; store: string | null; consents: Consent[] };
export type ConsentRow = { kind: 'consents'; identifiers: Identifier[]; consent: Consent };
export type RelativeRow = { kind: 'relatives'; identifiers: Identifier[]; relation: Relation; firstName: string | null; birthDate: string | null };
export type ProductRow = { kind: 'products'; sku: string; name: Record<string, string>; categories: string[] | null; priceMinor: number; costMinor: number | null; stock: number | null; picture: string | null; url: string | null };
export type LineOfRow = { lineId: string | null; sku: string | null; quantity: number | null; amountMinor: number | null; categories: string[] };
export type PurchaseRow = { kind: 'purchases'; identifiers: Identifier[]; orderId: string; occurredAt: Instant; store: string | null; amountMinor: number | null; currency: string | null; line: LineOfRow | null };
export type ReturnRow = { kind: 'returns'; returnId: string | null; orderId: string; occurredAt: Instant; store: string | null; line: LineOfRow | null };
export type ImportRow = CustomerRow | ConsentRow | RelativeRow | ProductRow | PurchaseRow | ReturnRow;

export type ReadContext = { kind: ImportKind; mapping: Mapping; settings: ImportSettings; formats: CellFormats; /** Of a name that says no language. */ language: string; now: Instant };

type Values = Map<string, CellValue>;
const text = (values: Values, name: string): string | null => {
  const value = values.get(name);
  return typeof value === 'string' ? value : null;
};
const number = (values: Values, name: string): number | null => {
  const value = values.get(name);
  return typeof value === 'number' ? value : null;
};
const list = (values: Values, name: string): string[] | null => {
  const value = values.get(name);
  return Array.isArray(value) ? value : null;
};

class Wrong extends Error {
  constructor(readonly field: string | null, readonly code: string, message: string, readonly figures?: Record<string, string | number>) {
    super(message);
  }
}

const identifiersOf = (values: Values): Identifier[] => IDENTIFIER_KINDS.flatMap((kind) => {
  const value = text(values, kind);
  return value === null ? [] : [{ kind, value }];
});

function somebody(values: Values): Identifier[] {
  const identifiers = identifiersOf(values);
  if (identifiers.length === 0) throw new Wrong(null, 'import.nobody', 'The row names nobody: it has neither id, card, e-mail nor phone.');
  return identifiers;
}

function needed<T>(value: T | null, field: string): T {
  if (value === null) throw new Wrong(field, 'import.empty', 'This cell may not be empty.');
  return value;
}

/** When, where and by which words it was said: the row's own, else the import's. Without a day nothing can prove it. */
function consentOf(values: Values, { settings, formats, now }: ReadContext, said: { purpose: ConsentPurpose; channel: Channel; granted: boolean }): Consent {
  const at = number(values, 'consentAt') ?? (settings.consentAt === undefined ? null : startOfDate(settings.consentAt, formats.zone));
  if (at === null) throw new Wrong('consentAt', 'import.consentDate', 'A consent has a date: give its column, or one for all.');
  if (at > now) throw new Wrong('consentAt', 'import.future', 'This lies in the future.');
  const wordingVersion = text(values, 'consentWording') ?? settings.consentWording;
  return {
    purpose: said.purpose, channel: said.channel, state: said.granted ? 'granted' : 'denied', at, source: (text(values, 'consentSource') ?? settings.consentSource ?? 'import').slice(0, 100),
    ...(wordingVersion !== undefined && { wordingVersion: wordingVersion.slice(0, 100) }),
  };
}

const WEB = /^https?:\/\/[^\s"<>]+$/;
const LONGEST_ADDRESS = 2_000;
const PROFILE_TEXTS = ['firstName', 'lastName', 'birthDate', 'gender', 'language', 'country', 'street', 'postalCode', 'city'] as const;

function profileOf(values: Values): ProfileChange {
  const attributes = Object.fromEntries([...values].flatMap(([name, value]) => (name.startsWith(ATTRIBUTE_PREFIX) && typeof value === 'string' ? [[name.slice(ATTRIBUTE_PREFIX.length), value]] : [])));
  const tags = list(values, 'tags');
  const change = {
    ...Object.fromEntries(PROFILE_TEXTS.flatMap((name) => (text(values, name) === null ? [] : [[name, text(values, name)]]))), ...(tags && { tags }), ...(Object.keys(attributes).length > 0 && { attributes }),
  };
  const parsed = ProfileChange.safeParse(change);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Wrong(issue ? String(issue.path[0]) : null, 'import.value', issue?.message ?? 'This cannot be kept.');
}

const customer = (values: Values, context: ReadContext): CustomerRow => ({
  kind: 'customers', identifiers: somebody(values), profile: profileOf(values), store: text(values, 'store'),
  consents: [...values].flatMap(([name, value]) => (name.startsWith(CONSENT_PREFIX) && typeof value === 'boolean' ? [consentOf(values, context, { purpose: 'marketing', channel: name.slice(CONSENT_PREFIX.length) as Channel, granted: value })] : [])),
});

const consent = (values: Values, context: ReadContext): ConsentRow => ({
  kind: 'consents', identifiers: somebody(values),
  consent: consentOf(values, context, {
    purpose: (text(values, 'purpose') ?? 'marketing') as ConsentPurpose, channel: needed(text(values, 'channel'), 'channel') as Channel, granted: needed(values.get('granted') ?? null, 'granted') === true,
  }),
});

function relative(values: Values, { formats, now }: ReadContext): RelativeRow {
  const [firstName, birthDate] = [text(values, 'firstName'), text(values, 'birthDate')];
  if (firstName === null && birthDate === null) throw new Wrong(null, 'import.relative', 'A relative has a first name or a date of birth.');
  if (birthDate !== null && startOfDate(birthDate, formats.zone) > now) throw new Wrong('birthDate', 'import.future', 'This lies in the future.');
  return { kind: 'relatives', identifiers: somebody(values), relation: needed(text(values, 'relation'), 'relation') as Relation, firstName: firstName?.slice(0, 200) ?? null, birthDate };
}

/** Of a picture or a page: what no browser could open is refused with its column. */
function webAddress(values: Values, field: string): string | null {
  const value = text(values, field);
  if (value !== null && (value.length > LONGEST_ADDRESS || !WEB.test(value))) throw new Wrong(field, 'import.address', 'Write an address that begins with https://.');
  return value;
}

function product(values: Values, { language }: ReadContext): ProductRow {
  const named = [...values].flatMap(([name, value]) => (typeof value !== 'string' ? [] : name === 'name' ? [[language, value] as const] : name.startsWith(NAME_PREFIX) ? [[name.slice(NAME_PREFIX.length), value] as const] : []));
  if (named.length === 0) throw new Wrong('name', 'import.empty', 'This cell may not be empty.');
  return {
    kind: 'products', sku: needed(text(values, 'sku'), 'sku').slice(0, 200), name: Object.fromEntries(named), categories: list(values, 'categories'), priceMinor: needed(number(values, 'price'), 'price'),
    costMinor: number(values, 'cost'), stock: number(values, 'stock'), picture: webAddress(values, 'picture'), url: webAddress(values, 'url'),
  };
}

function lineOf(values: Values): LineOfRow | null {
  const line = { lineId: text(values, 'lineId'), sku: text(values, 'sku'), quantity: number(values, 'quantity'), amountMinor: number(values, 'lineAmount'), categories: list(values, 'categories') ?? [] };
  return line.lineId === null && line.sku === null && line.amountMinor === null && line.quantity === null ? null : line;
}

function happened(values: Values, now: Instant): { orderId: string; occurredAt: Instant; store: string | null } {
  const occurredAt = needed(number(values, 'occurredAt'), 'occurredAt');
  if (occurredAt > now) throw new Wrong('occurredAt', 'import.future', 'This lies in the future.');
  return { orderId: needed(text(values, 'orderId'), 'orderId').slice(0, 200), occurredAt, store: text(values, 'store') };
}

function purchase(values: Values, { now }: ReadContext): PurchaseRow {
  const line = lineOf(values);
  const amountMinor = number(values, 'amount');
  if (amountMinor === null && (line?.amountMinor ?? null) === null) throw new Wrong('amount', 'import.empty', 'This cell may not be empty.');
  return { kind: 'purchases', identifiers: identifiersOf(values), ...happened(values, now), amountMinor, currency: text(values, 'currency')?.toUpperCase() ?? null, line };
}

const back = (values: Values, { now }: ReadContext): ReturnRow => ({ kind: 'returns', returnId: text(values, 'returnId'), ...happened(values, now), line: lineOf(values) });

const READERS: { [K in ImportKind]: (values: Values, context: ReadContext) => Extract<ImportRow, { kind: K }> } = { customers: customer, consents: consent, relatives: relative, products: product, purchases: purchase, returns: back };

/** What each cell of a row says: its value, its problem, or null where the column is left out or the cell is empty. */
export type CellOutcome = { value: CellValue } | { problem: CellProblem } | null;

export const readCells = (cells: readonly string[], { kind, mapping, formats }: Pick<ReadContext, 'kind' | 'mapping' | 'formats'>): CellOutcome[] => mapping.map((name, column) => {
  const cell = cells[column]?.trim() ?? '';
  const field = name === null || cell === '' ? null : findField(kind, name);
  if (!field) return null;
  const read = readCell(field.reads, cell, formats);
  return read.ok ? { value: read.value } : { problem: read.problem };
});

/** Reads the cells of one row, which are as many as the headings. */
export function readRow(cells: readonly string[], context: ReadContext): RowRead<ImportRow> {
  const { kind, mapping } = context;
  if (cells.length !== mapping.length) return { ok: false, problems: [{ column: null, code: 'import.ragged', message: `The row has ${cells.length} cells and the file ${mapping.length} headings.`, figures: { cells: cells.length, headings: mapping.length } }] };
  const read = readCells(cells, context);
  const problems = read.flatMap((outcome, column): RowProblem[] => (outcome && 'problem' in outcome ? [{ column, ...outcome.problem }] : []));
  if (problems.length > 0) return { ok: false, problems };
  const values: Values = new Map(read.flatMap((outcome, column) => {
    const name = mapping[column];
    return outcome && 'value' in outcome && name ? [[name, outcome.value] as const] : [];
  }));
  try {
    return { ok: true, value: READERS[kind](values, context) };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    const column = error.field === null ? -1 : mapping.indexOf(error.field);
    return { ok: false, problems: [{ column: column < 0 ? null : column, code: error.code, message: error.message, ...(error.figures && { figures: error.figures }) }] };
  }
}
