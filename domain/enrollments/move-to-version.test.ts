import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { DAY_MS, HOUR_MS } from '#domain/shared/time.ts';
import type { Command } from './carry-out.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';
import { FINISH, type MovePolicy } from './move-policy.ts';
import { EnrollmentState, type Enrollment } from './state.ts';
import { findWayOut, moveToVersion, needsChoice } from './move-to-version.ts';

const sight = (zone: string) => ({ zone, profile: CustomerProfile.parse({}), event: null });
const MOVE: MovePolicy = { mode: 'move', perNode: {}, gone: {} };
const wait = (id: string, amount: number, next: string | null, unit = 'calendarDays') => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount, unit } }, next: { next } });
const points = (id: string, next: string | null) => ({ id, kind: 'givePoints', settings: { programmeKey: 'points', points: 1 }, next: { next } });
const awaits = (id: string, days: number, event: string | null, timeout: string | null) =>
  ({ id, kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: { amount: days, unit: 'calendarDays' } }, next: { event, timeout } });
const branch = (id: string, yes: string | null, no: string | null) => ({ id, kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes, no } });
const planOf = (nodes: unknown[], number: number, next = 'a'): Plan =>
  compileJourney(journey({ nodes, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next } }), { journeyId: 'test', versionId: `test-v${number}`, versionNumber: number, status: 'live', takesEntries: number === 2 });

/** Someone who has waited for three days at `a`, which would end at `wakeAt`. */
const decide = (before: unknown[], after: unknown[], policy = MOVE, wakeAt: number | null = NOON + 10 * DAY_MS) =>
  moveToVersion({ waiting: { nodeId: 'a', visit: 1, since: NOON, wakeAt }, from: planOf(before, 1), to: planOf(after, 2), policy, sight: sight('Europe/Paris'), now: NOON + 3 * DAY_MS });

const TEN = [wait('a', 10, 'z'), points('z', null)];
const THEN_Z = points('z', null);
const NOW = NOON + 3 * DAY_MS;

