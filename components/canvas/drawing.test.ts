import { expect, it } from 'vitest';
import { Journey } from '#domain/journeys/definition.ts';
import { applyOperation } from '#domain/journeys/operations/apply-operation.ts';
import { findNode } from '#domain/journeys/operations/graph.ts';
import { beginDrawing, draw } from '#domain/journeys/operations/history.ts';
import { alignSelection, beginMove, copySelection, duplicateBranch, moveTo, nudge, pasteText, shift } from './canvas-actions.ts';
import { keyOf } from './canvas-commands.ts';
import { makeCanvasStore, type CanvasStore } from './canvas-store.ts';
import { alignWith } from './helper-lines.ts';
import { resumeDrawing } from './resume-drawing.ts';
import { NO_NAMES } from './speech.ts';

const journey = Journey.parse({
  formatVersion: 1, key: 'k', name: 'n', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'ask' },
  nodes: [
    { id: 'ask', kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next: { yes: 'one', no: 'other' }, position: { x: 0, y: 260 } },
    ...['one', 'two', 'other'].map((id, index) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: index + 1, unit: 'hours' } }, next: id === 'one' ? { next: 'two' } : {}, position: { x: id === 'other' ? 320 : 0, y: 440 + 180 * (index % 2) } })),
  ],
});
const open = (): CanvasStore => makeCanvasStore({ journeyId: 'jrn', journey, revision: 1, readOnly: false, savedAt: 0 });
const drawn = (store: CanvasStore): Journey => store.getState().drawing.journey;

it('copies steps from one journey and pastes them after the selected step of another, under new ids', () => {
  const [from, to] = [open(), open()];
  from.getState().select(['one', 'two']);
  const text = copySelection(from, NO_NAMES) ?? '';
  to.getState().select(['other']);
  expect(pasteText(to, text, () => expect.unreachable())).toBe(true);
  const pasted = findNode(drawn(to), findNode(drawn(to), 'other')?.next['next'] ?? '');
  expect(pasted).toMatchObject({ kind: 'wait', settings: { duration: { amount: 1 } } });
  expect(['one', 'two']).not.toContain(pasted?.id);
  expect(findNode(drawn(to), pasted?.next['next'] ?? '')).toMatchObject({ settings: { duration: { amount: 2 } } });
  expect(pasteText(to, 'a sentence from elsewhere', () => expect.unreachable())).toBe(false);
  to.getState().undo();
  expect(drawn(to)).toEqual(drawn(open()));
});

it('names the templates that pasted steps lack, also when the workspace’s are known only later', () => {
  const [from, to] = [open(), open()];
  const mail = { id: 'mail', kind: 'sendEmail' as const, settings: { templateKey: 'hello', category: 'promotion' }, next: { next: null }, position: { x: 0, y: 0 } };
  from.getState().select(['one']);
  const text = (copySelection(from, NO_NAMES) ?? '').replace('"nodes":[', `"nodes":[${JSON.stringify(mail)},`);
  const said: string[][] = [];
  expect(pasteText(to, text, (names) => said.push(names))).toBe(true);
  expect(said).toEqual([]);
  to.getState().set({ references: { templates: new Map(), categories: new Set(['promotion']) } });
  to.getState().set({ references: { templates: new Map(), categories: new Set(['promotion']) } });
  expect(said).toEqual([['hello']]);
});

it('duplicates a whole branch beside itself, and moves one onto another way out by two choices', () => {
  const store = open();
  store.getState().select(['one']);
  duplicateBranch(store);
  expect(drawn(store).nodes).toHaveLength(6);
  expect(store.getState().selected).toHaveLength(2);
  store.getState().undo();
  store.getState().select(['one', 'two']);
  beginMove(store);
  moveTo(store, store.getState().moving, { nodeId: 'other', port: 'next' });
  expect(findNode(drawn(store), 'ask')?.next).toEqual({ yes: null, no: 'other' });
  expect(findNode(drawn(store), 'other')?.next).toEqual({ next: 'one' });
  expect(store.getState().moving).toEqual([]);
});

it('moves a step earlier and later along its way by keys', () => {
  const store = open();
  shift(store, 'two', 'earlier');
  expect([findNode(drawn(store), 'ask')?.next['yes'], findNode(drawn(store), 'two')?.next['next']]).toEqual(['two', 'one']);
  shift(store, 'two', 'later');
  expect([findNode(drawn(store), 'ask')?.next['yes'], findNode(drawn(store), 'one')?.next['next']]).toEqual(['one', 'two']);
  shift(store, 'ask', 'earlier');
  expect(drawn(store).entry.next).toBe('ask');
});

it('aligns the selected cards in one line, as one edit', () => {
  const store = open();
  store.getState().select(['one', 'other']);
  alignSelection(store, 'top');
  expect([findNode(drawn(store), 'one')?.position?.y, findNode(drawn(store), 'other')?.position?.y]).toEqual([440, 440]);
  alignSelection(store, 'left');
  expect(findNode(drawn(store), 'other')?.position?.x).toBe(0);
  expect(store.getState().drawing.past.at(-1)?.label.code).toBe('alignNodes');
});

it('moves cards by cells without a drag, several in a row as one edit', () => {
  const store = open();
  store.getState().select(['one']);
  nudge(store, 1, 0);
  nudge(store, 1, -1);
  expect(findNode(drawn(store), 'one')?.position).toEqual({ x: 40, y: 420 });
  expect(store.getState().drawing.past).toHaveLength(1);
});

it('snaps to the nearest line of another card, and to the grid when it is far', () => {
  const card = { x: 100, y: 100, width: 260, height: 96 };
  expect(alignWith({ ...card, x: 104, y: 404 }, [card], 20)).toMatchObject({ x: 100, y: 400, lines: [{ axis: 'x', at: 100 }] });
  expect(alignWith({ ...card, x: 151, y: 393 }, [card], 20)).toEqual({ x: 160, y: 400, lines: [] });
});

it('takes up the kept drawing with its undo on the same draft, puts it together with another, and asks where both changed one step', () => {
  const longer = (drawing: ReturnType<typeof beginDrawing>, nodeId: string, amount: number) => draw(drawing, { kind: 'changeSettings', nodeId, settings: { mode: 'duration', duration: { amount, unit: 'hours' } } });
  const kept = { revision: 1, base: journey, drawing: longer(beginDrawing(journey), 'one', 9) };
  expect(resumeDrawing(null, journey, 1)).toEqual({ kind: 'fresh' });
  expect(resumeDrawing(kept, journey, 1)).toEqual({ kind: 'drawing', drawing: kept.drawing });
  const other = applyOperation(journey, { kind: 'rename', name: 'Theirs' }).journey;
  const merged = resumeDrawing(kept, other, 2);
  expect(merged).toMatchObject({ kind: 'merged', drawing: { journey: { name: 'Theirs' }, past: [{ label: { code: 'changeSettings' } }] } });
  expect(resumeDrawing(kept, longer(beginDrawing(journey), 'one', 5).journey, 2).kind).toBe('conflict');
  expect(resumeDrawing({ ...kept, drawing: beginDrawing(journey) }, other, 2)).toEqual({ kind: 'fresh' });
});

it('says keys as the list of commands does', () => {
  const press = (key: string, more = {}) => keyOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });
  expect([press('z', { ctrlKey: true }), press('Z', { ctrlKey: true, shiftKey: true }), press('?', { shiftKey: true }), press('ArrowUp', { altKey: true }), press('Enter', { metaKey: true })]).toEqual(['mod+z', 'mod+shift+z', '?', 'alt+ArrowUp', 'mod+Enter']);
});
