import { Temporal } from 'temporal-polyfill';
import { steadyInstant } from './steady-offset.ts';

/** An instant: milliseconds since 1970-01-01T00:00:00Z. Everywhere in the domain, time is an argument of this type. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const digits = (value: number, count: number): string => String(value).padStart(count, '0');
const FIRST_YEAR_MS = 0;
const AFTER_LAST_YEAR_MS = 253_402_300_800_000;

/**
 * The instant as ISO 8601 in UTC with milliseconds. From 1970 to 9999 it is reckoned here, since every row written carries several: a tenth of the time of
 * the general way. Days become a date as in https://howardhinnant.github.io/date_algorithms.html#civil_from_days.
 */
export function formatInstant(at: Instant): string {
  if (!Number.isInteger(at) || at < FIRST_YEAR_MS || at >= AFTER_LAST_YEAR_MS) return Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'millisecond' });
  const days = Math.floor(at / DAY_MS);
  const sinceMarch0000 = days + 719_468;
  const era = Math.floor(sinceMarch0000 / 146_097);
  const dayOfEra = sinceMarch0000 - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const ofDay = at - days * DAY_MS;
  const time = `${digits(Math.floor(ofDay / HOUR_MS), 2)}:${digits(Math.floor(ofDay / MINUTE_MS) % 60, 2)}:${digits(Math.floor(ofDay / SECOND_MS) % 60, 2)}.${digits(ofDay % SECOND_MS, 3)}`;
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${time}Z`;
}

/** The instant of an ISO 8601 text that carries an offset or Z; null when it is not one. */
export function parseInstant(text: string): Instant | null {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** What the clocks of a zone show at an instant. */
export const localTime = (at: Instant, zone: string): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** A local date and time as an instant; one that does not exist becomes the next valid instant, one that exists twice the first (§3.4). */
export function instantOf(local: Temporal.PlainDateTime, zone: string): Instant {
  const steady = local.microsecond === 0 && local.nanosecond === 0 ? steadyInstant(local.toZonedDateTime('UTC').epochMilliseconds, zone) : null;
  if (steady !== null) return steady;
  const zoned = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  // The first skipped time maps to the very instant of the change, so the search starts a nanosecond after it.
  const after = local.toZonedDateTime(zone, { disambiguation: 'later' }).add({ nanoseconds: 1 });
  return after.getTimeZoneTransition('previous')!.epochMilliseconds;
}

/** Whether the text names a zone that this runtime knows. */
export function isTimeZone(text: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** The first instant of a calendar date (`YYYY-MM-DD`) in a zone. Throws when there is no such date. */
export const startOfDate = (date: string, zone: string): Instant => instantOf(Temporal.PlainDate.from(date).toPlainDateTime(), zone);

/** The calendar date (`YYYY-MM-DD`) of an instant in a zone. */
export const dateOf = (at: Instant, zone: string): string => localTime(at, zone).toPlainDate().toString();

/** `2026-06-15T10:30`, as a field for a local date and time holds it. */
export const localMinute = (at: Instant, zone: string): string => localTime(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

/** The instant of such a text in the zone; null when it is none. One that a spring day skips is the next that exists. */
export function instantOfLocal(text: string, zone: string): Instant | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? instantOf(Temporal.PlainDateTime.from(text), zone) : null;
}
