import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { keepLoop } from '#temporal/keep-loop.ts';

const FOREVER = 1_000_000;
const log = pino({ level: 'silent' });

describe('a loop', () => {
  it('goes on at once while there is more, rests when there is none, and is woken by a hint', async () => {
    const work = [3, 2, 0, 1, 0];
    const done: number[] = [];
    let rests = (): void => {};
    const rested = (): Promise<void> => new Promise((resolve) => (rests = resolve));
    const first = rested();
    const loop = keepLoop({
      name: 'test', everyMs: FOREVER, log,
      run: async () => {
        const count = work.shift() ?? 0;
        done.push(count);
        if (count === 0) rests();
        return count;
      },
    });
    await first;
    expect(done).toEqual([3, 2, 0]);
    const second = rested();
    loop.wake();
    await second;
    expect(done).toEqual([3, 2, 0, 1, 0]);
    await loop.stop();
  });

  it('survives a run that fails, and says so once', async () => {
    const lines: string[] = [];
    let runs = 0;
    let third = (): void => {};
    const happened = new Promise<void>((resolve) => (third = resolve));
    const loop = keepLoop({
      name: 'test', everyMs: 1, log: pino({}, { write: (line: string) => void lines.push(line) }),
      run: async () => {
        runs += 1;
        if (runs === 4) third();
        if (runs < 3) throw new Error('connection refused');
        return 0;
      },
    });
    await happened;
    await loop.stop();
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['the loop fails; it goes on trying', 'the loop works again']);
  });
});
