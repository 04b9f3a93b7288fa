import { describe, expect, it } from 'vitest';
import { Journey } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { journey, Kernel } from './kernel-for-test.ts';

const tag = (does: 'add' | 'remove', next: string | null = null) => ({ id: 'a', kind: 'changeTag', settings: { tag: 'vip', does }, next: { next } });
const listener = journey({ key: 'listener', entry: { trigger: { kind: 'event', event: { type: 'vip.invited' } }, reentry: { mode: 'onceEver' }, next: null } });

describe('a tag (§4.3)', () => {
  it('is put on once and taken off again, and the next step sees it', () => {
    const kernel = new Kernel().publish(journey({ nodes: [tag('add', 'b'), { id: 'b', kind: 'condition', settings: { condition: { field: 'customer.tags', is: 'contains', value: 'vip' } }, next: { yes: 'c', no: null } }, { id: 'c', kind: 'exit', settings: { name: 'seen' } }] }));
    kernel.post('purchase');
    expect(kernel.facts.profile.tags).toEqual(['vip']);
    expect(kernel.endings()).toEqual(['completed seen at c']);
    kernel.post('purchase');
    expect(kernel.facts.profile.tags).toEqual(['vip']);
    expect(kernel.results[1]!.effects.filter(({ kind }) => kind === 'changeTag')).toEqual([]);
    kernel.publish(journey({ key: 'off', nodes: [tag('remove')] })).post('purchase');
    expect(kernel.facts.profile.tags).toEqual([]);
  });

  it('is a change that other journeys hear', () => {
    const hears = journey({ key: 'hears', entry: { trigger: { kind: 'event', event: { type: 'customer.changed' } }, reentry: { mode: 'onceEver' }, next: null } });
    const kernel = new Kernel().publish(hears).publish(journey({ nodes: [tag('add')] }));
    expect(kernel.post('purchase').caused).toMatchObject([{ type: 'customer.changed', properties: { fields: ['tags'] }, depth: 1 }]);
  });
});

describe('an event that a journey makes (§4.3)', () => {
  const emits = journey({ nodes: [{ id: 'a', kind: 'emitEvent', settings: { type: 'vip.invited', properties: { level: 2 } }, next: {} }] });

  it('takes the customer into another journey, one deeper than what caused it', () => {
    const kernel = new Kernel().publish(listener).publish(emits);
    const [caused] = kernel.post('purchase').caused;
    expect(caused).toMatchObject({ type: 'vip.invited', properties: { level: 2, journeyId: 'test', nodeId: 'a' }, depth: 1 });
    kernel.post('vip.invited', caused?.properties, { source: 'system', depth: 1 });
    expect(kernel.enrollments.map(({ journeyId }) => journeyId)).toEqual(['test', 'listener']);
  });

  it('is not kept where nobody listens', () => {
    expect(new Kernel().publish(emits).post('purchase').caused).toEqual([]);
  });

  it('cannot be one of ours, nor a purchase, which would give points', () => {
    for (const type of ['purchase', 'return', 'points.posted', 'message.opened']) {
      expect(nodeKind('emitEvent').validate?.({ type, properties: {} }, {})).toMatchObject([{ code: 'emitEvent.reserved' }]);
    }
    expect(Journey.safeParse({ ...emits, nodes: [{ id: 'a', kind: 'emitEvent', settings: { type: 'with space' } }] }).success).toBe(false);
  });
});
