import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { happenedIn } from './match-event.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const STORE_KEYS = { 'id-lyon': 'lyon', 'id-nantes': 'nantes' };
const atLyon = (parts: Record<string, unknown> = {}) => journey({
  key: 'lyon', entry: { trigger: { kind: 'event', event: { type: 'purchase' }, stores: ['lyon'] }, reentry: { mode: 'afterExit', gapFrom: 'end' }, next: 'a' }, nodes: [{ id: 'a', kind: 'exit', settings: { name: 'seen' } }], ...parts,
});
const opened = (...args: Parameters<typeof atLyon>): Kernel => {
  const kernel = new Kernel();
  kernel.rules = { ...kernel.rules, storeKeys: STORE_KEYS };
  return kernel.publish(atLyon(...args));
};
const refusals = (kernel: Kernel) => kernel.results.flatMap(({ traces }) => traces).filter(({ kind }) => kind === 'entryRefused').map(({ data }) => data['reason']);

describe('§11.8 a journey that begins in some stores', () => {
  it('takes in whoever acts there, and leaves no line for what happened in another store or in none', () => {
    const kernel = opened();
    kernel.post('purchase', {}, { storeId: 'id-nantes' });
    kernel.post('purchase');
    expect([kernel.enrollments, refusals(kernel)]).toEqual([[], []]);
    kernel.post('purchase', {}, { storeId: 'id-lyon' });
    expect(kernel.enrollments.map(({ state }) => state.entryEvent?.storeId)).toEqual(['id-lyon']);
  });

  it('takes in nobody by hand, whoever asks, and says so (§1.6)', () => {
    const kernel = opened();
    kernel.advance([], [{ kind: 'enter', journeyId: 'lyon', entryId: 'w1', by: 'person', properties: { storeId: 'id-lyon' } }]);
    expect([kernel.enrollments, refusals(kernel)]).toEqual([[], [{ code: 'entry.onlyStores' }]]);
  });

  it('takes in nobody from a step of another journey, and says so', () => {
    const kernel = opened();
    kernel.post('journey.joined', { journey: 'lyon' }, { source: 'system' });
    expect([kernel.enrollments, refusals(kernel)]).toEqual([[], [{ code: 'entry.onlyStores' }]]);
  });

  it('goes on with those inside by what they do anywhere', () => {
    const kernel = opened({ nodes: [{ id: 'a', kind: 'waitForEvent', settings: { event: { type: 'purchase' }, timeout: { amount: 7, unit: 'calendarDays' } }, next: { event: 'b' } }, { id: 'b', kind: 'exit', settings: { name: 'came back' } }] });
    kernel.post('purchase', {}, { storeId: 'id-lyon' });
    kernel.at(NOON + 60_000).post('purchase', {}, { storeId: 'id-nantes' });
    expect(kernel.endings()).toEqual(['completed came back at b']);
  });

  it('never holds anybody who did not act in its stores, whatever happens', () => {
    const anything = fc.record({
      type: fc.constantFrom('purchase', 'journey.joined', 'return'), storeId: fc.constantFrom(null, 'id-lyon', 'id-nantes', 'id-unknown', 'lyon'), source: fc.constantFrom('merchant' as const, 'system' as const), byHand: fc.boolean(),
    });
    fc.assert(fc.property(fc.array(anything, { maxLength: 12 }), fc.subarray(['lyon', 'nantes'], { minLength: 1 }), (happenings, stores) => {
      const kernel = opened({ entry: { trigger: { kind: 'event', event: { type: 'purchase' }, stores }, reentry: { mode: 'afterExit', gapFrom: 'end' }, next: 'a' } });
      happenings.forEach(({ type, storeId, source, byHand }, index) => {
        kernel.at(NOON + index * 60_000);
        kernel.advance([kernel.event(type, { journey: 'lyon' }, { storeId, source })], byHand ? [{ kind: 'enter', journeyId: 'lyon', entryId: `w${index}`, by: 'api', properties: {} }] : []);
      });
      const there = happenings.filter(({ type, storeId }) => type === 'purchase' && stores.some((key) => storeId === `id-${key}`));
      expect(kernel.enrollments.map(({ state }) => state.entryEvent?.storeId)).toEqual(there.map(({ storeId }) => storeId));
    }));
  });

  it('is where an event of a store that nobody knows the key of never happened', () => {
    const { trigger } = atLyon().entry;
    expect([happenedIn(trigger, { storeId: 'id-lyon' }, {}), happenedIn(trigger, { storeId: 'id-lyon' }, { storeKeys: STORE_KEYS }), happenedIn(trigger, { storeId: null }, { storeKeys: STORE_KEYS })]).toEqual([false, true, false]);
    expect(happenedIn(journey({}).entry.trigger, { storeId: null }, {})).toBe(true);
  });
});
