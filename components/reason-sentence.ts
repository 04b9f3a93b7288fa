'use client';
/** Says reasons and problems in words: the domain gives a code and its figures, the sentence stands in `words/<language>/reasons.json`. */
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { useFormats, type Formats } from '#components/use-formats.ts';

export type ReasonData = { code: string; figures?: Record<string, unknown> };

/** The words of `reasons`, as next-intl hands them out. */
export type Says = { (key: string, values?: Record<string, string | number>): string; has: (key: string) => boolean; raw: (key: string) => unknown };
type Spoken = Pick<Formats, 'dateTime' | 'money' | 'number'>;

const HOUR_SECONDS = 3_600;
const DAY_SECONDS = 86_400;
/** Figures that are instants, by their names; as numbers they are epoch milliseconds. */
const INSTANT = /(At|^from|^to|^until|^since|^freedBy)$/;
const MISSING = '–';
/** Below this a number under such a name is a count, not an instant. */
const FIRST_INSTANT = 1e11;

/** Dots in a code would be steps of a path in the words: they are written as underscores there. */
export const wordKey = (code: string): string => code.replaceAll('.', '_');

/** Whether an unknown value is a reason: a code, and perhaps figures. */
export function isReason(value: unknown): value is ReasonData {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

const labelOf = (item: unknown): string => (typeof item === 'object' && item !== null && 'label' in item ? String(item.label) : String(item));

function windowOf(says: Says, figures: Record<string, unknown>): string {
  const { unit, seconds } = figures;
  if (typeof unit === 'string' && says.has(`windows.${unit}`)) return says(`windows.${unit}`);
  if (typeof seconds !== 'number') return '';
  return seconds % DAY_SECONDS === 0 ? says('windows.days', { count: seconds / DAY_SECONDS }) : says('windows.hours', { count: Math.round(seconds / HOUR_SECONDS) });
}

function spokenFigure(says: Says, name: string, value: unknown, formats: Spoken): string | number {
  if (typeof value === 'number' && INSTANT.test(name) && value > FIRST_INSTANT) return formats.dateTime(value);
  if (typeof value === 'string' && INSTANT.test(name) && /^\d{4}-\d\d-\d\dT/.test(value)) return formats.dateTime(value);
  if (typeof value === 'number') return /Minor$/.test(name) ? formats.money(value) : formats.number(value);
  if (typeof value === 'string') return says.has(`channels.${value}`) ? says(`channels.${value}`) : value;
  if (Array.isArray(value)) return value.map((item) => (isReason(item) ? sentenceOf(says, item, formats) : labelOf(item))).join(', ') || says('nothing');
  return MISSING;
}

/** The sentence of a reason. A code without one is named, so that it can be told to someone; a figure that is missing shows as a dash. */
export function sentenceOf(says: Says, { code, figures = {} }: ReasonData, formats: Spoken): string {
  const key = `codes.${wordKey(code)}`;
  if (!says.has(key)) return says('unknown', { code });
  const values: Record<string, string | number> = { window: windowOf(says, figures) };
  for (const [name, value] of Object.entries(figures)) values[name] = spokenFigure(says, name, value, formats);
  for (const [, name] of String(says.raw(key)).matchAll(/\{(\w+)/g)) if (name !== undefined) values[name] ??= MISSING;
  return says(key, values);
}

/** A reason in a few words, for a count of many that have each their own figures: the short form, or the sentence when it names none. */
export function shortOf(says: Says, code: string): string {
  const key = wordKey(code);
  if (says.has(`short.${key}`)) return says(`short.${key}`);
  return says.has(`codes.${key}`) ? says(`codes.${key}`).replace(/\.$/, '') : says('unknown', { code });
}

/** Only inside the signed-in pages: figures are said in the workspace's zone and currency. */
export function useReasonSentence(): (reason: ReasonData) => string {
  const says = useTranslations('reasons');
  const formats = useFormats();
  return useCallback((reason) => sentenceOf(says, reason, formats), [says, formats]);
}

export function useShortReason(): (code: string) => string {
  const says = useTranslations('reasons');
  return useCallback((code) => shortOf(says, code), [says]);
}

const PLAIN: Spoken = { dateTime: (at) => new Date(at).toISOString(), money: String, number: String };

/** What happened and what to do, for anything thrown on the way to the API. */
export function useProblemSentence(): (error: unknown) => string {
  const says = useTranslations('reasons');
  return useCallback((error) => {
    if (!(error instanceof ApiProblem)) return says('codes.internal');
    const sentence = sentenceOf(says, { code: error.code }, PLAIN);
    return error.requestId === null ? sentence : `${sentence} ${says('requestId', { id: error.requestId })}`;
  }, [says]);
}
