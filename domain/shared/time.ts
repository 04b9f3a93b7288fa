import { Temporal } from 'temporal-polyfill';

/** An instant: milliseconds since 1970-01-01T00:00:00Z. Everywhere in the domain, time is an argument of this type. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The instant as ISO 8601 in UTC with milliseconds. */
export const formatInstant = (at: Instant): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'millisecond' });

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
