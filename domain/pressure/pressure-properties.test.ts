import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarWindow } from '#domain/pressure/calendar-window.ts';
import { decidePressure } from '#domain/pressure/decide-pressure.ts';
import { exampleCandidate, exampleEntry, policyOf } from '#domain/pressure/example-entry.ts';
import { compareArbitration } from '#domain/pressure/compare-arbitration.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { nextFree } from '#domain/pressure/next-free.ts';
import { capSwitches } from '#domain/pressure/category.ts';
import type { MessageCategory, PressurePolicy } from '#domain/pressure/policy.ts';
import { HOUR_MS, MINUTE_MS, parseInstant } from '#domain/shared/time.ts';

const ZONE = 'Europe/Paris';
/** Two hours before the clocks go forward, so that windows over the change are tried too. */
const START = parseInstant('2026-03-29T00:00:00+01:00')!;
const SPAN_MINUTES = 3 * 24 * 60;

const scope = fc.constantFrom({ kind: 'everyone' as const }, { kind: 'channel' as const, channel: 'sms' });
const window = fc.oneof(
  fc.record({ kind: fc.constant('rolling' as const), seconds: fc.integer({ min: 1, max: 30 * 60 }).map((minutes) => minutes * 60) }),
  fc.record({ kind: fc.constant('calendar' as const), unit: fc.constantFrom('hour' as const, 'day' as const, 'week' as const) }),
);
const rule = fc.oneof(
  fc.record({ scope, window, maximumCount: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ scope, window, maximumWeight: fc.integer({ min: 0, max: 8 }) }),
  fc.record({ scope, minimumIntervalSeconds: fc.integer({ min: 1, max: 20 * 60 }).map((minutes) => minutes * 60) }),
);
const policy = fc.array(rule, { minLength: 1, maxLength: 4 }).map((rules) => policyOf(...rules));
const instant = fc.integer({ min: 0, max: SPAN_MINUTES }).map((minutes) => START + minutes * MINUTE_MS);
const shape = fc.record({ at: instant, priority: fc.constantFrom(20, 50, 80), rank: fc.integer({ min: 1, max: 2 }), weight: fc.integer({ min: 0, max: 3 }), channel: fc.constantFrom('email', 'sms') });
const entries = (maxLength: number, minLength = 0) => fc.array(shape, { minLength, maxLength }).map((list) => list.map(({ at, ...rest }, index) => exampleEntry(`m${index}`, at, { ...rest, state: 'reserved' })));

const passes = (rules: PressurePolicy, ledger: LedgerEntry[], message: LedgerEntry, at: number): boolean =>
  decidePressure({ policy: rules, ledger, candidate: exampleCandidate(message), at, zone: ZONE }).kind === 'pass';

/** Written apart from the code under test: every window that ends at, or holds, an entry, added up by hand. */
function isExceeded({ rules }: PressurePolicy, ledger: LedgerEntry[]): boolean {
  return rules.some(({ scope: of, window: span, maximumCount, maximumWeight, minimumIntervalSeconds }) => {
    const all = ledger.filter((entry) => of.kind !== 'channel' || entry.channel === of.channel);
    const close = minimumIntervalSeconds !== undefined && all.some((a) => all.some((b) => a !== b && Math.abs(a.at - b.at) < minimumIntervalSeconds * 1_000));
    return close || (span !== undefined && all.some(({ at }) => {
      const inside = all.filter((entry) => {
        if (span.kind === 'rolling') return entry.at <= at && entry.at > at - span.seconds * 1_000;
        const { from, to } = calendarWindow(span.unit, at, ZONE);
        return from <= entry.at && entry.at < to;
      });
      const weight = inside.reduce((sum, entry) => sum + entry.weight, 0);
      return inside.length > (maximumCount ?? Infinity) || weight > (maximumWeight ?? Infinity);
    }));
  });
}

