'use client';
/** Dates, amounts and numbers in the person's language: instants in the workspace's time zone, money in its currency. */
import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import { useSession } from '#components/session.tsx';

export type Formats = {
  number: (value: number) => string;
  money: (amountMinor: number) => string;
  /** 12 Mar 2026 */
  date: (at: string | number) => string;
  /** 12 Mar 2026, 14:03 */
  dateTime: (at: string | number) => string;
  /** 14:03 */
  time: (at: string | number) => string;
  /** Thursday 12 March 2026 */
  day: (at: string | number) => string;
  /** French, français: the name of a language, in the person's own. */
  language: (tag: string) => string;
  /** France, of FR. */
  country: (code: string) => string;
  /** A key that is the same for two instants of one day in the workspace's zone. */
  dayKey: (at: string | number) => string;
};

const REGIONS: Record<string, string> = { en: 'en-GB', fr: 'fr-FR' };

export function makeFormats(language: string, { timeZone, currency, currencyExponent }: { timeZone: string; currency: string; currencyExponent: number }): Formats {
  const region = REGIONS[language] ?? language;
  const number = new Intl.NumberFormat(region);
  const money = new Intl.NumberFormat(region, { style: 'currency', currency, minimumFractionDigits: currencyExponent, maximumFractionDigits: currencyExponent });
  const of = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(region, { timeZone, ...options });
    return (at: string | number): string => format.format(new Date(at));
  };
  const languages = new Intl.DisplayNames([region], { type: 'language', fallback: 'code' });
  const countries = new Intl.DisplayNames([region], { type: 'region', fallback: 'code' });
  const nameIn = (names: Intl.DisplayNames) => (code: string): string => { try { return names.of(code) ?? code; } catch { return code; } };
  const key = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return {
    number: (value) => number.format(value),
    money: (amountMinor) => money.format(amountMinor / 10 ** currencyExponent),
    date: of({ day: 'numeric', month: 'short', year: 'numeric' }),
    dateTime: of({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' }),
    time: of({ hour: '2-digit', minute: '2-digit' }),
    day: of({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    language: nameIn(languages),
    country: nameIn(countries),
    dayKey: (at) => key.format(new Date(at)),
  };
}

export function useFormats(): Formats {
  const language = useLocale();
  const { workspace } = useSession();
  return useMemo(() => makeFormats(language, workspace), [language, workspace]);
}
