/** §8.1–8.3 over drawn journeys: random edits of what runs, over thousands of people who wait in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import { DAY_MS, type Instant } from '#domain/shared/time.ts';
import type { Moved } from './burst.ts';
import type { Command } from './carry-out.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';
import type { MovePolicy } from './move-policy.ts';
import { EnrollmentState, type Enrollment } from './state.ts';

const STEPS = 6;
const PEOPLE_PER_EDIT = 40;
const RUNS = 80;

type Step = { kind: 'wait' | 'event' | 'points' | 'branch'; days: number; gone: boolean };
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('wait' as const, 'wait' as const, 'event' as const, 'points' as const, 'branch' as const), days: fc.integer({ min: 1, max: 9 }), gone: fc.integer({ min: 0, max: 3 }).map((n) => n === 0) });
const version = fc.array(step, { minLength: STEPS, maxLength: STEPS });

/** Steps n0 … n5 in a row; a version leaves some out. The first always waits, so that nobody is through at once. */
function nodesOf(steps: readonly Step[]): Record<string, unknown>[] {
  const there = steps.map((each, index) => ({ ...each, id: `n${index}` })).filter(({ gone }, index) => index === 0 || !gone);
  return there.map(({ id, kind, days }, place) => {
    const next = there[place + 1]?.id ?? null;
    const duration = { amount: days, unit: 'calendarDays' };
    if (kind === 'event') return { id, kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: duration }, next: { event: next, timeout: next } };
    if (kind === 'branch') return { id, kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: null, no: next } };
    if (kind === 'points' && place > 0) return { id, kind: 'givePoints', settings: { programmeKey: 'points', points: 1 }, next: { next } };
    return { id, kind: 'wait', settings: { mode: 'duration', duration }, next: { next } };
  });
}

const planOf = (steps: readonly Step[], number: number, isLatest: boolean): Plan =>
  compileJourney(journey({ nodes: nodesOf(steps), entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'n0' } }), {
    journeyId: 'test', versionId: `v${number}`, versionNumber: number, status: 'live', takesEntries: isLatest,
  });

const policy: fc.Arbitrary<MovePolicy> = fc.record({
  mode: fc.constantFrom('move' as const, 'move' as const, 'finish' as const), perNode: fc.constantFrom<MovePolicy['perNode'][]>({}, { n0: 'finish' }, { n2: 'move' }),
  gone: fc.constantFrom<MovePolicy['gone'][]>({}, { n1: { to: 'n0' }, n2: { leave: true }, n3: { to: 'n0' } }, { n1: { leave: true }, n4: { to: 'n0' } }),
});

/** One person in a kernel of their own, whose plans are the versions published so far. */
class Insider {
  readonly kernel = new Kernel();

  constructor(plans: Map<string, Plan>, enteredAt: Instant) {
    this.kernel.plans = plans;
    this.kernel.at(enteredAt).post('purchase');
  }

  get mine(): Enrollment[] {
    return this.kernel.enrollments;
  }

  advance(now: Instant, ...commands: Command[]): Moved[] {
    return this.kernel.at(now).advance([], commands).moved;
  }

  /** States as they would be read back. */
  snapshot(): { versionId: string; state: EnrollmentState }[] {
    return this.mine.map(({ versionId, state }) => ({ versionId, state: EnrollmentState.parse(JSON.parse(JSON.stringify(state))) }));
  }
}

const isWhole = ({ state }: Enrollment, plan: Plan | undefined): boolean =>
  (state.ending === null) !== (state.waiting === null) && (state.waiting === null || plan?.nodes.has(state.waiting.nodeId) === true);

describe('live changes over people inside', () => {
  it(`§8.2 loses nobody and doubles nobody over ${RUNS} drawn edits of ${PEOPLE_PER_EDIT} people each, and everyone comes to an end`, () => {
    fc.assert(fc.property(fc.array(version, { minLength: 2, maxLength: 4 }), fc.array(policy, { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: 12 }), (versions, policies, spread) => {
      const plans = new Map<string, Plan>([['v1', planOf(versions[0]!, 1, true)]]);
      const people = Array.from({ length: PEOPLE_PER_EDIT }, (_, index) => new Insider(plans, NOON + (index % (spread + 1)) * DAY_MS));
      let now = NOON + spread * DAY_MS;
      versions.slice(1).forEach((steps, index) => {
        now += DAY_MS * 2;
        const number = index + 2;
        for (const plan of plans.values()) plan.takesEntries = false;
        plans.set(`v${number}`, planOf(steps, number, true));
        for (const person of people) {
          const [before] = person.mine;
          person.advance(now);
          person.advance(now, { kind: 'move', enrollmentId: before!.id, toVersionId: `v${number}`, policy: policies[index]! });
          expect(person.mine).toHaveLength(1);
          expect(person.mine.every((enrollment) => enrollment.id === before!.id && isWhole(enrollment, plans.get(enrollment.versionId)))).toBe(true);
        }
      });
      for (const person of people) {
        for (let turn = 0; turn < STEPS * 12 && person.mine.some(({ state }) => state.ending === null); turn += 1) {
          person.advance(Math.max(now, ...person.mine.map(({ state }) => state.waiting?.wakeAt ?? 0)));
        }
        expect(person.mine.map(({ state }) => state.ending?.kind)).toEqual([expect.stringMatching(/^(completed|removed)$/)]);
        const given = person.kernel.results.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === 'transfer' ? [effect.transfer.key] : [])));
        expect(new Set(given).size).toBe(given.length);
      }
    }), { numRuns: RUNS });
  });

  it('§8.3 gives back version and state of everyone whom a move has only brought to another wait', () => {
    let restored = 0;
    fc.assert(fc.property(version, version, policy, fc.integer({ min: 1, max: 20 }), (before, after, people, days) => {
      const plans = new Map<string, Plan>([['v1', planOf(before, 1, true)]]);
      const insiders = Array.from({ length: PEOPLE_PER_EDIT }, (_, index) => new Insider(plans, NOON + (index % 5) * DAY_MS));
      const now = NOON + (days + 5) * DAY_MS;
      for (const person of insiders) person.advance(now);
      plans.set('v2', planOf(after, 2, false));
      for (const person of insiders) {
        const was = person.snapshot();
        const [enrollment] = person.mine;
        if (enrollment?.state.waiting === null) continue;
        const [moved] = person.advance(now, { kind: 'move', enrollmentId: enrollment!.id, toVersionId: 'v2', policy: people });
        const { versionId, burst, state } = person.mine[0]!;
        if (!moved || moved.wentOn || versionId === 'v1' || state.ending !== null) continue;
        person.advance(now, { kind: 'restore', enrollmentId: enrollment!.id, versionId: moved.before.versionId, state: moved.before.state, burst });
        expect(person.snapshot()).toEqual(was);
        restored += 1;
      }
    }), { numRuns: RUNS });
    expect(restored).toBeGreaterThan(PEOPLE_PER_EDIT);
  });
});
