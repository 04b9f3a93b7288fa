import { expect, it } from 'vitest';
import type { NodeFigures } from './journey-api.ts';
import { passedBy, passedOn, passedThrough } from './passed-by.ts';

const node = (nodeId: string, passed: Record<string, number>): NodeFigures => ({ nodeId, waiting: 0, passed, capped: 0, stopped: 0, failedHere: 0, wait: null, failed: [], messages: [] });
const counted = { entered: 9, endings: [], refusedEntries: [] };
const figures = { ...counted, inside: 3, versions: [], nodes: { entry: node('entry', { '': 9 }), ask: node('ask', { yes: 4, no: 2 }) }, today: { ...counted, since: '2026-03-12T00:00:00Z', passed: { entry: { '': 2 }, ask: { no: 1 } } } };

it('counts who took each way out, since the beginning or on the day (§12.2)', () => {
  expect(passedOn({ figures, span: 'all' }, 'ask', 'yes')).toBe(4);
  expect(passedOn({ figures, span: 'day' }, 'ask', 'yes')).toBe(0);
  expect(passedBy({ figures, span: 'day' }, 'ask')).toEqual({ no: 1 });
  expect(passedThrough({ figures, span: 'all' }, 'ask')).toBe(6);
});

it('counts an entry on the one way that leads from it', () => {
  expect(passedOn({ figures, span: 'all' }, 'entry', 'next')).toBe(9);
  expect(passedOn({ figures, span: 'day' }, 'entry', 'next')).toBe(2);
});

it('counts nobody at a step that is new, and nothing before the journey is live', () => {
  expect(passedThrough({ figures, span: 'all' }, 'new')).toBe(0);
  expect(passedBy({ figures, span: 'day' }, 'new')).toBe(passedBy({ figures, span: 'all' }, 'new'));
  expect(passedOn({ figures: null, span: 'all' }, 'ask', 'yes')).toBeNull();
});
