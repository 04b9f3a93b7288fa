'use client';
/** Problems and warnings of a journey in the person's language. */
import { useLocale, useTranslations } from 'next-intl';
import type { Problem } from '#domain/shared/result.ts';

/** The sentence of a problem or a warning in the person's language; a code without words says the domain's own. */
export function useProblemWords(): (problem: Problem & { values?: Record<string, string | number> }) => string {
  const words = useTranslations('canvas');
  const locale = useLocale();
  return ({ code, message, values }) => {
    const key = `problem.${code.replaceAll('.', '_')}`;
    // A day of the calendar, not a moment: it is the same wherever it is read.
    const date = values?.['date'];
    const day: Record<string, string> = date === undefined ? {} : { date: new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`)) };
    return words.has(key) ? words(key, { ...values, ...day }) : message;
  };
}
