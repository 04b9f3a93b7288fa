import { describe, expect, it } from 'vitest';
import { decidePressure } from '#domain/pressure/decide-pressure.ts';
import { exampleCandidate, exampleEntry, policyOf } from '#domain/pressure/example-entry.ts';
import { explainRefusal } from '#domain/pressure/explain-refusal.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { DAY_MS, HOUR_MS, parseInstant } from '#domain/shared/time.ts';

const PARIS = 'Europe/Paris';
const instant = (text: string): number => parseInstant(text)!;
const MONDAY = instant('2026-03-02T09:00:00+01:00');
const week3 = policyOf({ window: { kind: 'calendar', unit: 'week' }, maximumCount: 3 });

const decide = (policy: PressurePolicy, ledger: LedgerEntry[], message: LedgerEntry, at = message.at, zone = PARIS) =>
  decidePressure({ policy, ledger, candidate: exampleCandidate(message), at, zone });

describe('a refusal', () => {
  const ledger = ['a', 'b', 'c'].map((key, day) => exampleEntry(key, MONDAY + day * DAY_MS));
  const decision = decide(week3, ledger, exampleEntry('d', MONDAY + 3 * DAY_MS));

  it('refuses the fourth message of the week and says what filled it and what frees it (§5.11)', () => {
    const nextMonday = instant('2026-03-09T00:00:00+01:00');
    expect(decision).toMatchObject({ kind: 'capped', freeAt: nextMonday });
    if (decision.kind !== 'capped') return;
    expect(decision.refusals).toHaveLength(1);
    expect(explainRefusal(decision.refusals[0]!)).toEqual({
      code: 'pressure.count',
      figures: {
        rule: 'rule-0', counted: 3, own: 1, maximum: 3, unit: 'week', seconds: null,
        from: instant('2026-03-02T00:00:00+01:00'), to: nextMonday, freedBy: nextMonday,
        filledBy: ['A', 'B', 'C'].map((label, day) => ({ label, at: MONDAY + day * DAY_MS, channel: 'email', state: 'handedOver' })),
      },
    });
  });

  it('names every rule that refuses, and leaves only when all of them let it (§5.3, §5.11)', () => {
    const policy = policyOf({ window: { kind: 'calendar', unit: 'week' }, maximumCount: 3 }, { minimumIntervalSeconds: 6 * 86_400 });
    const both = decide(policy, ledger, exampleEntry('d', MONDAY + 3 * DAY_MS));
    expect(both).toMatchObject({
      refusals: [{ limit: 'count', freedBy: instant('2026-03-09T00:00:00+01:00') }, { limit: 'interval', freedBy: MONDAY + 8 * DAY_MS }],
      freeAt: MONDAY + 8 * DAY_MS,
    });
  });

  it('says that a message heavier than the maximum never fits (§5.11)', () => {
    const heavy = decide(policyOf({ window: { kind: 'rolling', seconds: 3_600 }, maximumWeight: 2 }), [], exampleEntry('d', MONDAY, { weight: 3 }));
    expect(heavy).toMatchObject({ kind: 'capped', freeAt: null, refusals: [{ counted: 0, own: 3, maximum: 2, freedBy: null, filledBy: [] }] });
    if (heavy.kind === 'capped') expect(explainRefusal(heavy.refusals[0]!).code).toBe('pressure.neverFits');
  });
});

describe('what is counted', () => {
  const one = policyOf({ window: { kind: 'calendar', unit: 'day' }, maximumCount: 1 });

  it('counts an unknown send and never the message itself (§5.12, §5.16)', () => {
    expect(decide(one, [exampleEntry('a', MONDAY, { state: 'unknown', priority: 1 })], exampleEntry('b', MONDAY)).kind).toBe('capped');
    expect(decide(one, [exampleEntry('b', MONDAY, { state: 'reserved' })], exampleEntry('b', MONDAY)).kind).toBe('pass');
  });

  it('counts a reservation that stands before the message and not one that stands after it (§5.7, §5.16)', () => {
    const reserved = (priority: number) => [exampleEntry('a', MONDAY, { state: 'reserved', priority })];
    expect(decide(one, reserved(60), exampleEntry('b', MONDAY)).kind).toBe('capped');
    expect(decide(one, reserved(40), exampleEntry('b', MONDAY)).kind).toBe('pass');
    expect(decide(one, reserved(50), exampleEntry('b', MONDAY)).kind).toBe('capped');
  });

  it('counts a lesser message once it was handed over, whatever its place in the order (§5.16)', () => {
    expect(decide(one, [exampleEntry('a', MONDAY, { priority: 1 })], exampleEntry('b', MONDAY, { priority: 99 })).kind).toBe('capped');
  });

  it('lets a message that ignores the cap pass, and counts it for others when it counts (§5.9)', () => {
    const alert = exampleEntry('alert', MONDAY);
    const ledger = [exampleEntry('a', MONDAY)];
    expect(decidePressure({ policy: one, ledger, candidate: { ...exampleCandidate(alert), ignoresCap: true }, at: MONDAY, zone: PARIS })).toEqual({ kind: 'pass', counted: [] });
    expect(decide(one, [alert], exampleEntry('b', MONDAY)).kind).toBe('capped');
    expect(decide(one, [{ ...alert, counts: false }], exampleEntry('b', MONDAY)).kind).toBe('pass');
  });

  it('counts each scope by itself, calls and letters included (§5.1, §5.3)', () => {
    const day = { window: { kind: 'calendar', unit: 'day' }, maximumCount: 1 } as const;
    const policy = policyOf({ ...day, scope: { kind: 'channel', channel: 'sms' } }, { ...day, scope: { kind: 'category', category: 'information' } }, { ...day, scope: { kind: 'sender', sender: 'adviser' } });
    const ledger = [exampleEntry('a', MONDAY, { channel: 'call', category: 'promotion', sender: 'adviser' })];
    expect(decide(policy, ledger, exampleEntry('b', MONDAY))).toEqual({ kind: 'pass', counted: [{ rule: 'rule-1', limit: 'count', counted: 0, own: 1, maximum: 1 }] });
    expect(decide(policy, ledger, exampleEntry('b', MONDAY, { category: 'promotion', sender: 'adviser' }))).toMatchObject({ kind: 'capped', refusals: [{ rule: 'rule-2' }] });
  });

  it('adds weights and not messages under a maximum weight (§5.2, §5.6)', () => {
    const policy = policyOf({ window: { kind: 'rolling', seconds: 86_400 }, maximumWeight: 4 });
    const ledger = [exampleEntry('a', MONDAY, { weight: 2 }), exampleEntry('b', MONDAY)];
    expect(decide(policy, ledger, exampleEntry('c', MONDAY, { weight: 1 }))).toMatchObject({ kind: 'pass', counted: [{ counted: 3, own: 1, maximum: 4 }] });
    expect(decide(policy, ledger, exampleEntry('c', MONDAY, { weight: 2 })).kind).toBe('capped');
  });
});

