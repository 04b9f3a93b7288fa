/** A calendar day in the person's language: «Thursday 12 March 2026». It has no hour and no zone. */
import { useLocale } from 'next-intl';
import { useCallback } from 'react';

const REGIONS: Record<string, string> = { en: 'en-GB', fr: 'fr-FR' };

export function useDayText(): (date: string) => string {
  const locale = useLocale();
  return useCallback((date) => new Intl.DateTimeFormat(REGIONS[locale] ?? locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)), [locale]);
}
