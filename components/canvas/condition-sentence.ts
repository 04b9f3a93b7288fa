/** Reads a condition aloud: fields and comparisons by their names, money in units, parts joined by «and» and «or». */
import type { Condition, EventCondition, FieldCondition } from '#domain/audiences/condition.ts';
import { KNOWN_FIELDS } from '#domain/audiences/fields.ts';
import type { EventMatcher } from '#domain/events/customer-event.ts';
import { eventName, listText, nameOf, quoted, type Speech } from './speech.ts';

/** A field that is none is read as it is written; what is wrong with it stands among the problems. */
const NAMED = new Set(KNOWN_FIELDS.map(({ field }) => field));

/** Which place an event of ours tells of (§1.10). */
const PLACE_FIELD = 'event.properties.place';

/** The name of a field; what the workspace named (attributes, programmes, offers) keeps its own. */
export function fieldName(speech: Speech, field: string): string {
  const { words, names } = speech;
  const [root = '', name = '', ...rest] = field.split('.');
  const deeper = rest.join('.');
  if (root === 'customer' && name === 'attributes') return words('field.customer.attributes', { name: quoted(speech, deeper) });
  if (field === PLACE_FIELD) return words('field.place');
  if (root === 'event' && name === 'properties') return words('field.event.properties', { name: quoted(speech, deeper) });
  if (root === 'balance') return words('field.balance', { name: nameOf(names.programmes, name) });
  if (root === 'voucher') return words('field.voucher', { name: quoted(speech, nameOf(names.offers, name)) });
  if (root === 'properties' || root === 'enrollment') return words(`field.${root}`, { name: quoted(speech, [name, ...rest].join('.')) });
  return NAMED.has(field) ? words(`field.${root}.${name}`) : words('field.other', { name: quoted(speech, field) });
}

/** A value as people read it: money in units, a store by its name, a day as a date. */
export function valueText(speech: Speech, field: string, value: unknown): string {
  const { words, locale, names } = speech;
  if (typeof value === 'boolean') return words(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') {
    if (!field.endsWith('Minor')) return new Intl.NumberFormat(locale).format(value);
    const format = new Intl.NumberFormat(locale, { style: 'currency', currency: names.currency });
    return format.format(value / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  }
  if (typeof value !== 'string' || value === '') return words('value.empty');
  if (field === PLACE_FIELD) return quoted(speech, nameOf(names.places, value));
  if (field.endsWith('storeId')) return nameOf(names.stores, value);
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
  return day ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`)) : quoted(speech, value);
}

function fieldSentence(speech: Speech, { field, is, value }: FieldCondition): string {
  const name = fieldName(speech, field);
  if (is === 'withinLastDays' || is === 'moreThanDaysAgo') return speech.words(`operator.${is}`, { field: name, days: typeof value === 'number' ? value : 0 });
  const said = Array.isArray(value) ? listText(speech.locale, value.map((each) => valueText(speech, field, each)), 'disjunction') : valueText(speech, field, value);
  return speech.words(`operator.${is}`, { field: name, value: said });
}

function countSentence(speech: Speech, { event, where, withinDays, count }: EventCondition): string {
  const [kind, times] = Object.entries(count)[0] ?? ['atLeast', 1];
  const name = eventName(speech, event);
  const named = where ? speech.words('event.where', { event: name, condition: conditionSentence(speech, where) }) : name;
  const sentence = speech.words(`count.${kind}`, { event: named, count: times });
  return withinDays === undefined ? sentence : speech.words('count.within', { sentence, days: withinDays });
}

/** The condition as a part of a sentence, without a capital or a full stop. */
export function conditionSentence(speech: Speech, condition: Condition): string {
  const { words, locale } = speech;
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    if (parts.length === 0) return words('condition.none');
    const said = parts.map((part) => (parts.length > 1 && ('all' in part || 'any' in part) ? words('condition.nested', { condition: conditionSentence(speech, part) }) : conditionSentence(speech, part)));
    return listText(locale, said, 'all' in condition ? 'conjunction' : 'disjunction');
  }
  if ('not' in condition) return words('condition.not', { condition: conditionSentence(speech, condition.not) });
  return 'event' in condition ? countSentence(speech, condition) : fieldSentence(speech, condition);
}

/** «a purchase where …». */
export function matcherSentence(speech: Speech, { type, where }: EventMatcher): string {
  const event = eventName(speech, type);
  return where ? speech.words('event.where', { event, condition: conditionSentence(speech, where) }) : event;
}