describe('windows', () => {
  it('lets a message leave exactly one rolling length after the last one, and not a millisecond before (§5.3)', () => {
    const policy = policyOf({ window: { kind: 'rolling', seconds: 3_600 }, maximumCount: 1 });
    const ledger = [exampleEntry('a', MONDAY)];
    expect(decide(policy, ledger, exampleEntry('b', MONDAY + HOUR_MS)).kind).toBe('pass');
    expect(decide(policy, ledger, exampleEntry('b', MONDAY + HOUR_MS - 1))).toMatchObject({ kind: 'capped', freeAt: MONDAY + HOUR_MS });
  });

  it('keeps the cap of a rolling window that ends at a later reservation (§5.5, §5.12)', () => {
    const policy = policyOf({ window: { kind: 'rolling', seconds: 7 * 86_400 }, maximumCount: 2 });
    const ledger = [1, 3].map((day) => exampleEntry(`r${day}`, MONDAY + day * DAY_MS, { state: 'reserved', priority: 90 }));
    const early = decide(policy, ledger, exampleEntry('b', MONDAY));
    expect(early).toMatchObject({ kind: 'capped', refusals: [{ to: MONDAY + 3 * DAY_MS, counted: 2, filledBy: [{ label: 'R1' }, { label: 'R3' }] }], freeAt: MONDAY + 8 * DAY_MS });
  });

  it('does not add what no single rolling window holds (§5.3)', () => {
    const policy = policyOf({ window: { kind: 'rolling', seconds: 7 * 86_400 }, maximumCount: 2 });
    const ledger = [exampleEntry('a', MONDAY - 6 * DAY_MS), exampleEntry('z', MONDAY + 6 * DAY_MS, { state: 'reserved', priority: 90 })];
    expect(decide(policy, ledger, exampleEntry('b', MONDAY))).toMatchObject({ kind: 'pass', counted: [{ counted: 1 }] });
  });

  it('keeps a minimum interval before and after the message (§5.3)', () => {
    const policy = policyOf({ minimumIntervalSeconds: 7_200 });
    const ledger = [exampleEntry('r', MONDAY, { state: 'reserved', priority: 90 })];
    for (const [hours, kind] of [[-2, 'pass'], [-1, 'capped'], [0, 'capped'], [1, 'capped'], [2, 'pass']] as const) {
      expect(decide(policy, ledger, exampleEntry('b', MONDAY + hours * HOUR_MS)).kind).toBe(kind);
    }
  });

  it('gives the first instant of a week to that week alone (§5.3)', () => {
    const policy = policyOf({ window: { kind: 'calendar', unit: 'week' }, maximumCount: 1 });
    const midnight = instant('2026-03-09T00:00:00+01:00');
    const ledger = [exampleEntry('r', midnight, { state: 'reserved', priority: 90 })];
    expect(decide(policy, ledger, exampleEntry('b', midnight - 1)).kind).toBe('pass');
    expect(decide(policy, ledger, exampleEntry('b', midnight)).kind).toBe('capped');
  });

  it('counts calendar days in the customer\'s own zone (§5.3)', () => {
    const policy = policyOf({ window: { kind: 'calendar', unit: 'day' }, maximumCount: 1 });
    const ledger = [exampleEntry('a', instant('2026-03-02T22:30:00Z'))];
    const next = exampleEntry('b', instant('2026-03-02T23:30:00Z'));
    expect(decide(policy, ledger, next, next.at, PARIS).kind).toBe('pass');
    expect(decide(policy, ledger, next, next.at, 'UTC').kind).toBe('capped');
  });
});
