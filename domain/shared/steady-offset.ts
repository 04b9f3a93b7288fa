/**
 * What the clocks of a zone are ahead of UTC, remembered by the day. Zoned arithmetic takes a tenth of a millisecond, and most days of most zones
 * change nothing: on those an addition gives the same answer. Days on which clocks change are left to the general way.
 */
import { Temporal } from 'temporal-polyfill';

const DAY_MS = 86_400_000;
/** Some thirty years of one zone, or one year of thirty. */
const MOST_DAYS = 12_000;

const offsets = new Map<string, Map<number, number | null>>();
let days = 0;

const offsetAt = (at: number, zone: string): number => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;

/** By how many milliseconds the zone is ahead through a whole day of UTC, by its number since 1970; null when its clocks change in it. */
function offsetOfDay(day: number, zone: string): number | null {
  let ofZone = offsets.get(zone);
  const known = ofZone?.get(day);
  if (known !== undefined) return known;
  const first = offsetAt(day * DAY_MS, zone);
  const offset = [0.25, 0.5, 0.75, 1].every((part) => offsetAt((day + part) * DAY_MS, zone) === first) && Number.isInteger(first) ? first : null;
  if (days >= MOST_DAYS) {
    offsets.clear();
    days = 0;
    ofZone = undefined;
  }
  if (!ofZone) offsets.set(zone, (ofZone = new Map()));
  ofZone.set(day, offset);
  days += 1;
  return offset;
}

/** By how many milliseconds the zone is ahead at an instant on a day without a change; null on any other. */
export const steadyOffset = (at: number, zone: string): number | null => offsetOfDay(Math.floor(at / DAY_MS), zone);

/** The instant at which the clocks show what they would in UTC at `shown`; null near a change, where the answer may be none or two. */
export function steadyInstant(shown: number, zone: string): number | null {
  const day = Math.floor(shown / DAY_MS);
  const offset = offsetOfDay(day, zone);
  // No zone is a day away from UTC, so the instant lies on the same day of UTC, the one before or the one after.
  return offset !== null && offset === offsetOfDay(day - 1, zone) && offset === offsetOfDay(day + 1, zone) ? shown - offset : null;
}
