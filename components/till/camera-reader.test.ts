import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const digest = (path: string): string => createHash('sha256').update(readFileSync(`${root}${path}`)).digest('hex');

it('serves the reader of codes that the installed package speaks to, and no other', () => {
  expect(digest('public/till-reader.wasm')).toBe(digest('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
});
