import { describe, expect, it } from 'vitest';
import { parseJourney, validateJourney } from './validate.ts';

const draft = (nodes: unknown[], extra: Record<string, unknown> = {}) => {
  const parsed = parseJourney({
    formatVersion: 1, key: 'welcome', name: 'Welcome',
    entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'a' }, nodes, ...extra,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};
const codes = (journey: ReturnType<typeof draft>, references = {}) => validateJourney(journey, references).map(({ code, path }) => [code, path.join('.')]);
const mail = (id: string, next: Record<string, string | null> = {}) => ({ id, kind: 'sendEmail', settings: { templateKey: 'hello', category: 'promotion' }, next });
const wait = (id: string, next: Record<string, string | null> = {}) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next });

describe('validation', () => {
  it('finds nothing wrong with a journey that can run', () => {
    expect(codes(draft([mail('a', { next: 'b' }), wait('b', { next: null })]))).toEqual([]);
  });

  it('says what is wrong with the shape of a file, and where', () => {
    const parsed = parseJourney({ formatVersion: 1, key: 'Not A Key', name: '', entry: {}, nodes: [{ id: 'a', kind: 'teleport' }] });
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.map(({ path }) => path.join('.'))).toEqual(expect.arrayContaining(['key', 'name', 'entry.trigger', 'nodes.0.kind']));
  });

  it('names targets and ways out that are not there', () => {
    expect(codes(draft([mail('a', { next: 'gone', maybe: null })]))).toEqual([['node.unknownTarget', 'nodes.0.next.next'], ['node.unknownPort', 'nodes.0.next.maybe']]);
  });

  it('names nodes that nobody can reach', () => {
    expect(codes(draft([mail('a'), mail('b')]))).toEqual([['node.unreachable', 'nodes.1']]);
  });

  it('allows a loop only when it holds a wait (§4.4)', () => {
    expect(codes(draft([mail('a', { next: 'b' }), wait('b', { next: 'a' })]))).toEqual([]);
    expect(codes(draft([mail('a', { next: 'b' }), mail('b', { next: 'a' })]))).toEqual([['journey.cycleWithoutWait', 'nodes.0']]);
  });

  it('checks what the nodes refer to when it knows what there is', () => {
    const references = { templates: new Map([['hello', 'sms']]), categories: new Set(['information']) };
    expect(codes(draft([mail('a')]), references)).toEqual([['reference.templateChannel', 'nodes.0.settings.templateKey'], ['reference.category', 'nodes.0.settings.category']]);
  });

  it('refuses a split whose branches weigh nothing', () => {
    const split = { id: 'a', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 0 }, { key: 'b', weight: 0 }] }, next: {} };
    expect(codes(draft([split]))).toEqual([['split.noWeight', 'nodes.0.settings.branches']]);
  });
});
