import { describe, expect, it } from 'vitest';
import { Journey } from '#domain/journeys/definition.ts';
import { needsOf } from './needs.ts';
import { judgePart, usualSide } from './part.ts';
import { idsIn, relocateJourney } from './relocate.ts';

const STORE = '01890000-0000-7000-8000-000000000001';
const THERE = '01890000-0000-7000-8000-000000000002';
const journey = Journey.parse({
  formatVersion: 1, key: 'thanks', name: 'Thanks',
  entry: {
    trigger: { kind: 'event', event: { type: 'purchase', where: { field: 'event.storeId', is: 'equals', value: STORE } } }, reentry: { mode: 'onceEver' }, next: 'gift',
    audience: { all: [{ field: 'voucher.summer.active', is: 'equals', value: true }, { field: 'balance.club', is: 'atLeast', value: 10 }, { event: 'review.posted', count: { atLeast: 1 } }] },
  },
  nodes: [
    { id: 'gift', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion', whenCapped: { kind: 'otherChannel', channel: 'sms', templateKey: 'short' } }, next: { next: 'wait' } },
    { id: 'wait', kind: 'waitForEvent', settings: { event: { type: 'cart.paid' }, timeout: { amount: 1, unit: 'hours' } }, next: {} },
  ],
});

describe('the needs of a journey', () => {
  it('are found wherever they are named: in steps, conditions, and the templates’ blocks and Liquid', () => {
    const content = { variants: { fr: { subject: 'Votre code {{ voucher.autumn.code }}', blocks: { blocks: [{ kind: 'points', programme: 'vip' }, { kind: 'products', source: { from: 'chosen', products: [{ sku: 'hat' }] } }] } } } };
    expect(needsOf(journey, [content])).toEqual({
      templates: ['short', 'thanks'], offers: ['autumn', 'gift', 'summer'], programmes: ['club', 'vip'], eventTypes: ['cart.paid', 'purchase', 'review.posted'], products: ['hat'], members: [],
    });
  });

  it('never hold what a condition only compares with', () => {
    const compared = Journey.parse({ ...journey, nodes: [], entry: { ...journey.entry, next: null, audience: { field: 'customer.city', is: 'equals', value: 'voucher.autumn' } } });
    expect(needsOf(compared).offers).toEqual([]);
  });
});

describe('a journey that is carried to another workspace', () => {
  it('names the same store by the id that it has there, and keeps the ids of its steps', () => {
    expect(idsIn(journey, new Set([STORE, THERE]))).toEqual([STORE]);
    const moved = relocateJourney(journey, new Map([[STORE, THERE]]));
    expect(JSON.stringify(moved)).not.toContain(STORE);
    expect(moved.nodes.map(({ id }) => id)).toEqual(['gift', 'mail', 'wait']);
    expect(relocateJourney(moved, new Map([[THERE, STORE]]))).toEqual(journey);
  });
});

describe('a part', () => {
  const promoted = { sandbox: 'a', live: 'a' };
  it.each([
    ['is new where live has none', { sandbox: 'a', live: null, promoted: null }, 'new', 'sandbox'],
    ['is the same when both say it', { sandbox: 'a', live: 'a', promoted: null }, 'same', 'live'],
    ['is changed when only the sandbox was edited', { sandbox: 'b', live: 'a', promoted }, 'changed', 'sandbox'],
    ['stays as live has it when only live was edited', { sandbox: 'a', live: 'b', promoted }, 'liveChanged', 'live'],
    ['is for somebody to choose when both were edited', { sandbox: 'b', live: 'c', promoted }, 'conflict', null],
    ['is for somebody to choose when live’s never came from here', { sandbox: 'b', live: 'c', promoted: null }, 'conflict', null],
    ['stays as it was chosen to stay, until one of them is edited', { sandbox: 'b', live: 'c', promoted: { sandbox: 'b', live: 'c' } }, 'same', 'live'],
  ] as const)('%s', (_, part, state, side) => {
    expect(judgePart(part)).toBe(state);
    expect(usualSide(state)).toBe(side);
  });
});