describe('the cap', () => {
  it('is never exceeded by what leaves, whatever is reserved, moved, released and handed over in whatever order (§5.5, §5.16)', { timeout: 30_000 }, () => {
    const step = fc.record({ pick: fc.nat({ max: 119 }), does: fc.constantFrom(...(['reserve', 'reserve', 'handOver', 'handOver', 'release'] as const)), at: instant, unknown: fc.boolean() });
    fc.assert(fc.property(policy, entries(15, 8), fc.array(step, { minLength: 60, maxLength: 90 }), (rules, messages, steps) => {
      let ledger: LedgerEntry[] = [];
      for (const { pick, does, at, unknown } of steps) {
        const message = messages[pick % messages.length];
        const present = message && ledger.find(({ messageKey }) => messageKey === message.messageKey);
        if (!message || (present && present.state !== 'reserved')) continue;
        const others = ledger.filter((entry) => entry !== present);
        if (does === 'reserve') ledger = passes(rules, ledger, message, at) ? [...others, { ...message, at }] : others;
        else if (does === 'release') ledger = others;
        else if (present) ledger = passes(rules, ledger, message, at) ? [...others, { ...present, at, state: unknown ? 'unknown' : 'handedOver' }] : others;
        expect(isExceeded(rules, ledger.filter(({ state }) => state !== 'reserved'))).toBe(false);
      }
    }), { numRuns: 200 });
  });

  it('is not even exceeded by reservations when messages ask in the order of arbitration (§5.6, §5.7)', () => {
    fc.assert(fc.property(policy, entries(25), (rules, messages) => {
      const ledger: LedgerEntry[] = [];
      for (const message of [...messages].sort(compareArbitration)) if (passes(rules, ledger, message, message.at)) ledger.push(message);
      expect(isExceeded(rules, ledger)).toBe(false);
    }));
  });

  it('lets exactly the first of the order leave when all have reserved, in whatever order they ask (§5.7, §5.16)', { timeout: 30_000 }, () => {
    const three = policyOf({ window: { kind: 'calendar', unit: 'week' }, maximumCount: 3 });
    const shuffled = fc.shuffledSubarray(Array.from({ length: 200 }, (_, index) => index), { minLength: 200 });
    fc.assert(fc.property(shuffled, shuffled, (asking, leaving) => {
      const messages = asking.map((index) => exampleEntry(`m${String(index).padStart(3, '0')}`, START, { state: 'reserved' }));
      let ledger: LedgerEntry[] = [];
      for (const message of messages) if (passes(three, ledger, message, START)) ledger.push(message);
      for (const index of leaving) {
        const message = ledger.find(({ entryKey }) => entryKey === `m${String(index).padStart(3, '0')}`);
        if (!message) continue;
        const others = ledger.filter((entry) => entry !== message);
        ledger = passes(three, ledger, message, START) ? [...others, { ...message, state: 'handedOver' }] : others;
      }
      expect(ledger.map(({ entryKey }) => entryKey).sort()).toEqual(['m000', 'm001', 'm002']);
    }), { numRuns: 10 });
  });
});

describe('the order of arbitration', () => {
  it('is total, antisymmetric and transitive, and only a message equals itself (§5.7)', () => {
    const key = fc.record({
      priority: fc.integer({ min: 0, max: 2 }), rank: fc.integer({ min: 0, max: 2 }), dueAt: fc.integer({ min: 0, max: 2 }), journeyId: fc.constantFrom('a', 'b'),
      entryKey: fc.constantFrom('é', 'e', 'f'), nodeId: fc.constantFrom('a', 'b'), visit: fc.integer({ min: 1, max: 2 }), messageKey: fc.constantFrom('x', 'y'),
    });
    fc.assert(fc.property(key, key, key, (a, b, c) => {
      const order = Math.sign(compareArbitration(a, b));
      expect(order + Math.sign(compareArbitration(b, a))).toBe(0);
      expect(order === 0).toBe(JSON.stringify(a) === JSON.stringify(b));
      if (order <= 0 && compareArbitration(b, c) <= 0) expect(compareArbitration(a, c)).toBeLessThanOrEqual(0);
    }), { numRuns: 1_000 });
  });

  it('goes by priority, rank, due time, journey, entry key, node, visit (§5.7)', () => {
    const base = exampleEntry('m', START);
    const after: Partial<LedgerEntry>[] = [{ priority: 49 }, { rank: 3 }, { dueAt: START + 1 }, { journeyId: 'k' }, { entryKey: 'n' }, { nodeId: 'n' }, { visit: 2 }];
    after.forEach((change, index) => {
      const worseFurtherDown = after.slice(index + 1).reduce<LedgerEntry>((entry, later) => ({ ...entry, ...later }), base);
      expect(compareArbitration(worseFurtherDown, { ...base, ...change })).toBeLessThan(0);
    });
  });
});

describe('the next free instant', () => {
  it('passes, and no minute before it does (§5.8)', { timeout: 30_000 }, () => {
    fc.assert(fc.property(policy, entries(12), shape, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (rules, reserved, { at, ...rest }, left) => {
      const ledger = reserved.map((entry, index) => (left[index] ? { ...entry, state: 'handedOver' as const } : entry));
      const message = exampleEntry('candidate', at, rest);
      const free = nextFree({ policy: rules, ledger, candidate: exampleCandidate(message), at, zone: ZONE });
      if (free !== null) expect(passes(rules, ledger, message, free)).toBe(true);
      const last = Math.min(free ?? Infinity, at + 72 * HOUR_MS);
      const earlier = [];
      for (let minute = at; minute < last; minute += MINUTE_MS) if (passes(rules, ledger, message, minute)) earlier.push(minute);
      expect(earlier).toEqual([]);
    }), { numRuns: 40 });
  });
});

describe('a transactional message', () => {
  it('is never refused and never counts, by default (§5.9)', () => {
    const category: MessageCategory = { key: 'order', names: { en: 'Order' }, weight: 5, priority: 100, rank: 1, transactional: true, purpose: 'service' };
    const { ignoresCap, counts } = capSwitches(category);
    fc.assert(fc.property(policy, entries(12), shape, (rules, ledger, { at, ...rest }) => {
      const order = exampleEntry('order', at, { ...rest, counts });
      expect(decidePressure({ policy: rules, ledger, candidate: { ...order, ignoresCap }, at, zone: ZONE }).kind).toBe('pass');
      const other = exampleEntry('other', at, rest);
      expect(decidePressure({ policy: rules, ledger: [...ledger, order], candidate: exampleCandidate(other), at, zone: ZONE }))
        .toEqual(decidePressure({ policy: rules, ledger, candidate: exampleCandidate(other), at, zone: ZONE }));
    }));
  });
});
