import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { dateOf, formatInstant, HOUR_MS, parseInstant, startOfDate } from '#domain/shared/time.ts';

const generally = (at: number): string => Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: 'millisecond' });

it('formats every instant of a day that has one as Temporal does, leap days and turns of centuries included', () => {
  const ends = ['1970-01-01', '1999-12-31', '2000-02-29', '2000-03-01', '2024-02-29', '2026-12-31', '2100-02-28', '2100-03-01', '2400-02-29', '9999-12-31', '1969-12-31', '0999-01-01'];
  for (const day of ends) for (const time of ['00:00:00.000', '12:34:56.007', '23:59:59.999']) expect(formatInstant(Date.parse(`${day}T${time}Z`))).toBe(`${day}T${time}Z`);
  fc.assert(fc.property(fc.integer({ min: -62_000_000_000_000, max: 400_000_000_000_000 }), (at) => formatInstant(at) === generally(at)), { numRuns: 2_000 });
});

it('reads back what it has formatted, and refuses what is no instant', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (at) => parseInstant(formatInstant(at)) === at));
  expect(() => formatInstant(0.5)).toThrow();
  expect(parseInstant('2026-01-01T00:00:00')).toBeNull();
});

it('knows the first instant of a date and the date of an instant in a zone, over a change of clocks', () => {
  const from = startOfDate('2026-03-29', 'Europe/Paris');
  expect(formatInstant(from)).toBe('2026-03-28T23:00:00.000Z');
  expect(startOfDate('2026-03-30', 'Europe/Paris') - from).toBe(23 * HOUR_MS);
  expect(dateOf(from, 'Europe/Paris')).toBe('2026-03-29');
  expect(dateOf(from - 1, 'Europe/Paris')).toBe('2026-03-28');
});
