import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { DAY_MS, HOUR_MS, localTime } from '#domain/shared/time.ts';
import { bestHour, dateMoment, nextInWindow } from '#domain/journeys/wait-moment.ts';

const instant = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'Africa/Casablanca');
const PARIS = 'Europe/Paris';
const at = (text: string): number => Date.parse(text);
const born = (birthDate: string) => CustomerProfile.parse({ birthDate });
const yearly = { date: 'customer.birthDate', timeOfDay: '09:00', yearly: true };

describe('a window of the day (§3.2)', () => {
  it('lets whoever is inside go on at once, and everyone else at its next opening', () => {
    const shop = { from: '10:00', to: '19:00', weekdays: [1, 2, 3, 4, 5, 6] };
    expect(nextInWindow(at('2026-06-15T10:30:00Z'), shop, PARIS)).toBe(at('2026-06-15T10:30:00Z'));
    expect(nextInWindow(at('2026-06-15T17:00:00Z'), shop, PARIS)).toBe(at('2026-06-16T08:00:00Z'));
    expect(nextInWindow(at('2026-06-20T18:00:00Z'), shop, PARIS)).toBe(at('2026-06-22T08:00:00Z'));
  });

  it('closes on the next day when it ends before it begins, its weekday being that of its beginning', () => {
    const night = { from: '22:00', to: '02:00', weekdays: [5] };
    expect(nextInWindow(at('2026-06-19T23:30:00Z'), night, PARIS)).toBe(at('2026-06-19T23:30:00Z'));
    expect(nextInWindow(at('2026-06-20T00:00:00Z'), night, PARIS)).toBe(at('2026-06-26T20:00:00Z'));
  });

  it('answers the same again from its own answer, never earlier, and never more than eight days later, in every zone', () => {
    fc.assert(fc.property(instant, zone, fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (from, where, weekdays) => {
      const window = { from: '08:00', to: '20:00', weekdays };
      const next = nextInWindow(from, window, where);
      const { hour, dayOfWeek } = localTime(next, where);
      return next >= from && next - from < 8.2 * DAY_MS && nextInWindow(next, window, where) === next && hour >= 8 && hour < 20 && weekdays.includes(dayOfWeek);
    }));
  });
});

describe('a date (§3.2, §1.5)', () => {
  it('is the next anniversary at a time of day, 29 February being kept on the 28th', () => {
    expect(dateMoment(at('2026-06-15T10:00:00Z'), yearly, PARIS, born('1990-06-15'), null)).toBe(at('2027-06-15T07:00:00Z'));
    expect(dateMoment(at('2026-12-01T10:00:00Z'), yearly, PARIS, born('2000-02-29'), null)).toBe(at('2027-02-28T08:00:00Z'));
    expect(dateMoment(at('2027-12-01T10:00:00Z'), yearly, PARIS, born('2000-02-29'), null)).toBe(at('2028-02-29T08:00:00Z'));
  });

  it('may lie before or after the date, also over the turn of the year', () => {
    const before = { ...yearly, offset: { amount: -7, unit: 'calendarDays' as const } };
    expect(dateMoment(at('2026-12-20T10:00:00Z'), before, PARIS, born('1990-01-03'), null)).toBe(at('2026-12-27T08:00:00Z'));
    const once = { date: 'event.properties.departure', timeOfDay: '18:00', yearly: false, offset: { amount: 1, unit: 'calendarMonths' as const } };
    const event = { id: 'e', type: 'booking', occurredAt: 0, storeId: null, properties: { departure: '2026-01-31' } };
    expect(dateMoment(0, once, PARIS, born('1990-01-01'), event)).toBe(at('2026-02-28T17:00:00Z'));
  });

  it('is not known where the field holds none', () => {
    expect(dateMoment(0, { ...yearly, date: 'customer.attributes.renewal' }, PARIS, CustomerProfile.parse({ attributes: { renewal: 'soon' } }), null)).toBeNull();
  });

  it('is never before the moment from which it is asked, nor more than a year after', () => {
    fc.assert(fc.property(instant, zone, fc.integer({ min: -400, max: 400 }), (from, where, amount) => {
      const moment = dateMoment(from, { ...yearly, offset: { amount, unit: 'calendarDays' } }, where, born('1984-02-29'), null)!;
      return moment >= from && moment - from < 367.2 * DAY_MS;
    }));
  });
});

describe('the best hour (§3.2)', () => {
  const act = (hour: number, day: number) => ({ type: 'purchase', occurredAt: at('2026-06-01T00:00:00Z') + day * DAY_MS + (hour - 2) * HOUR_MS, properties: {} });
  const now = at('2026-06-15T10:00:00Z');

  it('is the local hour of most acts in ninety days, the earlier of two alike', () => {
    expect(bestHour(now, [act(18, 1), act(18, 2), act(9, 3), act(9, 4), act(20, 5)], PARIS)).toBe(9);
    expect(bestHour(now, [act(18, 1), act(18, 2), act(18, 3), act(9, 4)], PARIS)).toBe(18);
  });

  it('is not known from fewer than three acts, nor from older ones', () => {
    expect(bestHour(now, [act(18, 1), act(18, 2)], PARIS)).toBeNull();
    expect(bestHour(now, [act(18, -90), act(18, -91), act(18, -92), act(18, 1)], PARIS)).toBeNull();
  });
});
