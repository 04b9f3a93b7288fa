/**
 * When the shops sell: open days and hours, and how busy each day is (the season, Wednesdays without school, Saturdays). Days are local to
 * Paris; the table is made once for a span of days, so that drawing a day of sale is a search in running sums.
 */
import { isMarketDay } from '#db/demo/stores.ts';
import { isPublicHoliday } from '#domain/messages/public-holidays.ts';
import { instantOf, localTime, HOUR_MS, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import type { Chance } from '#db/demo/chance.ts';

export const ZONE = 'Europe/Paris';
/** Tills post on the hour what was sold in the hour before: the first at 11:00, the last at 19:00. */
export const FIRST_POST_HOUR = 11;
export const LAST_POST_HOUR = 19;

export type ShopDay = { date: string; month: number; weekday: number; noon: Instant; weight: number; market: boolean };

/** January's and June's sales, the return to school, Christmas. */
const MONTH_WEIGHTS = [1.15, 0.8, 0.95, 1, 0.95, 1.1, 0.95, 1, 1.25, 1.05, 1.15, 1.7];
/** From Monday; on Sundays the shops are closed, but for those of December. */
const WEEKDAY_WEIGHTS = [0.5, 0.75, 1.3, 0.75, 1, 2, 0];
const DECEMBER_SUNDAY = 1.4;
const HOUR_WEIGHTS = [[11, 9], [12, 11], [13, 8], [14, 8], [15, 12], [16, 14], [17, 17], [18, 13], [19, 8]] as const;

export function openShopCalendar(from: Instant, until: Instant) {
  const days: ShopDay[] = [];
  const sums: number[] = [];
  let sum = 0;
  for (let at = localTime(from, ZONE).with({ hour: 12, minute: 0, second: 0, millisecond: 0 }); at.epochMilliseconds <= until + 12 * HOUR_MS; at = at.add({ days: 1 })) {
    const date = at.toPlainDate().toString();
    const sunday = at.dayOfWeek === 7 && at.month === 12 && at.day < 25 ? DECEMBER_SUNDAY : WEEKDAY_WEIGHTS[at.dayOfWeek - 1]!;
    const weight = isPublicHoliday('FR', date) ? 0 : MONTH_WEIGHTS[at.month - 1]! * sunday;
    days.push({ date, month: at.month, weekday: at.dayOfWeek, noon: instantOf(at.toPlainDateTime(), ZONE), weight, market: isMarketDay(date) });
    sums.push((sum += weight));
  }
  const mean = sum / days.length;
  /** The first open day at which the running sum passes `point`; null beyond the last. */
  const dayAt = (point: number): number | null => {
    let [low, high] = [0, sums.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > point) high = middle;
      else low = middle + 1;
    }
    return low < sums.length ? low : null;
  };
  return {
    days,
    /** Any open day, busy ones more often. */
    drawDay: (chance: Chance): number => dayAt(chance.next() * sum) ?? days.length - 1,
    /** The day of the next purchase after one on `day`, about `meanDays` later; null when it lies beyond the table. */
    drawNextDay(chance: Chance, day: number, meanDays: number): number | null {
      const found = dayAt(sums[day]! + chance.exponential(meanDays) * mean);
      return found === null || found > day ? found : null;
    },
    /** The first open day at or after `day`; null beyond the table. */
    openFrom: (day: number): number | null => {
      const found = days.findIndex(({ weight }, index) => index >= day && weight > 0);
      return found < 0 ? null : found;
    },
    dayOf: (date: string): number => days.findIndex((day) => day.date === date),
  };
}
export type ShopCalendar = ReturnType<typeof openShopCalendar>;

export type SaleTime = { occurredAt: Instant; postAt: Instant };

/** A minute of the opening hours of a day, and the full hour at which its till posts it. */
export function drawSaleTime(chance: Chance, day: ShopDay): SaleTime {
  const postAt = hourOf(day, chance.weighted(HOUR_WEIGHTS));
  return { occurredAt: postAt - chance.between(1, 59) * MINUTE_MS, postAt };
}

/** A full hour of a day's afternoon or evening; no change of clocks lies between noon and it. */
export const hourOf = (day: ShopDay, hour: number): Instant => day.noon + (hour - 12) * HOUR_MS;

/** The hours at which something may happen on a day: each one that tills post at, or two on closed days, when people only read their mail. */
export const hoursOf = (day: ShopDay): Instant[] =>
  (day.weight > 0 ? Array.from({ length: LAST_POST_HOUR - FIRST_POST_HOUR + 1 }, (_, index) => FIRST_POST_HOUR + index) : [11, 18]).map((hour) => hourOf(day, hour));
