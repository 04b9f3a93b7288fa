import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain/shared/time.ts';
import { isHeldOut } from './holdout.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';
import { readEntries } from './read-entries.ts';
import type { EnterCommand } from './enter.ts';

const wish = (entryId: string, properties: Record<string, unknown> = {}): EnterCommand => ({ kind: 'enter', journeyId: 'test', entryId, by: 'person', properties });
const purchase = { kind: 'event', event: { type: 'purchase' } };
const waits = { id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: { next: null } };

describe('an entry by hand or by a key', () => {
  it('§1.1 takes in without the trigger, with what was given along in hand, and says by whom', () => {
    const kernel = new Kernel().publish(journey({ nodes: [waits] }));
    const result = kernel.advance([], [wish('w1', { gift: 'book' })]);
    expect(kernel.enrollments).toMatchObject([{ entryKey: 'w1', enteredAt: NOON, state: { entryEvent: { type: 'journey.entry', properties: { gift: 'book' } }, waiting: { nodeId: 'a' } } }]);
    expect(result.traces[0]).toMatchObject({ kind: 'entered', data: { by: 'person' } });
    expect(readEntries(result.traces)).toEqual([{ reason: null }]);
  });

  it('§1.2 §1.6 holds re-entry and audience, over entries by events and by hand alike, and leaves a line for each refusal', () => {
    const kernel = new Kernel().publish(journey({ entry: { trigger: purchase, reentry: { mode: 'afterExit' }, audience: { field: 'customer.country', is: 'equals', value: 'FR' }, next: 'a' }, nodes: [waits] }));
    kernel.post('purchase');
    expect(readEntries(kernel.advance([], [wish('w1')]).traces)).toEqual([{ reason: { code: 'reentry.stillInside' } }]);
    kernel.now += 4 * DAY_MS;
    // The wait that is over by now ends first, in the same burst.
    expect(readEntries(kernel.advance([], [wish('w2')]).traces)).toEqual([{ reason: null }]);
    kernel.post('purchase');
    expect(kernel.enrollments).toHaveLength(2);
    kernel.facts.profile = { ...kernel.facts.profile, country: 'BE' };
    expect(readEntries(kernel.advance([], [wish('w3')]).traces)).toEqual([{ reason: { code: 'audience' } }]);
  });

  it('§1.2 reads the key of a run from what is given along', () => {
    const kernel = new Kernel().publish(journey({ entry: { trigger: purchase, reentry: { mode: 'perKey', property: 'orderId' }, next: 'a' }, nodes: [waits] }));
    const entries = [wish('w1', { orderId: 7 }), wish('w2', { orderId: 7 }), wish('w3')].flatMap((command) => readEntries(kernel.advance([], [command]).traces));
    expect(entries.map(({ reason }) => reason?.code ?? null)).toEqual([null, 'reentry.perKey', 'reentry.noKey']);
  });

  it('§8.4 is refused by a journey that drains, is paused, stopped or not there', () => {
    const kernel = new Kernel().publish(journey({ nodes: [waits] }));
    for (const plan of kernel.plans.values()) plan.drains = true;
    const refusal = (): unknown => readEntries(kernel.advance([], [wish('w1')]).traces)[0]?.reason?.code;
    expect(refusal()).toBe('journey.draining');
    for (const plan of kernel.plans.values()) Object.assign(plan, { drains: false, status: 'paused' });
    expect(refusal()).toBe('journey.state');
    kernel.plans.clear();
    expect(refusal()).toBe('journey.state');
    expect(kernel.enrollments).toEqual([]);
  });
});

describe('a holdout', () => {
  const holdout = { percent: 30, experiment: 'spring-2027' };
  const measured = journey({
    entry: { trigger: purchase, reentry: { mode: 'onceEver' }, holdout, next: 'check' },
    nodes: [
      { id: 'check', kind: 'pressureCheck', settings: { category: 'promotion', channel: 'email' }, next: { passes: 'mail' } },
      { id: 'mail', kind: 'sendEmail', settings: { templateKey: 't', category: 'promotion' }, next: { next: 'points' } },
      { id: 'points', kind: 'givePoints', settings: { programmeKey: 'points', points: 10 }, next: { next: 'offer' } },
      { id: 'offer', kind: 'grantOffer', settings: { offerKey: 'o' }, next: { next: 'tag' } },
      { id: 'tag', kind: 'changeTag', settings: { does: 'add', tag: 'seen' }, next: { next: 'a' } },
      waits,
    ],
  });
  const kernelOf = (customerId: string): Kernel => {
    const kernel = new Kernel().publish(measured);
    kernel.facts.customerId = customerId;
    kernel.post('purchase');
    return kernel;
  };
  const names = Array.from({ length: 2_000 }, (_, index) => `customer-${index}`);
  const held = names.filter((name) => isHeldOut(measured, name));

  it('§1.7 enters, is counted, goes the same way and receives nothing, each step passed with that reason', () => {
    const kernel = kernelOf(held[0]!);
    expect(kernel.enrollments).toMatchObject([{ state: { heldOut: true, waiting: { nodeId: 'a' } } }]);
    const { effects, traces } = kernel.results[0]!;
    expect(effects.map(({ kind }) => kind)).toEqual(['changeTag']);
    expect(traces[0]).toMatchObject({ kind: 'entered', data: { heldOut: true } });
    expect(traces.filter(({ data }) => (data['reason'] as { code: string } | undefined)?.code === 'holdout').map(({ nodeId }) => nodeId)).toEqual(['check', 'mail', 'points', 'offer']);
  });

  it('§1.7 lets everybody else receive', () => {
    const kernel = kernelOf(names.find((name) => !held.includes(name))!);
    expect(kernel.enrollments[0]!.state.heldOut).toBeUndefined();
    expect(kernel.results[0]!.effects.map(({ kind }) => kind)).toContain('transfer');
  });

  it('§1.7 is a stable hash of customer and experiment: the same in every journey that names it, near its share, unlike another experiment', () => {
    expect(held.length / names.length).toBeCloseTo(0.3, 1);
    const of = (experiment: string) => names.filter((name) => isHeldOut({ entry: { holdout: { percent: 30, experiment } } }, name));
    expect(of('spring-2027')).toEqual(held);
    const both = of('autumn-2027').filter((name) => held.includes(name)).length;
    expect(both / held.length).toBeCloseTo(0.3, 1);
    expect(names.some((name) => isHeldOut({ entry: {} }, name))).toBe(false);
  });
});