describe('moving to another version', () => {
  const kept = { nodeId: 'a', visit: 1, since: NOON };
  const CASES: [string, unknown[], unknown[], MovePolicy, object][] = [
    ['keeps an unchanged wait', TEN, TEN, MOVE, { class: 'stays', waiting: { ...kept, wakeAt: NOON + 10 * DAY_MS } }],
    ['counts the time already waited in a longer wait (§8.3)', TEN, [wait('a', 30, 'z'), THEN_Z], MOVE, { class: 'waitsLonger', waiting: { ...kept, wakeAt: NOON + 30 * DAY_MS } }],
    ['ends a shorter wait when it would have ended (§8.3)', TEN, [wait('a', 5, 'z'), THEN_Z], MOVE, { class: 'waitsShorter', waiting: { ...kept, wakeAt: NOON + 5 * DAY_MS } }],
    ['lets those go now who are past a shorter wait (§8.3)', TEN, [wait('a', 2, 'z'), THEN_Z], MOVE, { class: 'leavesNow', waiting: { ...kept, wakeAt: NOW } }],
    ['keeps the beginning of an event wait that takes the place of a wait', TEN, [awaits('a', 20, 'z', 'z'), THEN_Z], MOVE, { class: 'waitsLonger', waiting: { ...kept, wakeAt: NOON + 20 * DAY_MS } }],
    ['lets people of a deleted wait go on along its way out to the first step that still exists (§8.3)', [wait('a', 10, 'b'), points('b', 'z'), THEN_Z], [points('c', 'z'), THEN_Z], MOVE, { class: 'leavesNow', waiting: { nodeId: 'z', wakeAt: NOW, arrives: true } }],
    ['completes people of a deleted wait after which nothing came', [wait('a', 10, null)], [THEN_Z], MOVE, { kind: 'end', class: 'leavesNow', ending: 'completed' }],
    ['enters a step now that no longer waits', TEN, [points('a', 'z'), THEN_Z], MOVE, { class: 'leavesNow', waiting: { nodeId: 'a', wakeAt: NOW, arrives: true } }],
    ['takes people to the step that the author chose (§8.2)', [awaits('a', 10, null, 'z'), THEN_Z], [wait('c', 1, 'z'), THEN_Z], { ...MOVE, gone: { a: { to: 'c' } } }, { class: 'gone', waiting: { nodeId: 'c', arrives: true } }],
    ['lets people leave where the author chose so (§8.2)', [awaits('a', 10, null, 'z'), THEN_Z], [THEN_Z], { ...MOVE, gone: { a: { leave: true } } }, { kind: 'end', class: 'gone', ending: 'removed' }],
    ['moves nobody whose step is gone without a choice', [awaits('a', 10, null, 'z'), THEN_Z], [THEN_Z], MOVE, { kind: 'finish', choose: true }],
    ['moves nobody to a step that is not there', [awaits('a', 10, null, 'z'), THEN_Z], [THEN_Z], { ...MOVE, gone: { a: { to: 'x' } } }, { kind: 'finish', choose: true }],
    ['lets everyone finish by the mode (§8.1)', TEN, [THEN_Z], FINISH, { kind: 'finish', choose: false }],
    ['lets the people of one step finish (§8.1)', TEN, [wait('a', 2, 'z'), THEN_Z], { ...MOVE, perNode: { a: 'finish' } }, { kind: 'finish', choose: false }],
    ['moves the people of one step alone (§8.1)', TEN, TEN, { ...FINISH, perNode: { a: 'move' } }, { class: 'stays' }],
  ];
  it.each(CASES)('%s', (_name, before, after, policy, expected) => expect(decide(before, after, policy)).toMatchObject(expected));

  it('asks whoever is held by pressure again when the message changed, and leaves them alone when it did not', () => {
    const mail = (template: string) => [{ id: 'a', kind: 'sendEmail', settings: { templateKey: template, category: 'promotion', whenCapped: { kind: 'hold', expiresAfterSeconds: 864_000 } }, next: {} }];
    const held = { nodeId: 'a', visit: 1, since: NOON, wakeAt: NOON + 9 * DAY_MS, heldMessageKey: 'k', expiresAt: NOON + 10 * DAY_MS };
    const ask = (template: string) => moveToVersion({ waiting: held, from: planOf(mail('one'), 1), to: planOf(mail(template), 2), policy: MOVE, sight: sight('Europe/Paris'), now: NOW });
    expect(ask('one')).toMatchObject({ class: 'stays', waiting: held });
    expect(ask('two')).toMatchObject({ class: 'stays', waiting: { ...held, wakeAt: NOW } });
  });

  it('keeps one more day for whom a loop had brought back at the very time of day', () => {
    const nine = (days?: number[]) => [{ id: 'a', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '12:00', ...(days ? { weekdays: days } : {}) }, next: { next: 'a' } }];
    const waiting = { nodeId: 'a', visit: 2, since: NOON, wakeAt: NOON + DAY_MS };
    const outcome = moveToVersion({ waiting, from: planOf(nine(), 1), to: planOf(nine([1, 2, 3, 4, 5, 6, 7]), 2), policy: MOVE, sight: sight('Europe/Paris'), now: NOON + HOUR_MS });
    expect(outcome).toMatchObject({ class: 'stays', waiting });
  });

  it('asks the author where the way forks, and proposes the way of nothing having happened', () => {
    const from = planOf([wait('a', 1, 'b'), branch('b', 'y', 'n'), awaits('e', 1, 'y', 'n'), points('y', null), points('n', null), wait('l', 1, 'm'), points('m', 'l')], 1);
    const to = planOf([points('y', null), points('n', null)], 2);
    expect(['a', 'e', 'l'].map((id) => needsChoice(id, from, to))).toEqual([true, true, true]);
    expect(['a', 'e', 'l'].map((id) => findWayOut(id, from, to, 'first'))).toEqual([{ to: 'y' }, { to: 'n' }, null]);
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];
const structuredCloneOf = (enrollment: Enrollment): Enrollment => ({ ...enrollment, state: EnrollmentState.parse(JSON.parse(JSON.stringify(enrollment.state))) });
const target = fc.constantFrom<string | null>(...IDS, null);
/** A drawing whose every step waits or hands on: a cycle always holds a wait, since ways without one only lead forward. */
const drawing: fc.Arbitrary<Journey> = fc.subarray(IDS, { minLength: 1 }).chain((ids) =>
  fc.tuple(...ids.map((id, index) => {
    const later = fc.constantFrom<string | null>(...ids.slice(index + 1), null);
    const inside = target.map((to) => (to !== null && ids.includes(to) ? to : null));
    return fc.oneof(
      fc.tuple(fc.integer({ min: 1, max: 20 }), inside).map(([days, next]) => wait(id, days, next)),
      fc.tuple(fc.integer({ min: 1, max: 20 }), inside, inside).map(([days, event, timeout]) => awaits(id, days, event, timeout)),
      later.map((next) => points(id, next)),
      fc.tuple(later, later).map(([yes, no]) => branch(id, yes, no)),
    );
  })).map((nodes) => journey({ nodes, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: ids[0] } })));
const policies: fc.Arbitrary<MovePolicy> = fc.record({
  mode: fc.constantFrom('finish' as const, 'move' as const),
  perNode: fc.dictionary(fc.constantFrom(...IDS), fc.constantFrom('finish' as const, 'move' as const)),
  gone: fc.dictionary(fc.constantFrom(...IDS), fc.oneof(fc.constantFrom(...IDS).map((to) => ({ to })), fc.constant({ leave: true as const }))),
});
const person = fc.record({ reviewAfterDays: fc.option(fc.integer({ min: 0, max: 15 })), movedAfterHours: fc.integer({ min: 1, max: 600 }) });

describe('random edits over thousands of synthetic people', () => {
  it('lose nobody, double nobody, never wake anybody in the past, and undo restores who has not gone on (§8.2, §8.3)', () => {
    const seen = { people: 0, undone: 0, moved: 0, wentOn: 0 };
    fc.assert(fc.property(drawing, drawing, policies, fc.array(person, { minLength: 10, maxLength: 25 }), (before, after, policy, people) => {
      for (const { reviewAfterDays, movedAfterHours } of people) {
        const kernel = new Kernel().publish(before);
        kernel.post('purchase');
        if (reviewAfterDays !== null && reviewAfterDays * 24 < movedAfterHours) kernel.at(NOON + reviewAfterDays * DAY_MS).post('review');
        kernel.at(NOON + movedAfterHours * HOUR_MS).advance();
        const was = structuredCloneOf(kernel.enrollments[0]!);
        kernel.publish(after, 'live', 'test', 2);
        seen.people += 1;
        const command: Command = { kind: 'move', enrollmentId: was.id, toVersionId: 'test-v2', policy };
        const [moved] = kernel.advance([], [command]).moved;
        const is = kernel.enrollments[0]!;
        expect(kernel.enrollments).toHaveLength(1);
        if (was.state.ending) {
          expect([moved, is]).toEqual([undefined, was]);
          continue;
        }
        const stays = moved!.class === 'finishes';
        expect(is.versionId).toBe(stays ? 'test-v1' : 'test-v2');
        if (stays) expect(is).toEqual(was);
        else seen.moved += 1;
        // Total: whoever is inside stands at a step of their version and wakes later, or has left with a reason.
        if (is.state.ending) expect(['completed', 'removed', 'failed']).toContain(is.state.ending.kind);
        else {
          expect(kernel.plans.get(is.versionId)!.nodes.has(is.state.waiting!.nodeId)).toBe(true);
          expect(is.state.waiting!.wakeAt).toBeGreaterThan(kernel.now);
        }
        expect(moved!.before).toEqual({ versionId: was.versionId, state: was.state });
        if (moved!.wentOn) seen.wentOn += 1;
        if (stays || moved!.wentOn) continue;
        const undone = kernel.advance([], [{ kind: 'restore', enrollmentId: is.id, ...moved!.before, burst: is.burst }]);
        expect(undone.moved).toMatchObject([{ class: 'restored', wentOn: false }]);
        expect({ ...kernel.enrollments[0]!, burst: 0 }).toEqual({ ...was, burst: 0 });
        expect(kernel.advance([], [{ kind: 'restore', enrollmentId: is.id, ...moved!.before, burst: is.burst }]).moved).toEqual([]);
        seen.undone += 1;
      }
    }), { numRuns: 250 });
    expect(seen.people).toBeGreaterThan(2_500);
    expect(Math.min(seen.undone, seen.moved, seen.wentOn)).toBeGreaterThan(40);
  });
});

describe('an undo', () => {
  it('puts back whom the move only brought to another wait (§8.2)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [awaits('a', 10, 'z', 'z'), points('z', null)] }));
    kernel.post('purchase');
    const was = structuredCloneOf(kernel.enrollments[0]!);
    kernel.at(NOW).publish(journey({ nodes: [wait('c', 5, 'z'), points('z', null)], entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'c' } }), 'live', 'test', 2);
    const [moved] = kernel.advance([], [{ kind: 'move', enrollmentId: was.id, toVersionId: 'test-v2', policy: { ...MOVE, gone: { a: { to: 'c' } } } }]).moved;
    expect([moved!.wentOn, kernel.enrollments[0]!.state.waiting?.nodeId]).toEqual([false, 'c']);
    kernel.advance([], [{ kind: 'restore', enrollmentId: was.id, ...moved!.before, burst: kernel.enrollments[0]!.burst }]);
    expect({ ...kernel.enrollments[0]!, burst: 0 }).toEqual({ ...was, burst: 0 });
  });
});

