import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WedgeReader } from '#components/till/wedge.ts';

const type = (reader: WedgeReader, text: string, gapMs: number, from = 1_000) => [...text, 'Enter'].map((key, index) => reader.read(key, from + index * gapMs)).at(-1);

it('reads what comes faster than hands and ends with Enter as one scan', () => {
  expect(type(new WedgeReader(), '2701000001', 5)).toEqual({ scanned: '2701000001' });
  expect(type(new WedgeReader(), '06 39 98 71 23', 30)).toEqual({ scanned: '06 39 98 71 23' });
});

it('leaves what a person types alone, however long', () => {
  expect(type(new WedgeReader(), '2701000001', 90)).toBe('waiting');
});

it('keeps a code whole when the browser was busy for a moment, wherever that was', () => {
  for (let at = 1; at < 10; at += 1) {
    const reader = new WedgeReader();
    const read = [...'2701000001', 'Enter'].map((key, index) => reader.read(key, 1_000 + index * 6 + (index >= at ? 200 : 0))).at(-1);
    expect({ at, read }).toEqual({ at, read: { scanned: '2701000001' } });
  }
});

it('begins anew after a pause, so that what was typed before a scan is no part of it', () => {
  const reader = new WedgeReader();
  for (const [index, key] of [...'12,5'].entries()) reader.read(key, index * 120);
  expect(type(reader, 'K7QF2M9X', 8, 2_000)).toEqual({ scanned: 'K7QF2M9X' });
});

it('takes no shift for a letter, and no few quick keys for a scan', () => {
  const reader = new WedgeReader();
  const keys = [...'ABCDEF'].flatMap((letter) => ['Shift', letter]);
  expect([...keys, 'Enter'].map((key, index) => reader.read(key, 1_000 + index * 4)).at(-1)).toEqual({ scanned: 'ABCDEF' });
  expect(type(new WedgeReader(), '12,50', 5)).toBe('waiting');
});

it('finds every scan whole, whatever a person typed before it', () => {
  const letters = fc.stringMatching(/^[0-9A-Za-z@.+-]{6,40}$/);
  fc.assert(fc.property(letters, fc.string({ maxLength: 10 }), fc.integer({ min: 1, max: 45 }), fc.integer({ min: 301, max: 2_000 }), (scan, typed, gap, pause) => {
    const reader = new WedgeReader();
    let at = 1_000;
    for (const key of typed) reader.read(key, (at += 100));
    expect(type(reader, scan, gap, at + pause)).toEqual({ scanned: scan });
  }));
});
