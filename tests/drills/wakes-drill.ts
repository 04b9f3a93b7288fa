/** The wakes drill: people who came in one by one and all wait until ten o'clock, on a clock that flows: how many workflows sleep for them, and when the last is written. */
import { setTimeout as pause } from 'node:timers/promises';
import { ingestEvents } from '#engine/ingest-events.ts';
import { unfreezeClock } from '#engine/workspace-clock.ts';
import { MAIL, visited } from '#tests/bench/bench-routing.ts';
import { addBenchPeople, makeBenchWorkspace, measureRate, openBenchStack, visitOf } from '#tests/bench/bench-stack.ts';
import { publishJourney } from '#tests/harness/builders.ts';

export type WakesReport = { people: number; workflows: number; lastAfterMs: number; messages: number };

const TEN_O_CLOCK = Date.UTC(2026, 5, 16, 8);
const LEAD_MS = 8_000;
const PATIENCE_MS = 120_000;

export async function runWakesDrill({ people, say }: { people: number; say: (line: string) => void }): Promise<WakesReport> {
  const stack = await openBenchStack();
  const { engine, owner } = stack;
  const worker = stack.work();
  try {
    const workspaceId = await makeBenchWorkspace(stack, 'wakes', TEN_O_CLOCK - 3_600_000);
    await publishJourney(owner, workspaceId, { key: 'wakes', entry: visited('wait'), nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '10:00' }, next: { next: 'mail' } }, MAIL] });
    const ids = await addBenchPeople(stack, workspaceId, people);
    const perSecond = await measureRate(ids.map((id) => () => ingestEvents(engine, workspaceId, [visitOf(id, `${id}@bench.test`)])), 1, 8);
    const count = async (query: () => Promise<{ n: number }[]>): Promise<number> => (await query())[0]?.n ?? 0;
    const end = performance.now() + PATIENCE_MS;
    const until = async (reached: () => Promise<boolean>): Promise<void> => {
      while (!(await reached()) && performance.now() < end) await pause(20);
    };
    await until(async () => (await count(() => owner`select count(*)::int as n from enrollments where workspace_id = ${workspaceId} and wake_at is not null`)) === people);
    say(`${people} people came in one by one, ${Math.round(perSecond)} a second, and wait.`);
    await owner`update clocks set stands_at = ${new Date(TEN_O_CLOCK - LEAD_MS).toISOString()}::text::timestamptz where workspace_id = ${workspaceId}`;
    const dueAt = Date.now() + LEAD_MS;
    await unfreezeClock(engine, workspaceId);
    const written = (): Promise<number> => count(() => owner`select count(*)::int as n from messages where workspace_id = ${workspaceId}`);
    await until(async () => (await written()) === people);
    const lastAfterMs = Date.now() - dueAt;
    const workflows = await count(() => owner`select count(*)::int as n from cohorts where workspace_id = ${workspaceId} and armed_at is not null`);
    return { people, workflows, lastAfterMs, messages: await written() };
  } finally {
    await worker.stop();
    await stack.close();
  }
}
