import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Journey, type JourneyNode } from '#domain/journeys/definition.ts';
import { applyOperation } from './apply-operation.ts';
import { compareJourneys, sameText } from './compare-journeys.ts';
import { findNode } from './graph.ts';
import { mergeDrafts } from './merge-drafts.ts';
import type { Operation } from './operation.ts';

const wait = (id: string, amount = 1, next: string | null = null): JourneyNode => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount, unit: 'hours' } }, next: next ? { next } : {}, position: { x: 0, y: 0 } });
const base = Journey.parse({ formatVersion: 1, key: 'k', name: 'n', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'a' }, nodes: [wait('a', 1, 'b'), wait('b', 1, 'c'), wait('c')] });
const after = (...operations: Operation[]): Journey => operations.reduce((journey, operation) => applyOperation(journey, operation).journey, base);
const longer = (nodeId: string, amount: number): Operation => ({ kind: 'changeSettings', nodeId, settings: { mode: 'duration', duration: { amount, unit: 'hours' } } });

it('puts two drafts together when they touch different steps', () => {
  const { journey, conflicts, theirs } = mergeDrafts({ base, mine: after(longer('a', 5), { kind: 'rename', name: 'Mine' }), theirs: after(longer('c', 9), { kind: 'addNode', node: wait('d'), after: { nodeId: 'c', port: 'next' } }) });
  expect(conflicts).toEqual([]);
  expect(journey.name).toBe('Mine');
  expect([findNode(journey, 'a'), findNode(journey, 'c')]).toMatchObject([{ settings: { duration: { amount: 5 } } }, { settings: { duration: { amount: 9 } }, next: { next: 'd' } }]);
  expect(theirs).toEqual(['c', 'd']);
});

it('shows a step that both changed, and takes the side that is chosen', () => {
  const drafts = { base, mine: after(longer('a', 5)), theirs: after(longer('a', 9)) };
  expect(mergeDrafts(drafts).conflicts).toMatchObject([{ part: 'node', id: 'a', mine: { settings: { duration: { amount: 5 } } }, theirs: { settings: { duration: { amount: 9 } } } }]);
  expect(findNode(mergeDrafts(drafts, { a: 'theirs' }).journey, 'a')).toMatchObject({ settings: { duration: { amount: 9 } } });
  expect(mergeDrafts(drafts, { a: 'mine' }).conflicts).toEqual([]);
});

it('asks when one deletes what the other changed, and leaves no connection into nothing', () => {
  const drafts = { base, mine: after(longer('b', 5)), theirs: after({ kind: 'deleteNodes', nodeIds: ['b'] }) };
  expect(mergeDrafts(drafts).conflicts).toMatchObject([{ id: 'b', theirs: null }]);
  const { journey } = mergeDrafts(drafts, { b: 'theirs' });
  expect(journey.nodes.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(findNode(journey, 'a')?.next).toEqual({ next: 'c' });
});

it('never loses one side when the other did nothing, and always gives a journey', () => {
  const edit = fc.constantFrom<Operation>(longer('a', 2), longer('b', 3), { kind: 'deleteNodes', nodeIds: ['b'] }, { kind: 'moveNodes', positions: { c: { x: 40, y: 40 } } }, { kind: 'addNode', node: wait('d'), after: { nodeId: 'a', port: 'next' } }, { kind: 'addNote', note: { id: 'n1', text: 'x', position: { x: 0, y: 0 }, width: 200 } }, { kind: 'rename', name: 'x' });
  fc.assert(fc.property(fc.array(edit, { maxLength: 4 }), fc.array(edit, { maxLength: 4 }), (left, right) => {
    const [mine, theirs] = [after(...left), after(...right)];
    expect(mergeDrafts({ base, mine, theirs: base }).journey).toEqual(mine);
    expect(sameText(mergeDrafts({ base, mine: base, theirs }).journey)).toBe(sameText(theirs));
    // Whoever saves the two together has said it for both: the other finds nothing left to save.
    const joined = mergeDrafts({ base, mine, theirs }, { a: 'mine', b: 'mine', d: 'mine', n1: 'mine', name: 'mine' }).journey;
    expect(sameText(mergeDrafts({ base: theirs, mine: theirs, theirs: joined }).journey)).toBe(sameText(joined));
    expect(Journey.safeParse(mergeDrafts({ base, mine, theirs }).journey).success).toBe(true);
  }));
});

it('tells added, removed, changed and moved steps apart', () => {
  const now = after(longer('a', 5), { kind: 'moveNodes', positions: { c: { x: 40, y: 0 } } }, { kind: 'addNode', node: wait('d'), after: { nodeId: 'c', port: 'next' } }, { kind: 'deleteNodes', nodeIds: ['b'] });
  const difference = compareJourneys(base, now);
  expect(difference.added.map(({ id }) => id)).toEqual(['d']);
  expect(difference.removed.map(({ id }) => id)).toEqual(['b']);
  expect(difference.changed.map(({ after: { id }, settings, ways }) => [id, settings, ways])).toEqual([['a', true, true], ['c', false, true]]);
  expect(compareJourneys(base, after({ kind: 'moveNodes', positions: { c: { x: 40, y: 0 } } })).moved.map(({ id }) => id)).toEqual(['c']);
});
