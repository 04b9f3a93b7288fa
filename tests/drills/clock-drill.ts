/** The clock drill: ninety days of so many people, jumped over at once, day by day, and simulated; the three must leave the same. */
import { openBenchStack } from '#tests/bench/bench-stack.ts';
import { DAYS, ninetyDays } from '#tests/differential/ninety-days.ts';
import { openSandboxes } from '#tests/differential/open-sandboxes.ts';
import { forgetSandbox, runProduction } from '#tests/differential/run-production.ts';
import { runSimulation } from '#tests/differential/run-simulation.ts';
import { differenceOf } from '#tests/differential/told-history.ts';

const SHOWN = 20;

/** Answers whether all three told the same, with the seconds that each took. */
export async function runClockDrill({ people, say }: { people: number; say: (line: string) => void }): Promise<{ same: boolean; people: number; messages: number; onceSeconds: number; dailySeconds: number; simulatedSeconds: number }> {
  const stack = await openBenchStack();
  const sandboxes = await openSandboxes({ databaseUrl: stack.options.databaseUrl, temporalAddress: stack.options.temporalAddress, taskQueue: 'clock' });
  const timed = async <T>(work: () => T | Promise<T>): Promise<[T, number]> => {
    const since = performance.now();
    const done = await work();
    return [done, Math.round(performance.now() - since) / 1_000];
  };
  try {
    const season = ninetyDays(people);
    const [once, onceSeconds] = await timed(() => runProduction(sandboxes, season));
    say(`One jump: ${onceSeconds} s.`);
    await forgetSandbox(sandboxes, once.workspaceId);
    const [daily, dailySeconds] = await timed(() => runProduction(sandboxes, season, DAYS));
    say(`${DAYS} jumps: ${dailySeconds} s.`);
    const [simulated, simulatedSeconds] = await timed(() => runSimulation(season));
    const differences = [differenceOf(once.told, daily.told), differenceOf(simulated.told, once.told)];
    for (const difference of differences) for (const line of [...(difference?.onlySimulated ?? []), ...(difference?.onlyProduced ?? [])].slice(0, SHOWN)) say(`Differs: ${line}`);
    for (const stuck of [...once.stuckOn, ...daily.stuckOn]) say(`Stuck: ${JSON.stringify(stuck)}`);
    const same = differences.every((difference) => difference === null) && once.stuckOn.length + daily.stuckOn.length === 0;
    return { same, people, messages: once.told.messages.length, onceSeconds, dailySeconds, simulatedSeconds };
  } finally {
    await sandboxes.close();
    await stack.close();
  }
}
