/**
 * Time zones against an oracle (§3.1, §3.4, §6.1): two years of daily messages in zones whose clocks change by an hour, by half an hour, at midnight, for Ramadan or never.
 * What the clocks show is read from the committed output of `zdump`, never from the library under test.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { DAY_MS, formatInstant, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import { simulateAll } from '#domain/simulation/simulate.ts';

/** Whoever comes back to a step for the five-hundredth time is stopped, so each year has a person of its own. */
const YEARS = [2026, 2027].map((year) => ({ from: Date.UTC(year, 0, 1, 12), to: Date.UTC(year + 1, 0, 1, 12) }));

type Change = { at: Instant; offsetMs: number };
const LINE = /^(\S+)\s+\w{3} (\w{3}\s+\d+ [\d:]+ \d{4}) UT = .* gmtoff=(-?\d+)$/;

/** The instants from which an offset holds, by zone, the earliest first. */
const changes = new Map<string, Change[]>();
for (const line of readFileSync('tests/oracles/zdump-2025b.txt', 'utf8').split('\n')) {
  const [, zone, at, offset] = LINE.exec(line) ?? [];
  if (zone) changes.set(zone, [...(changes.get(zone) ?? []), { at: Date.parse(`${at} UTC`), offsetMs: Number(offset) * 1_000 }]);
}

/** What the clocks of the zone show, as if it were UTC. */
function shown(zone: string, at: Instant): number {
  const change = changes.get(zone)?.findLast((one) => one.at <= at);
  if (!change) throw new Error(`the oracle says nothing of ${zone} at ${formatInstant(at)}`);
  return at + change.offsetMs;
}

/** The first minute of a local day at which its clocks show this time or a later one, found by looking at every minute from the earliest that can be it. */
function firstMinute(zone: string, day: number, timeOfDayMs: number): Instant {
  const largestOffsetMs = Math.max(...(changes.get(zone) ?? []).map(({ offsetMs }) => offsetMs));
  for (let at = day + timeOfDayMs - largestOffsetMs; ; at += MINUTE_MS) {
    if (shown(zone, at) >= day + timeOfDayMs) return at;
  }
}

const templates = { templateKey: 'thanks', category: 'promotion' };
/** Comes back to the same wait each day. */
const daily = (kind: 'sendEmail' | 'sendSms', timeOfDay: string): Journey => Journey.parse({
  formatVersion: 1, key: 'daily', name: 'Daily', entry: { trigger: { kind: 'event', event: { type: 'hello' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [
    { id: 'wait', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay }, next: { next: 'send' } },
    { id: 'send', kind, settings: templates, next: { next: 'wait' } },
  ],
});

/** When the messages of such a journey left, in a French customer's zone. */
function leavings(zone: string, kind: 'sendEmail' | 'sendSms', timeOfDay: string, { from, to }: (typeof YEARS)[number]): Instant[] {
  const left: Instant[] = [];
  simulateAll({
    journeys: [{ journeyId: 'j', versionId: 'v', versionNumber: 1, journey: daily(kind, timeOfDay) }], templates: null, offerStock: {}, stores: null, currency: 'EUR', from, to,
    rules: {
      workspaceId: 'w', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', sender: 'Lutin', consentPolicy: { softOptIn: null }, policy: { ...DEFAULT_PRESSURE_POLICY, rules: [] }, programmes: [], offers: {},
    },
    customers: [{
      id: 'anna', identifiers: [{ kind: 'externalId', value: 'anna' }, { kind: 'email', value: 'anna@lutin.test' }, { kind: 'phone', value: '+33612345678' }],
      profile: CustomerProfile.parse({ timeZone: zone }), figures: CustomerFigures.parse({}),
      consents: (['email', 'sms'] as const).map((channel) => ({ purpose: 'marketing', channel, state: 'granted', source: 'till', at: 0 })),
      balances: {}, vouchers: [], pressure: [], history: [], register: [], stopped: {},
    }],
    events: [{ acceptedAt: from, input: { id: 'hello', type: 'hello', occurredAt: formatInstant(from), customer: { externalId: 'anna' }, properties: {} } }],
  }, (line) => {
    if (line.kind === 'message' && line.status === 'sent' && line.handedOverAt !== null) left.push(line.handedOverAt);
  });
  return left;
}

const dayOf = (zone: string, at: Instant): number => Math.floor(shown(zone, at) / DAY_MS) * DAY_MS;
/** The local days that lie wholly inside a year's run. */
function wholeDays(zone: string, { from, to }: (typeof YEARS)[number]): number[] {
  const first = dayOf(zone, from) + DAY_MS;
  return Array.from({ length: (dayOf(zone, to) - first) / DAY_MS }, (_, index) => first + index * DAY_MS);
}
const minutesOf = (timeOfDay: string): number => Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));

describe.each([...changes.keys()])('in %s through 2026 and 2027', (zone) => {
  it.each(['00:00', '01:30', '02:15'])('§3.4 each local day has one message at %s, or at the first minute after it that the day has, and none in a repeated hour', (timeOfDay) => {
    for (const year of YEARS) {
      const days = wholeDays(zone, year);
      const inside = leavings(zone, 'sendEmail', timeOfDay, year).filter((at) => days.includes(dayOf(zone, at)));
      expect(inside.map(formatInstant)).toEqual(days.map((day) => formatInstant(firstMinute(zone, day, minutesOf(timeOfDay) * MINUTE_MS))));
    }
  });

  it('§6.1 no text of a night leaves in a quiet hour, on a Sunday, or is lost', () => {
    const left = YEARS.flatMap((year) => leavings(zone, 'sendSms', '23:30', year));
    expect(left.length).toBeGreaterThan(720);
    for (const at of left) {
      const local = new Date(shown(zone, at));
      expect([1, 2, 3, 4, 5, 6], formatInstant(at)).toContain(local.getUTCDay());
      expect(local.getUTCHours(), formatInstant(at)).toBeGreaterThanOrEqual(8);
      expect(local.getUTCHours(), formatInstant(at)).toBeLessThan(20);
    }
  });
});

it('the oracle holds ten zones, the ones that change with their changes of these two years', () => {
  expect(changes.size).toBe(10);
  expect(changes.get('Africa/Casablanca')?.filter(({ at }) => YEARS.some(({ from, to }) => at >= from && at <= to))).toHaveLength(8);
});
