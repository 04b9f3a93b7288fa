import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { localTime } from '#domain/shared/time.ts';
import { nextOccurrence, occurrencesAround, subjectsOf, type DatedFacts } from './occurrences.ts';
import { isTimed, Trigger, type TimedTrigger } from './trigger.ts';

const ZONES = ['Europe/Paris', 'America/New_York', 'Pacific/Apia', 'Pacific/Kiritimati', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu', 'America/Guadeloupe'];
const facts = (change: Partial<DatedFacts> = {}, profile: Record<string, unknown> = {}): DatedFacts => ({
  createdAt: Date.UTC(2024, 0, 31, 10), profile: CustomerProfile.parse(profile), figures: CustomerFigures.parse({}), consents: [], relatives: [], contracts: [], ...change,
});
const timed = (trigger: Record<string, unknown>): TimedTrigger => {
  const parsed = Trigger.parse({ timeOfDay: '09:00', ...trigger });
  if (!isTimed(parsed)) throw new Error('an event has no moments');
  return parsed;
};
const birthday = (change: Record<string, unknown> = {}): TimedTrigger => timed({ kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', ...change });
const recurring = (every: Record<string, unknown>, change: Record<string, unknown> = {}): TimedTrigger => timed({ kind: 'recurring', every, ...change });
const at = (text: string, zone = 'Europe/Paris'): number => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
const local = (instant: number, zone = 'Europe/Paris'): string => localTime(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
/** The next moments after an instant, as clocks show them. */
function moments(trigger: TimedTrigger, of: DatedFacts, after: number, count: number, zone = 'Europe/Paris'): string[] {
  const found: string[] = [];
  for (let next = nextOccurrence(trigger, of, zone, after); next && found.length < count; next = nextOccurrence(trigger, of, zone, next.dueAt)) found.push(local(next.dueAt, zone));
  return found;
}

describe('the moments of a date', () => {
  it('come each year at the time of day of the customer’s zone, and before or after it by an offset (§1.1)', () => {
    const of = facts({}, { birthDate: '1990-06-20' });
    expect(moments(birthday(), of, at('2026-06-20T09:00'), 2)).toEqual(['2027-06-20T09:00', '2028-06-20T09:00']);
    expect(moments(birthday({ offset: { amount: 1, unit: 'calendarWeeks', direction: 'before' } }), of, at('2026-06-01T00:00'), 1)).toEqual(['2026-06-13T09:00']);
    expect(moments(birthday({ offset: { amount: 13, unit: 'calendarMonths', direction: 'after' } }), of, at('2026-06-01T00:00'), 1)).toEqual(['2026-07-20T09:00']);
  });

  it('keep their key whatever the zone, so that an occurrence is the same one after a move', () => {
    const of = facts({}, { birthDate: '1990-06-20' });
    const keys = ZONES.map((zone) => nextOccurrence(birthday(), of, zone, at('2026-01-01T00:00'))?.key);
    expect(new Set(keys)).toEqual(new Set(['customer:2026']));
  });

  it('keep 29 February on the 28th of common years in every zone, or on 1 March when the journey says so (§1.5)', () => {
    fc.assert(fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 2021, max: 2099 }), fc.constantFrom('february28', 'march1'), fc.constantFrom('00:00', '02:30', '09:00', '23:59'), (zone, year, leapDay, timeOfDay) => {
      const of = facts({}, { birthDate: '2000-02-29' });
      const next = nextOccurrence(birthday({ leapDay, timeOfDay }), of, zone, at(`${year}-01-15T00:00`, zone));
      const isLeap = Temporal.PlainDate.from({ year, month: 1, day: 1 }).inLeapYear;
      const day = isLeap ? '02-29' : leapDay === 'march1' ? '03-01' : '02-28';
      expect(next?.date).toBe(`${year}-${day}`);
      expect(localTime(next!.dueAt, zone).toPlainDate().toString()).toBe(`${year}-${day}`);
    }));
  });

  it('belong to each child, to the spouse, to a contract of a kind (§1.1)', () => {
    const of = facts({
      relatives: [{ id: 'a', relation: 'child', firstName: 'Zoé', birthDate: '2019-03-01' }, { id: 'b', relation: 'child', birthDate: '2021-02-01' }, { id: 'c', relation: 'spouse', birthDate: '1990-01-20' }, { id: 'd', relation: 'child' }],
      contracts: [{ id: 'k', kind: 'maintenance', startsOn: '2025-05-10', endsOn: '2027-05-10', status: 'active' }, { id: 'l', kind: 'other', startsOn: '2025-05-10', status: 'active' }, { id: 'm', kind: 'maintenance', startsOn: '2025-01-10', status: 'ended' }],
    });
    const children = timed({ kind: 'date', of: { whose: 'relative', relation: 'child' }, repeats: 'yearly' });
    expect(moments(children, of, at('2026-01-01T00:00'), 2)).toEqual(['2026-02-01T09:00', '2026-03-01T09:00']);
    expect(subjectsOf(timed({ kind: 'date', of: { whose: 'relative' }, repeats: 'yearly' }), of, 'Europe/Paris').map(({ name }) => name)).toEqual(['relative:a', 'relative:b', 'relative:c']);
    const ends = timed({ kind: 'date', of: { whose: 'contract', contractKind: 'maintenance', date: 'endsOn' }, repeats: 'once', offset: { amount: 30, unit: 'calendarDays', direction: 'before' } });
    expect(moments(ends, of, at('2026-01-01T00:00'), 2)).toEqual(['2027-04-10T09:00']);
    const years = timed({ kind: 'date', of: { whose: 'contract', contractKind: 'maintenance', date: 'startsOn' }, repeats: 'yearly' });
    expect(nextOccurrence(years, of, 'Europe/Paris', at('2025-01-01T00:00'))).toMatchObject({ key: 'contract:k:2026', date: '2026-05-10' });
  });

  it('follow what the customer did, never before it: a consent in the afternoon has had its nine o’clock', () => {
    const said = at('2026-06-15T14:30');
    const of = facts({ consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till', at: said }] });
    const welcome = (change: Record<string, unknown> = {}) => timed({ kind: 'date', of: { whose: 'customer', field: 'consents.marketing.email' }, repeats: 'once', ...change });
    expect(moments(welcome(), of, said - 1, 2)).toEqual(['2026-06-15T14:30']);
    expect(moments(welcome({ offset: { amount: 1, unit: 'calendarDays', direction: 'after' } }), of, said, 2)).toEqual(['2026-06-16T09:00']);
    expect(moments(welcome(), facts({ consents: [{ purpose: 'marketing', channel: 'email', state: 'denied', source: 'till', at: said }] }), 0, 1)).toEqual([]);
  });

  it('lie on both sides of any instant without a gap: the last is before it, the next is not, and nothing lies between', () => {
    const dates = fc.date({ min: new Date('1930-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
    const offsets = fc.option(fc.record({ amount: fc.integer({ min: 1, max: 400 }), unit: fc.constantFrom('calendarDays', 'calendarWeeks', 'calendarMonths'), direction: fc.constantFrom('before', 'after') }), { nil: undefined });
    fc.assert(fc.property(dates, offsets, fc.constantFrom(...ZONES), fc.integer({ min: Date.UTC(2031, 0), max: Date.UTC(2060, 0) }), (birthDate, offset, zone, instant) => {
      const trigger = birthday(offset ? { offset } : {});
      const [subject] = subjectsOf(trigger, facts({}, { birthDate }), zone);
      const { last, next } = occurrencesAround(trigger, subject!, zone, instant);
      const isFirst = next!.key === `customer:${Number(birthDate.slice(0, 4)) + 1}`;
      if (isFirst) expect(last).toBeNull();
      else expect(Number(next!.key.split(':')[1]) - Number(last!.key.split(':')[1])).toBe(1);
      expect(last === null || last.dueAt < instant).toBe(true);
      expect(next!.dueAt).toBeGreaterThanOrEqual(instant);
    }), { numRuns: 300 });
  });
});

describe('a recurring moment of the customer’s own', () => {
  it('is each 1st of the month since joining (§1.1)', () => {
    expect(moments(recurring({ freq: 'monthly', monthDays: [1] }), facts(), at('2024-01-31T11:00'), 3)).toEqual(['2024-02-01T09:00', '2024-03-01T09:00', '2024-04-01T09:00']);
  });

  it('does not lie before the joining, not even on its day', () => {
    expect(moments(recurring({ freq: 'weekly' }), facts({ createdAt: at('2026-06-15T14:00') }), 0, 1)).toEqual(['2026-06-22T09:00']);
    expect(moments(recurring({ freq: 'weekly' }, { timeOfDay: '18:00' }), facts({ createdAt: at('2026-06-15T14:00') }), 0, 1)).toEqual(['2026-06-15T18:00']);
  });

  it('keeps the day of the joining, and the last day of a month that has none such', () => {
    expect(moments(recurring({ freq: 'monthly' }), facts(), at('2024-02-01T00:00'), 4)).toEqual(['2024-02-29T09:00', '2024-03-31T09:00', '2024-04-30T09:00', '2024-05-31T09:00']);
  });

  it('keeps a yearly 29 February by the same rule as a date (§1.5)', () => {
    const of = facts({ createdAt: at('2024-02-29T08:00') });
    expect(moments(recurring({ freq: 'yearly' }), of, at('2024-12-01T00:00'), 2)).toEqual(['2025-02-28T09:00', '2026-02-28T09:00']);
    expect(moments(recurring({ freq: 'yearly' }, { leapDay: 'march1' }), of, at('2024-12-01T00:00'), 1)).toEqual(['2025-03-01T09:00']);
  });

  it('comes no more when no month has its day', () => {
    expect(moments(recurring({ freq: 'monthly', interval: 12, monthDays: [31] }), facts({ createdAt: at('2024-02-10T08:00') }), at('2026-01-01T00:00'), 1)).toEqual([]);
  });

  it('falls on the days of RFC 5545, as a library of its own reckons them', () => {
    const every = fc.oneof(
      fc.record({ freq: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 6 }), weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }) }),
      fc.record({ freq: fc.constant('monthly' as const), interval: fc.integer({ min: 1, max: 7 }), monthDays: fc.uniqueArray(fc.constantFrom(-1, 1, 5, 15, 28, 29, 30, 31), { minLength: 1, maxLength: 3 }) }),
    );
    const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
    fc.assert(fc.property(every, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 0, max: 2_000 }), (rule, zone, joinedDay, laterDays) => {
      const joined = Temporal.PlainDate.from('2022-01-01').add({ days: joinedDay });
      const after = joined.add({ days: laterDays });
      const days = rule.freq === 'weekly' ? { freq: 'WEEKLY' as const, byDay: rule.weekdays.map((day) => DAYS[day - 1]!) } : { freq: 'MONTHLY' as const, byMonthDay: rule.monthDays };
      const oracle = new RRuleTemporal({ ...days, interval: rule.interval, dtstart: joined.toZonedDateTime('UTC') });
      const expected = oracle.next(new Date(after.toZonedDateTime('UTC').epochMilliseconds), false);
      const next = nextOccurrence(recurring(rule), facts({ createdAt: joined.toZonedDateTime({ timeZone: zone }).epochMilliseconds }), zone, after.toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).epochMilliseconds);
      expect(next?.date).toBe(expected?.toPlainDate().toString());
      if (next) expect(local(next.dueAt, zone)).toBe(`${next.date}T09:00`);
    }), { numRuns: 200 });
  });
});
