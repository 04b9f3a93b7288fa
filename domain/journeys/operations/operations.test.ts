import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Journey, type JourneyNode } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES, nodeKind } from '#domain/journeys/node-kinds.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { placeOfProblem } from '#domain/journeys/place-of-problem.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { applyOperation } from './apply-operation.ts';
import { branchOf, edgesOf, findNode, portsOf } from './graph.ts';
import { beginDrawing, draw, redo, undo } from './history.ts';
import type { Operation } from './operation.ts';

const empty: Journey = {
  formatVersion: 1, key: 'welcome', name: 'Welcome', exits: [], nodes: [],
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, maximumEventAgeHours: 48, next: null },
};

const IDS = ['n1', 'n2', 'n3', 'n4', 'n5'];
const id = fc.constantFrom(...IDS);
const position = fc.record({ x: fc.integer({ min: -500, max: 500 }), y: fc.integer({ min: 0, max: 2_000 }) });
const kind = fc.constantFrom(...NODE_KIND_NAMES);
const settingsOf = (name: (typeof NODE_KIND_NAMES)[number]): unknown => nodeKind(name).defaults();
const node = fc.record({ id, kind, position, next: fc.constant({}) }).map((drawn) => ({ ...drawn, settings: settingsOf(drawn.kind) }) as JourneyNode);
const port = fc.record({ nodeId: fc.constantFrom('entry', ...IDS), port: fc.constantFrom('next', 'yes', 'no', 'event', 'timeout', 'a', 'b', 'passes', 'capped', 'refused', 'error') });
const settings = fc.oneof(
  kind.map(settingsOf),
  fc.constant({ mode: 'duration', duration: { amount: 3, unit: 'hours' } }),
  fc.constant({ branches: [{ key: 'one', weight: 1 }, { key: 'two', weight: 1 }] }),
  fc.constant({ nonsense: true }),
);
const wait = (nodeId: string, next: string | null = null): JourneyNode => ({ id: nodeId, kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: next ? { next } : {} });
const linked = (nodes: JourneyNode[]): JourneyNode[] => nodes.map((each, index) => ({ ...each, next: { next: nodes[index + 1]?.id ?? null, yes: nodes[0]?.id ?? null } }));
const note = fc.record({ id: fc.constantFrom('note1', 'note2'), text: fc.string({ maxLength: 20 }), position, width: fc.integer({ min: 120, max: 400 }) });
const exit = fc.constantFrom({ on: 'event' as const, event: { type: 'return' } }, { on: 'condition' as const, condition: { field: 'customer.country', is: 'equals' as const, value: 'FR' } });
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('addNode' as const), node, after: port }) },
  fc.record({ kind: fc.constant('addNode' as const), node }),
  fc.record({ kind: fc.constant('deleteNodes' as const), nodeIds: fc.array(id, { maxLength: 3 }) }),
  fc.record({ kind: fc.constantFrom('moveNodes' as const, 'alignNodes' as const, 'tidyLayout' as const), positions: fc.dictionary(fc.constantFrom(...IDS, 'note1'), position) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('connect' as const), from: port, to: id }) },
  fc.record({ kind: fc.constant('disconnect' as const), from: port }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('changeSettings' as const), nodeId: id, settings }) },
  fc.record({ kind: fc.constant('changeEntry' as const), entry: fc.record({ trigger: fc.constant(empty.entry.trigger), reentry: fc.constantFrom({ mode: 'onceEver' as const }, { mode: 'perKey' as const, property: 'orderId' }), maximumEventAgeHours: fc.integer({ min: 0, max: 100 }) }) }),
  fc.record({ kind: fc.constant('addExit' as const), exit }),
  fc.record({ kind: fc.constant('changeExit' as const), index: fc.nat(3), exit }),
  fc.record({ kind: fc.constant('removeExit' as const), index: fc.nat(3) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('pasteNodes' as const, 'duplicateNodes' as const), nodes: fc.uniqueArray(node, { maxLength: 3, selector: (each) => each.id }).map(linked), notes: fc.array(note, { maxLength: 1 }), after: port }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('moveSteps' as const), nodeIds: fc.array(id, { minLength: 1, maxLength: 3 }), to: port, positions: fc.dictionary(id, position) }) },
  fc.record({ kind: fc.constant('reconnect' as const), from: port, at: port, to: id }),
  fc.record({ kind: fc.constant('addNote' as const), note }),
  fc.record({ kind: fc.constant('changeNote' as const), noteId: fc.constantFrom('note1', 'note2'), text: fc.string({ maxLength: 20 }) }),
  fc.record({ kind: fc.constantFrom('restoreVersion' as const, 'importFile' as const), journey: fc.shuffledSubarray(['n1', 'n2', 'n3'], { minLength: 1 }).map((ids): Journey => ({ ...empty, name: 'Another', nodes: ids.map((each) => wait(each)) })) }),
  fc.record({ kind: fc.constant('rename' as const), name: fc.string({ maxLength: 130 }) }),
);

