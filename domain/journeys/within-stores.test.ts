import { describe, expect, it } from 'vitest';
import { Journey } from './definition.ts';
import { NODE_KINDS, type NodeKind } from './node-kinds.ts';
import { storesOf } from './trigger.ts';
import { validateJourney } from './validate.ts';
import { checkWithinStores, isForStores } from './within-stores.ts';

const drawn = (trigger: object, nodes: object[] = []): Journey =>
  Journey.parse({ formatVersion: 1, key: 'j', name: 'J', entry: { trigger, reentry: { mode: 'onceEver' }, next: null }, nodes });
const purchase = (stores?: string[]) => ({ kind: 'event', event: { type: 'purchase' }, ...(stores && { stores }) });
const codes = (journey: Journey, stores = ['lyon']) => checkWithinStores(journey, new Set(stores)).map(({ code, path }) => `${code} ${path.join('.')}`);

describe('§11.8 what somebody who acts for some stores may draw', () => {
  it('begins with an event in their stores, and in no other', () => {
    expect(codes(drawn(purchase(['lyon'])))).toEqual([]);
    expect(codes(drawn(purchase(['lyon', 'paris'])))).toEqual(['stores.beyond entry.trigger.stores.1']);
    expect(codes(drawn(purchase()))).toEqual(['stores.none entry.trigger.stores']);
    for (const trigger of [{ kind: 'business', event: { type: 'store.opened' } }, { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00' }]) expect(codes(drawn(trigger))).toEqual(['stores.none entry.trigger.stores']);
  });

  it('has no step that reaches further than the customers it takes in', () => {
    const kinds = Object.values(NODE_KINDS).map(({ kind }): NodeKind => kind);
    expect(kinds.filter((kind) => !isForStores(kind)).sort()).toEqual(['givePoints', 'httpRequest', 'joinJourney']);
    expect(codes(drawn(purchase(['lyon']), [{ id: 'a', kind: 'joinJourney', settings: { journeyKey: 'vip' } }, { id: 'b', kind: 'exit', settings: {} }]))).toEqual(['stores.step nodes.0']);
  });

  it('names stores that are there and an event that happens in one, whoever draws it', () => {
    const problems = (trigger: object) => validateJourney(drawn(trigger), { stores: new Set(['lyon']) }).map(({ code }) => code).filter((code) => code.startsWith('trigger.'));
    expect(problems(purchase(['lyon']))).toEqual([]);
    expect(problems(purchase(['rome']))).toEqual(['trigger.unknownStore']);
    expect(problems({ kind: 'event', event: { type: 'points.posted' }, stores: ['lyon'] })).toEqual(['trigger.noStore']);
    expect(problems({ kind: 'event', event: { type: 'points.posted' } })).toEqual([]);
  });

  it('is a part that older drawings do not have: they begin anywhere', () => {
    expect(storesOf(drawn(purchase()).entry.trigger)).toBeNull();
    expect(Journey.safeParse({ ...drawn(purchase()), entry: { ...drawn(purchase()).entry, trigger: purchase([]) } }).success).toBe(false);
  });
});