describe('a paused journey', () => {
  it('moves people where they stand and lets them go on when it runs again (§8.3, §8.4)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [wait('a', 10, 'z'), points('z', null)] }));
    kernel.post('purchase');
    const shorter = journey({ nodes: [wait('a', 2, 'z'), points('z', null)] });
    kernel.at(NOW).publish(shorter, 'paused', 'test', 2);
    expect(kernel.advance([], [{ kind: 'move', enrollmentId: 'enrollment-1', toVersionId: 'test-v2', policy: MOVE }]).moved).toMatchObject([{ class: 'leavesNow', wentOn: false }]);
    expect(kernel.facts.balances['points']).toBeUndefined();
    kernel.at(NOW + HOUR_MS).publish(shorter, 'live', 'test', 2).advance();
    expect(kernel.facts.balances['points']).toBe(1);
  });
});

describe('retry from here', () => {
  it('puts a failed enrollment back at the failed step and runs it; the original end stays in the trace (§4.5)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [{ id: 'a', kind: 'grantOffer', settings: { offerKey: 'toy' }, next: { next: 'z' } }, wait('z', 1, null)] }));
    kernel.post('purchase');
    expect(kernel.endings()).toEqual(['failed offer.unknown at a']);
    kernel.rules = { ...kernel.rules, offers: { toy: { key: 'toy', name: { en: 'A toy' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } } as never } };
    const failed = structuredCloneOf(kernel.enrollments[0]!);
    const result = kernel.at(NOON + HOUR_MS).advance([], [{ kind: 'retry', enrollment: failed }]);
    expect(result.traces.map(({ kind }) => kind)).toEqual(['retried', 'passed', 'waiting']);
    expect(kernel.results[0]!.traces.map(({ kind }) => kind)).toContain('ended');
    expect(kernel.enrollments[0]!.state).toMatchObject({ ending: null, visits: { a: 2 }, waiting: { nodeId: 'z' } });
  });

  it('takes the error branch instead of ending when the step has one (§4.5)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [{ id: 'a', kind: 'grantOffer', settings: { offerKey: 'toy' }, next: { next: null, error: 'e' } }, points('e', null)] }));
    kernel.post('purchase');
    expect(kernel.endings()).toEqual(['completed at e']);
  });
});
