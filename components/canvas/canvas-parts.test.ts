import { expect, it } from 'vitest';
import type { Journey, JourneyNode } from '#domain/journeys/definition.ts';
import { applyOperation } from '#domain/journeys/operations/apply-operation.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { MANY_NODES, syncNodes, withoutGuess } from './flow-elements.ts';
import { fromGroup, toGroup } from './inspector/condition-tree.ts';
import { pathOf } from './journey-path.ts';
import { CARD_WIDTH, placeAfter } from './layout.ts';
import { tidyPositions, withPositions } from './tidy-layout.ts';
import { neighbourOf } from './navigate.ts';

const wait = (id: string, next: string | null = null): JourneyNode => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: next ? { next } : {} });
const asks: JourneyNode = { id: 'asks', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: 'left', no: 'right' } };
const journey: Journey = {
  formatVersion: 1, key: 'k', name: 'n', exits: [], nodes: [asks, wait('left', 'last'), wait('right', 'last'), wait('last')],
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, maximumEventAgeHours: 48, next: 'asks' },
};

it('lays a journey out from top to bottom, branches side by side, the first to the left', () => {
  const positions = tidyPositions(journey);
  expect(positions['left']?.y).toBe(positions['right']?.y);
  expect((positions['right']?.x ?? 0) - (positions['left']?.x ?? 0)).toBeGreaterThan(CARD_WIDTH);
  expect(positions['last']?.y).toBeGreaterThan(positions['left']?.y ?? 0);
  expect(positions['asks']?.x).toBe(0);
});

it('makes room for a step on a connection by moving what follows, and for no other', () => {
  const placed = withPositions(journey);
  const { position, moves } = placeAfter(placed, { nodeId: 'left', port: 'next' }, {});
  expect(Object.keys(moves)).toEqual(['last']);
  const { journey: grown } = applyOperation(placed, { kind: 'addNode', node: { ...wait('new'), position }, after: { nodeId: 'left', port: 'next' }, moves });
  expect(grown.nodes.find(({ id }) => id === 'last')?.position?.y).toBeGreaterThan(position.y + 96);
});

it('moves along the journey by arrow keys', () => {
  const placed = withPositions(journey);
  expect(neighbourOf(placed, ENTRY, 'down')).toBe('asks');
  expect(neighbourOf(placed, 'asks', 'down')).toBe('left');
  expect(neighbourOf(placed, 'left', 'right')).toBe('right');
  expect(neighbourOf(placed, 'last', 'up')).toBe('left');
  expect(neighbourOf(placed, 'asks', 'up')).toBe(ENTRY);
});

it('shows a condition as groups and gives the same condition back', () => {
  const leaf = { field: 'customer.country', is: 'equals' as const, value: 'FR' };
  for (const condition of [leaf, { all: [leaf, leaf] }, { any: [leaf, leaf] }, { not: leaf }, { not: { any: [leaf, leaf] } }]) expect(fromGroup(toGroup(condition))).toEqual(condition);
});

it('draws a path with how often each step and way out was taken, and where the customer is', () => {
  const at = '2026-03-29T08:00:00.000Z';
  const steps = [{ kind: 'entered', nodeId: null }, { kind: 'passed', nodeId: 'asks', port: 'yes' }, { kind: 'waiting', nodeId: 'left' }].map((step) => ({ visit: 1, port: null, at, ...step }));
  const path = pathOf('cus_1', { enrollmentId: 'enr_1', name: 'Ada', versionNumber: 1, nodeId: 'left', enteredAt: at, endedAt: null, ending: null, entries: 1, steps });
  expect(path).toMatchObject({ here: 'left', passed: { entry: 1, asks: 1 }, ports: { 'entry next': 1, 'asks yes': 1 } });
});

it('guesses the sides of a long journey’s cards, so that none is drawn only to be measured, and forgets the guess once it was', () => {
  const long: Journey = { ...journey, nodes: [asks, ...Array.from({ length: MANY_NODES }, (_, index) => wait(`w${index}`, null))] };
  const drawn = syncNodes([], long, ['w1']);
  expect(drawn.filter(({ measured, handles }) => !measured?.height || !handles)).toEqual([]);
  expect(drawn.find(({ id }) => id === 'asks')?.handles?.map(({ id, x }) => [id, x])).toEqual([['in', CARD_WIDTH / 2 - 5], ['yes', CARD_WIDTH / 4 - 5], ['no', (CARD_WIDTH * 3) / 4 - 5]]);
  const measured = drawn.map((node) => (node.id === 'w1' ? withoutGuess({ ...node, measured: { width: CARD_WIDTH, height: 78 } }) : node));
  const again = syncNodes(measured, long, []);
  expect(again.find(({ id }) => id === 'w1')).toMatchObject({ measured: { height: 78 }, selected: false });
  expect(again.find(({ id }) => id === 'w1')?.handles).toBeUndefined();
  expect(syncNodes([], journey, []).some(({ handles }) => handles)).toBe(false);
});
