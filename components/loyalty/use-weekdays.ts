'use client';
/** The seven days of a week in the person's language, Monday first. */
import { useLocale } from 'next-intl';

/** A Monday, at noon in UTC. */
const A_MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY = 86_400_000;

export function useWeekdays(style: 'short' | 'long' = 'short'): string[] {
  const format = new Intl.DateTimeFormat(useLocale(), { weekday: style, timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => format.format(A_MONDAY + index * DAY));
}
