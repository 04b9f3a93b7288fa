import { expect, it } from 'vitest';
import { Journey } from '#domain/journeys/definition.ts';
import { applyOperation } from './apply-operation.ts';
import { copyFragment, missingReferences, readFragment, renewIds } from './fragment.ts';
import { findNode } from './graph.ts';

const journey = Journey.parse({
  formatVersion: 1, key: 'k', name: 'n', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [
    { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: { next: 'mail' }, position: { x: 0, y: 200 } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'hello', category: 'promotion' }, next: { next: 'end' }, position: { x: 0, y: 400 } },
    { id: 'end', kind: 'exit', settings: {} },
  ],
});

it('copies steps with the connections among them, and pastes them under new ids where what followed goes on', () => {
  const copied = copyFragment(journey, ['wait', 'mail'], { hello: 'Welcome mail', other: 'Not used' });
  expect(copied.names).toEqual({ hello: 'Welcome mail' });
  let count = 0;
  const fresh = renewIds(readFragment(JSON.stringify(copied)) ?? copied, (kind) => `${kind}-${(count += 1)}`, { x: 20, y: 20 });
  const { journey: pasted, label } = applyOperation(journey, { kind: 'pasteNodes', nodes: fresh.nodes, after: { nodeId: 'mail', port: 'next' } });
  expect(label).toEqual({ code: 'pasteNodes', count: 2, nodeKind: 'wait' });
  expect(findNode(pasted, 'mail')?.next).toEqual({ next: 'wait-1' });
  expect(findNode(pasted, 'wait-1')).toMatchObject({ next: { next: 'sendEmail-2' }, position: { x: 20, y: 220 } });
  expect(findNode(pasted, 'sendEmail-2')?.next).toEqual({ next: 'end' });
});

it('names the templates that are missing where it is pasted', () => {
  const copied = copyFragment(journey, ['mail'], { hello: 'Welcome mail' });
  expect(missingReferences(copied, { templates: new Map(), categories: new Set(['promotion']) })).toEqual(['Welcome mail']);
  expect(missingReferences(copied, { templates: new Map([['hello', 'email']]), categories: new Set(['promotion']) })).toEqual([]);
});

it('reads nothing from a clipboard that holds something else', () => {
  for (const text of ['', 'hello', '{"a":1}', '[]']) expect(readFragment(text)).toBeNull();
  expect(readFragment(JSON.stringify(journey))?.nodes).toHaveLength(3);
});
