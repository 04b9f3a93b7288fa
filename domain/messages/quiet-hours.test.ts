import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPublicHoliday } from '#domain/messages/public-holidays.ts';
import { QUIET_HOURS_RULES, QuietHoursRule } from '#domain/messages/quiet-hours-rules.ts';
import { nextOpenInstant, spread, type QuietHoursQuestion } from '#domain/messages/quiet-hours.ts';
import { localTime, MINUTE_MS, parseInstant } from '#domain/shared/time.ts';

const instant = (text: string): number => parseInstant(text) ?? Number.NaN;
const PARIS = { channel: 'sms', transactional: false, country: 'FR', zone: 'Europe/Paris' };
const ask = (at: string, more: Partial<QuietHoursQuestion> = {}) => nextOpenInstant({ ...PARIS, at: instant(at), ...more });

it.each([
  ['a weekday at noon', '2026-03-10T12:00:00+01:00', '2026-03-10T12:00:00+01:00', null],
  ['the last open millisecond', '2026-03-10T19:59:59.999+01:00', '2026-03-10T19:59:59.999+01:00', null],
  ['eight in the evening', '2026-03-10T20:00:00+01:00', '2026-03-11T08:00:00+01:00', 'hour'],
  ['the small hours', '2026-03-10T03:00:00+01:00', '2026-03-10T08:00:00+01:00', 'hour'],
  ['Saturday night', '2026-03-14T21:00:00+01:00', '2026-03-16T08:00:00+01:00', 'hour'],
  ['a Sunday', '2026-03-15T12:00:00+01:00', '2026-03-16T08:00:00+01:00', 'day'],
  ['the Sunday that clocks go forward', '2026-03-29T12:00:00+02:00', '2026-03-30T08:00:00+02:00', 'day'],
  ['the Saturday night before clocks go back', '2026-10-24T23:00:00+02:00', '2026-10-26T08:00:00+01:00', 'hour'],
  ['the first of May', '2026-05-01T12:00:00+02:00', '2026-05-02T08:00:00+02:00', 'holiday'],
  ['the eve of a holiday beside a Sunday', '2026-04-04T21:00:00+02:00', '2026-04-07T08:00:00+02:00', 'hour'],
])('lets a marketing SMS of %s leave in the first open minute (§6.1, §6.3)', (_, at, expected, because) => {
  const answer = ask(at);
  expect(answer.at).toBe(instant(expected));
  expect(answer.heldBy?.because ?? null).toBe(because);
});

it('keeps the hours of the customer, not of the workspace (§6.1)', () => {
  expect(ask('2026-03-10T08:00:00+01:00', { zone: 'America/Martinique', country: 'MQ' }).at).toBe(instant('2026-03-10T08:00:00-04:00'));
});

it('holds neither e-mail, nor what is transactional, nor countries without a rule (§6.3)', () => {
  const night = '2026-03-15T03:00:00+01:00';
  for (const more of [{ channel: 'email' }, { transactional: true }, { country: 'XX' }]) expect(ask(night, more)).toEqual({ at: instant(night), heldBy: null });
});

it('closes calls at lunch, and before the decree not at all (§6.3)', () => {
  expect(ask('2026-03-10T13:30:00+01:00', { channel: 'call' }).at).toBe(instant('2026-03-10T14:00:00+01:00'));
  expect(ask('2023-02-26T13:30:00+01:00', { channel: 'call' }).heldBy).toBeNull();
  expect(ask('2026-03-14T12:00:00+01:00', { channel: 'call' }).at).toBe(instant('2026-03-16T10:00:00+01:00'));
});

it('opens at the next valid instant where the opening does not exist, and at the first where it exists twice (§3.4)', () => {
  const rule: QuietHoursRule = { key: 'night', channel: 'sms', countries: ['FR'], days: [1, 2, 3, 4, 5, 6, 7], windows: [{ from: '02:30', until: '24:00' }], closedOnHolidaysOf: null, since: null, until: null, source: { title: 'a test', url: '', checkedOn: '2026-01-01' } };
  expect(ask('2026-03-29T01:00:00+01:00', { rules: [rule] }).at).toBe(instant('2026-03-29T03:00:00+02:00'));
  expect(ask('2026-10-25T01:00:00+02:00', { rules: [rule] }).at).toBe(instant('2026-10-25T02:30:00+02:00'));
});

it('spreads held messages over the first open minute, the same message always at the same place (§6.1)', () => {
  const leaving = Array.from({ length: 600 }, (_, index) => ask('2026-03-10T21:00:00+01:00', { spreadKey: `m${index}` }).at - instant('2026-03-11T08:00:00+01:00'));
  expect(Math.min(...leaving)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...leaving)).toBeLessThan(MINUTE_MS);
  for (let tenth = 0; tenth < 10; tenth += 1) expect(leaving.filter((ms) => Math.floor(ms / 6_000) === tenth).length).toBeGreaterThan(30);
  expect(spread('m1', 1_000)).toBe(spread('m1', 1_000));
  expect(ask('2026-03-10T12:00:00+01:00', { spreadKey: 'm1' }).at).toBe(instant('2026-03-10T12:00:00+01:00'));
});

it('never answers a quiet hour nor an instant before it was asked, in any zone and season (§6.1)', () => {
  const zones = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Miquelon', 'America/Cayenne', 'Australia/Lord_Howe');
  fc.assert(fc.property(fc.integer({ min: instant('2024-01-01T00:00:00Z'), max: instant('2030-12-31T00:00:00Z') }), zones, fc.constantFrom('sms', 'call'), fc.string(), (at, zone, channel, spreadKey) => {
    const answer = nextOpenInstant({ channel, transactional: false, country: 'FR', zone, at, spreadKey });
    const local = localTime(answer.at, zone);
    const minute = local.hour * 60 + local.minute;
    const open = channel === 'sms'
      ? local.dayOfWeek <= 6 && minute >= 480 && minute < 1_200
      : local.dayOfWeek <= 5 && ((minute >= 600 && minute < 780) || (minute >= 840 && minute < 1_200));
    expect(open && !isPublicHoliday('FR', local.toPlainDate().toString())).toBe(true);
    expect(answer.at).toBeGreaterThanOrEqual(at);
    expect(answer.heldBy === null).toBe(answer.at === at);
  }), { numRuns: 400 });
});

it('states each rule with its source, in the form that a workspace may use', () => {
  for (const rule of QUIET_HOURS_RULES) {
    expect(QuietHoursRule.safeParse(rule).success).toBe(true);
    expect(rule.source.url).toMatch(/^https:/);
  }
});

it('knows the moving holidays of France', () => {
  expect(['2024-04-01', '2025-05-29', '2026-05-25', '2030-06-10'].every((date) => isPublicHoliday('FR', date))).toBe(true);
  expect(['2026-05-24', '2026-12-26', '2019-01-01'].some((date) => isPublicHoliday('FR', date))).toBe(false);
});
