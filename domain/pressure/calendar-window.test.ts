import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALENDAR_UNITS, type CalendarUnit } from '#domain/pressure/calendar-units.ts';
import { calendarWindow } from '#domain/pressure/calendar-window.ts';
import { HOUR_MS, localTime, parseInstant } from '#domain/shared/time.ts';

const instant = (text: string): number => parseInstant(text)!;
const hours = (unit: CalendarUnit, at: string, zone = 'Europe/Paris'): number => {
  const { from, to } = calendarWindow(unit, instant(at), zone);
  return (to - from) / HOUR_MS;
};

describe('a calendar window', () => {
  it('is a day of 23 hours in spring and of 25 in autumn (§5.3)', () => {
    expect(hours('day', '2026-03-29T12:00:00+02:00')).toBe(23);
    expect(hours('day', '2026-10-25T12:00:00+01:00')).toBe(25);
    expect(hours('week', '2026-03-29T12:00:00+02:00')).toBe(7 * 24 - 1);
  });

  it('takes an hour that the clocks show twice as one (§3.4, §5.3)', () => {
    expect(hours('hour', '2026-10-25T02:30:00+02:00')).toBe(2);
    expect(calendarWindow('hour', instant('2026-10-25T02:30:00+01:00'), 'Europe/Paris')).toEqual(calendarWindow('hour', instant('2026-10-25T02:30:00+02:00'), 'Europe/Paris'));
    expect(hours('hour', '2026-03-29T03:30:00+02:00')).toBe(1);
  });

  it('starts its weeks on Monday (§5.3)', () => {
    for (const day of ['2026-03-02T00:00:00+01:00', '2026-03-08T23:59:59.999+01:00']) {
      expect(calendarWindow('week', instant(day), 'Europe/Paris')).toEqual({ from: instant('2026-03-02T00:00:00+01:00'), to: instant('2026-03-09T00:00:00+01:00') });
    }
  });

  it('starts a day without midnight at its first instant (§3.4)', () => {
    const { from } = calendarWindow('day', instant('2026-09-06T12:00:00-03:00'), 'America/Santiago');
    expect(localTime(from, 'America/Santiago').toString()).toBe('2026-09-06T01:00:00-03:00[America/Santiago]');
  });

  it('keeps a day begun when the clocks go back over its midnight (§3.4)', () => {
    // Saint John's changed its clocks at one minute past midnight until 2011.
    const again = calendarWindow('day', instant('2009-10-31T23:30:00-03:30'), 'America/St_Johns');
    expect(again).toEqual({ from: instant('2009-11-01T00:00:00-02:30'), to: instant('2009-11-02T00:00:00-03:30') });
  });

  it('cuts time without gap or overlap, in any zone and over any change of clocks (§5.3)', { timeout: 30_000 }, () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns', 'Africa/Casablanca', 'America/Havana', 'UTC');
    const at = fc.oneof(
      fc.integer({ min: instant('1990-01-01T00:00:00Z'), max: instant('2040-01-01T00:00:00Z') }),
      fc.integer({ min: instant('2009-10-31T23:00:00Z'), max: instant('2009-11-01T06:00:00Z') }),
      fc.integer({ min: instant('2011-12-29T00:00:00Z'), max: instant('2012-01-01T00:00:00Z') }),
      fc.integer({ min: instant('2026-04-04T12:00:00Z'), max: instant('2026-04-05T12:00:00Z') }),
    );
    fc.assert(fc.property(fc.constantFrom(...CALENDAR_UNITS), zone, at, fc.double({ min: 0, max: 1, noNaN: true }), (unit, where, when, part) => {
      const { from, to } = calendarWindow(unit, when, where);
      expect(from <= when && when < to).toBe(true);
      // Asking elsewhere first empties the memory of the last windows.
      for (const other of [from, to - 1, from + Math.floor((to - 1 - from) * part)]) {
        for (let away = 1; away <= 8; away += 1) calendarWindow(unit, when + away * 400 * 24 * HOUR_MS, where);
        expect(calendarWindow(unit, other, where)).toEqual({ from, to });
      }
      expect(calendarWindow(unit, to, where).from).toBe(to);
      expect(calendarWindow(unit, from - 1, where).to).toBe(from);
    }), { numRuns: 250 });
  });
});
