/** One of the worker's loops: does its work, does it again at once while there is more, and otherwise rests until it is woken or its time has come. */
import type { Logger } from 'pino';
import { tell, timed } from '#engine/measured.ts';

/** `run` answers how much was done. `wake` ends the rest now; `stop` waits for the run in progress. */
export type LoopOptions = { name: string; everyMs: number; log: Logger; run: () => Promise<number> };
export type Loop = { wake: () => void; stop: () => Promise<void> };

/** Starts the loop. A run that fails is tried again after the rest, with one line when failing begins and one when it ends. */
export function keepLoop({ name, everyMs, log, run }: LoopOptions): Loop {
  let stopped = false;
  let woken = false;
  let endRest = (): void => {};
  let fails = false;
  const rest = (): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, everyMs);
    endRest = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  const tryRun = async (): Promise<number> => {
    try {
      const done = await timed(run, (seconds, { ok }) => tell('loop', { name, seconds, failed: !ok }));
      if (fails) log.info({ loop: name }, 'the loop works again');
      fails = false;
      return done;
    } catch (error) {
      if (!fails) log.error({ loop: name, reason: reasonOf(error) }, 'the loop fails; it goes on trying');
      fails = true;
      return 0;
    }
  };
  const turn = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      const done = await tryRun();
      if (!stopped && !woken && done === 0) await rest();
    }
  };
  const ended = turn();
  return {
    wake() {
      woken = true;
      endRest();
    },
    async stop() {
      stopped = true;
      endRest();
      await ended;
    },
  };
}

/** Why something failed, in words that hold no personal data: Postgres's `detail`, which quotes rows, is left out. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
