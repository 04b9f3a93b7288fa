import { describe, expect, it } from 'vitest';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { journey, Kernel } from './kernel-for-test.ts';

const joins = (journeyKey: string, key = 'test') => journey({ key, nodes: [{ id: 'a', kind: 'joinJourney', settings: { journeyKey }, next: {} }] });
const target = (parts: Record<string, unknown> = {}) => journey({ key: 'winter', entry: { trigger: { kind: 'event', event: { type: 'never' } }, reentry: { mode: 'onceEver' }, next: 'b' }, nodes: [{ id: 'b', kind: 'exit', settings: { name: 'seen' } }], ...parts });

/** Posts what the last burst caused, as the engine does. */
function follow(kernel: Kernel): void {
  for (const { type, properties, depth } of kernel.results.at(-1)!.caused) kernel.post(type, properties, { source: 'system', depth });
}
const refusals = (kernel: Kernel) => kernel.results.flatMap(({ traces }) => traces).filter(({ kind }) => kind === 'entryRefused');

describe('a step that joins another journey (§4.3)', () => {
  it('enters it once under its own rules of re-entry, with what the event in hand says', () => {
    const kernel = new Kernel().publish(target()).publish(joins('winter'));
    kernel.post('purchase', { orderId: 'o1' });
    expect(kernel.results[0]!.caused).toMatchObject([{ type: 'journey.joined', depth: 1, properties: { orderId: 'o1', journey: 'winter', fromJourneyId: 'test', fromNodeId: 'a' } }]);
    follow(kernel);
    expect(kernel.enrollments.map(({ journeyId }) => journeyId)).toEqual(['test', 'winter']);
    expect(kernel.enrollments[1]!.state.entryEvent).toMatchObject({ type: 'journey.joined', properties: { orderId: 'o1' } });
    kernel.post('purchase');
    follow(kernel);
    expect(refusals(kernel)).toMatchObject([{ journeyId: 'winter', data: { reason: { code: 'reentry.onceEver' } } }]);
  });

  it('is refused by the audience of the journey, and where it does not run, with the reason in the trace (§1.6)', () => {
    const closed = target({ entry: { trigger: { kind: 'event', event: { type: 'never' } }, audience: { field: 'customer.tags', is: 'contains', value: 'vip' }, reentry: { mode: 'onceEver' }, next: 'b' } });
    const kernel = new Kernel().publish(closed).publish(joins('winter')).publish(joins('gone', 'second'));
    kernel.post('purchase');
    follow(kernel);
    expect(refusals(kernel)).toMatchObject([
      { journeyId: 'winter', data: { reason: { code: 'audience' } } }, { journeyId: 'second', nodeId: 'a', data: { reason: { code: 'join.notLive', figures: { journey: 'gone' } } } },
    ]);
  });

  it('waits for a paused journey, and ends at ten events in a row where journeys join each other', () => {
    const paused = new Kernel().publish(target(), 'paused').publish(joins('winter'));
    paused.post('purchase');
    follow(paused);
    expect(paused.results.at(-1)!.effects).toMatchObject([{ kind: 'deferEvent', journeyId: 'winter' }]);
    const round = new Kernel().publish(joins('test'));
    round.post('purchase');
    for (let turns = 0; turns < 20 && round.results.at(-1)!.caused.length > 0; turns += 1) follow(round);
    expect(round.enrollments).toHaveLength(10);
    expect(refusals(round)).toMatchObject([{ data: { reason: { code: 'event.tooDeep' } } }]);
  });

  it('takes nobody in by an event that a merchant sends under that name', () => {
    const kernel = new Kernel().publish(target()).publish(joins('winter'));
    kernel.post('journey.joined', { journey: 'winter' });
    expect(kernel.enrollments).toEqual([]);
  });

  it('cannot be published without a journey that exists', () => {
    expect(nodeKind('joinJourney').validate?.({ journeyKey: '' }, {})).toMatchObject([{ code: 'reference.noJourney' }]);
    expect(nodeKind('joinJourney').validate?.({ journeyKey: 'x' }, { journeys: new Set(['winter']) })).toMatchObject([{ code: 'reference.journey' }]);
  });
});
