import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addDuration } from '#domain/journeys/duration.ts';
import { steadyInstant, steadyOffset } from '#domain/shared/steady-offset.ts';
import { instantOf, localTime } from '#domain/shared/time.ts';

const ZONES = ['Europe/Paris', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kathmandu', 'America/Sao_Paulo', 'Asia/Beirut', 'America/Guadeloupe', 'UTC'];
const zone = fc.constantFrom(...ZONES);
const at = fc.integer({ min: Date.UTC(1995, 0, 1), max: Date.UTC(2040, 0, 1) });

/** Temporal's own answer: the first of two, the next valid of none. */
function generally(local: Temporal.PlainDateTime, name: string): number {
  const zoned = local.toZonedDateTime(name, { disambiguation: 'earlier' });
  if (zoned.toPlainDateTime().equals(local)) return zoned.epochMilliseconds;
  return local.toZonedDateTime(name, { disambiguation: 'later' }).add({ nanoseconds: 1 }).getTimeZoneTransition('previous')!.epochMilliseconds;
}

it('§3.1 §3.4 adds calendar days, and reads a local time, as the general way does, in zones of every kind over forty-five years', () => {
  fc.assert(fc.property(at, zone, fc.integer({ min: 1, max: 400 }), fc.constantFrom('calendarDays' as const, 'calendarWeeks' as const), (instant, name, amount, unit) => {
    const local = localTime(instant, name).toPlainDateTime();
    expect(instantOf(local, name)).toBe(generally(local, name));
    const later = local.add({ [unit === 'calendarDays' ? 'days' : 'weeks']: amount });
    expect(addDuration(instant, { amount, unit }, name)).toBe(generally(later, name));
  }), { numRuns: 2_000 });
});

it('§3.4 leaves each minute around a change of clocks to the general way', () => {
  for (const name of ['Europe/Paris', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
    const change = localTime(Date.UTC(2026, 0, 1), name).getTimeZoneTransition('next')!.epochMilliseconds;
    expect(steadyOffset(change, name)).toBeNull();
    for (let minute = -180; minute <= 180; minute += 1) {
      const shown = Temporal.Instant.fromEpochMilliseconds(change + minute * 60_000).toZonedDateTimeISO('UTC').toPlainDateTime().add({ hours: 1 });
      expect(steadyInstant(shown.toZonedDateTime('UTC').epochMilliseconds, name)).toBeNull();
      expect(instantOf(shown, name)).toBe(generally(shown, name));
    }
  }
});

it('knows by how much a zone is ahead, half hours and quarters too', () => {
  expect(ZONES.map((name) => (steadyOffset(Date.UTC(2026, 0, 15, 12), name) ?? NaN) / 60_000)).toEqual([60, 660, 60, 780, 840, 345, -180, 120, -240, 0]);
});
