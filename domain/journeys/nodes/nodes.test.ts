import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { nextTimeOfDay } from '#domain/journeys/wait-moment.ts';
import { DAY_MS, localTime } from '#domain/shared/time.ts';
import { addDuration, roundWake } from '#domain/journeys/duration.ts';
import { nodeKind, NODE_KIND_NAMES } from '#domain/journeys/node-kinds.ts';
import { chooseBranch } from './random-split.ts';
import { waitMoment } from './wait.ts';

const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });
const zone = fc.constantFrom('Europe/Paris', 'America/Guadeloupe', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu', 'Africa/Casablanca');

describe('every node kind', () => {
  it('begins with a programme and a category that are there', () => {
    const references = { programmes: new Set(['club']), categories: new Set(['news', 'promotion']) };
    expect(nodeKind('givePoints').defaults(references)).toMatchObject({ programmeKey: 'club' });
    expect(nodeKind('sendEmail').defaults(references)).toMatchObject({ category: 'promotion' });
    expect(nodeKind('pressureCheck').defaults({ categories: new Set(['news']) })).toMatchObject({ category: 'news' });
    expect(nodeKind('givePoints').defaults({ programmes: new Set() })).toMatchObject({ programmeKey: 'points' });
  });

  it.each(NODE_KIND_NAMES)('%s has defaults of its own schema and states what it costs', (name) => {
    const kind = nodeKind(name);
    expect(kind.settings.safeParse(kind.defaults()).success || name === 'grantOffer' || kind.family === 'say').toBe(true);
    expect(kind.cost.historyEvents).toBe(kind.resume ? 6 : 0);
    expect(new Set(kind.ports(kind.defaults())).size).toBe(kind.ports(kind.defaults()).length);
  });
});

describe('wait', () => {
  it('never ends early and never more than a minute late (§3.8)', () => {
    fc.assert(fc.property(instant, fc.integer({ min: 0, max: 400 * DAY_MS }), (since, length) => {
      const wake = roundWake(since, since + length);
      return wake >= since + length && wake < since + length + (length > 600_000 ? 60_000 : 1_000);
    }));
  });

  it('keeps the local time of day over calendar days, save where it does not exist (§3.1, §3.4)', () => {
    fc.assert(fc.property(instant, zone, fc.integer({ min: 1, max: 400 }), (at, where, amount) => {
      const then = addDuration(at, { amount, unit: 'calendarDays' }, where);
      const wanted = localTime(at, where).toPlainDateTime().add({ days: amount });
      const got = localTime(then, where).toPlainDateTime();
      return got.equals(wanted) || got.since(wanted).total('minutes') > 0;
    }));
  });

  it('finds the next time of day at or after the moment, within a week (§3.2)', () => {
    fc.assert(fc.property(instant, zone, fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (at, where, weekdays) => {
      const next = nextTimeOfDay(at, '12:30', weekdays, where);
      const local = localTime(next, where);
      return next >= at && next - at < 8.1 * DAY_MS && local.hour === 12 && local.minute === 30 && weekdays.includes(local.dayOfWeek);
    }));
  });

  it('waits a duration first when the author says so', () => {
    const at = Date.UTC(2026, 5, 15, 10);
    expect(waitMoment({ mode: 'untilTimeOfDay', timeOfDay: '10:00', after: { amount: 3, unit: 'calendarDays' } }, at, { zone: 'Europe/Paris', profile: CustomerProfile.parse({}), event: null, history: [] })).toBe(Date.UTC(2026, 5, 19, 8));
  });
});

describe('random split', () => {
  const settings = { branches: [{ key: 'a', weight: 30 }, { key: 'b', weight: 70 }, { key: 'c', weight: 0 }] };
  it('sends a customer the same way for ever, in the weights\' proportion, and nobody where the weight is 0 (§4.2)', () => {
    const counts: Record<string, number> = {};
    for (let index = 0; index < 20_000; index += 1) {
      const branch = chooseBranch(settings, `customer-${index}`, 'node');
      expect(chooseBranch(settings, `customer-${index}`, 'node')).toBe(branch);
      counts[branch] = (counts[branch] ?? 0) + 1;
    }
    expect(counts['c']).toBeUndefined();
    expect(counts['a']! / 20_000).toBeCloseTo(0.3, 1);
  });
});