const build = (operations: Operation[]): Journey => operations.reduce((journey, next) => applyOperation(journey, next).journey, empty);
const chain = build(['n1', 'n2', 'n3'].map((nodeId, index) => ({ kind: 'addNode', node: wait(nodeId), after: { nodeId: index === 0 ? 'entry' : `n${index}`, port: 'next' } })));

it('gives the journey from before when the inverse of any edit is applied', () => {
  fc.assert(fc.property(fc.array(operation, { maxLength: 25 }), operation, (before, next) => {
    const journey = build(before);
    const applied = applyOperation(journey, next);
    expect(applyOperation(applied.journey, applied.inverse).journey).toEqual(journey);
  }), { numRuns: 500 });
});

it('gives the first journey when the inverses of any sequence of edits are applied, last first', () => {
  fc.assert(fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
    const inverses: Operation[] = [];
    let journey = empty;
    for (const next of operations) {
      const applied = applyOperation(journey, next);
      inverses.unshift(applied.inverse);
      journey = applied.journey;
    }
    expect(inverses.reduce((drawn, inverse) => applyOperation(drawn, inverse).journey, journey)).toEqual(empty);
  }), { numRuns: 300 });
});

it('draws the same after a way over the wire: edits and journey are JSON, so server and browser agree', () => {
  const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  fc.assert(fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
    const here = build(operations);
    const there = operations.reduce((journey, next) => Journey.parse(sent(applyOperation(sent(journey), sent(next)).journey)), empty);
    expect(there).toEqual(sent(here));
  }), { numRuns: 200 });
});

it('makes journeys that can be compiled, or says why not on a card that is there', () => {
  fc.assert(fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
    const journey = build(operations);
    const problems = validateJourney(journey);
    const places = new Set(['entry', ...journey.nodes.map((each) => each.id)]);
    for (const problem of problems) expect(places.has(placeOfProblem(journey, problem))).toBe(true);
    for (const problem of problems) if (problem.path[0] === 'nodes') expect(placeOfProblem(journey, problem)).not.toBe('entry');
    if (problems.length > 0) return;
    const plan = compileJourney(journey, { journeyId: 'j', versionId: 'v', versionNumber: 1, status: 'live', takesEntries: true });
    expect(plan.nodes.get(journey.entry.next ?? '')).toBeDefined();
    for (const edge of edgesOf(journey)) expect(plan.nodes.get(edge.to)).toBeDefined();
  }), { numRuns: 300 });
});

it('keeps a journey of the right shape, with connections between what is there, after any edits', () => {
  fc.assert(fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
    const journey = build(operations);
    expect(Journey.parse(journey)).toEqual(journey);
    for (const edge of edgesOf(journey)) expect(findNode(journey, edge.to)).not.toBeNull();
    for (const each of journey.nodes) expect([...portsOf(each), 'error']).toEqual(expect.arrayContaining(Object.keys(each.next)));
  }), { numRuns: 300 });
});

