import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const side = (kind: 'removed' | 'added', before: string, after: string): string => diffLines(before, after).filter((line) => line.kind === 'same' || line.kind === kind).map(({ text }) => text).join('\n');

it('keeps what both have, and says what goes before what comes', () => {
  expect(diffLines('a\nb\nc', 'a\nx\nc')).toEqual([{ kind: 'same', text: 'a' }, { kind: 'removed', text: 'b' }, { kind: 'added', text: 'x' }, { kind: 'same', text: 'c' }]);
  expect(diffLines('', 'a')).toEqual([{ kind: 'added', text: 'a' }]);
});

it('holds both texts whole, whatever they are', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 12 }).map((lines) => lines.join('\n'));
  fc.assert(fc.property(text, text, (before, after) => {
    expect(side('removed', before, after)).toBe(before);
    expect(side('added', before, after)).toBe(after);
    expect(diffLines(before, before).every(({ kind }) => kind === 'same')).toBe(true);
  }));
});
