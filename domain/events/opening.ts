/** When the opening of a store is an event of the brand (§1.9): at nine in the morning of its first day, in the store's zone. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from '#domain/shared/time.ts';

const OPENING_TIME = '09:00';

/** Null when the day is over: a store that is put into the books late does not open again. `opensOn` is `YYYY-MM-DD`. */
export function openingMoment(opensOn: string, timeZone: string, now: Instant): Instant | null {
  const day = Temporal.PlainDate.from(opensOn);
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();
  return Temporal.PlainDate.compare(day, today) < 0 ? null : day.toZonedDateTime({ timeZone, plainTime: OPENING_TIME }).epochMilliseconds;
}