it('undoes everything and does everything again, step by step', () => {
  fc.assert(fc.property(fc.array(fc.tuple(operation, fc.boolean()), { maxLength: 40 }), (operations) => {
    const drawn = operations.reduce((drawing, [next, merge]) => draw(drawing, next, { merge }), beginDrawing(empty));
    let drawing = drawn;
    for (let step = drawn.past.length; step > 0; step -= 1) drawing = undo(drawing);
    expect(drawing.journey).toEqual(empty);
    while (drawing.future.length > 0) drawing = redo(drawing);
    expect(drawing.journey).toEqual(drawn.journey);
  }), { numRuns: 300 });
});

it('undoes three hundred edits', () => {
  let drawing = beginDrawing(empty);
  for (let edit = 0; edit < 300; edit += 1) drawing = draw(drawing, { kind: 'rename', name: `Name ${edit}` });
  for (let edit = 0; edit < 300; edit += 1) drawing = undo(drawing);
  expect(drawing.journey).toEqual(empty);
});

it('closes the gap when a step is deleted', () => {
  const { journey } = applyOperation(chain, { kind: 'deleteNodes', nodeIds: ['n1', 'n2'] });
  expect(journey.entry.next).toBe('n3');
  expect(applyOperation(chain, { kind: 'deleteNodes', nodeIds: ['n2'] }).journey.nodes[0]?.next).toEqual({ next: 'n3' });
});

it('puts a step on a connection between the two that it joined', () => {
  const { journey, label } = applyOperation(chain, { kind: 'addNode', node: wait('n9'), after: { nodeId: 'n1', port: 'next' } });
  expect(label).toEqual({ code: 'insertNode', nodeKind: 'wait' });
  expect(findNode(journey, 'n1')?.next).toEqual({ next: 'n9' });
  expect(findNode(journey, 'n9')?.next).toEqual({ next: 'n2' });
});

it('keeps where a branch led when the branch is renamed', () => {
  const split: JourneyNode = { id: 'n9', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 1 }, { key: 'b', weight: 1 }] }, next: { a: 'n1', b: 'n2' } };
  const journey = build([...['n1', 'n2'].map((nodeId): Operation => ({ kind: 'addNode', node: wait(nodeId) })), { kind: 'addNode', node: split }]);
  const renamed = applyOperation(journey, { kind: 'changeSettings', nodeId: 'n9', settings: { branches: [{ key: 'c', weight: 1 }, { key: 'b', weight: 1 }] } });
  expect(findNode(renamed.journey, 'n9')?.next).toEqual({ c: 'n1', b: 'n2' });
});

it('moves a whole branch onto another way out, and closes the gap it leaves', () => {
  const ask: JourneyNode = { id: 'n1', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: 'n2', no: 'n4' } };
  const journey: Journey = { ...empty, entry: { ...empty.entry, next: 'n1' }, nodes: [ask, wait('n2', 'n3'), wait('n3', 'n5'), wait('n4', 'n5'), wait('n5')] };
  expect(branchOf(journey, 'n2')).toEqual(['n2', 'n3']);
  const { journey: moved } = applyOperation(journey, { kind: 'moveSteps', nodeIds: branchOf(journey, 'n2'), to: { nodeId: 'n4', port: 'next' } });
  expect(findNode(moved, 'n1')?.next).toEqual({ yes: 'n5', no: 'n4' });
  expect([findNode(moved, 'n4')?.next, findNode(moved, 'n2')?.next, findNode(moved, 'n3')?.next]).toEqual([{ next: 'n2' }, { next: 'n3' }, { next: 'n5' }]);
});

it('names an edit of settings by what they were and what they are', () => {
  const typed = ['4', '5'].reduce((drawing, amount) => draw(drawing, { kind: 'changeSettings', nodeId: 'n1', settings: { mode: 'duration', duration: { amount: Number(amount), unit: 'calendarDays' } } }, { merge: true }), beginDrawing(chain));
  expect(typed.past).toHaveLength(1);
  expect(typed.past[0]?.label).toMatchObject({ code: 'changeSettings', before: { settings: { duration: { amount: 1 } } }, after: { settings: { duration: { amount: 5 } } } });
});
