/** A jump is a row (§12.7): whoever runs it may be killed at any instant, and another process goes on where it was. */
import { afterEach, expect, it } from 'vitest';
import { readJump, startJump } from '#engine/jump-clock.ts';
import { openSleepingBrand, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';
import { openWorkerProcesses } from '#tests/integration/worker-processes.ts';

const STARTS_AT = Date.UTC(2026, 5, 1, 8);
const HOUR_MS = 3_600_000;
const DAYS = 30;
const KILLED_AFTER_DAYS = 6;
const PEOPLE = 20;

let brand: SleepingBrand;
const workers = openWorkerProcesses();
afterEach(async () => {
  workers.killAll();
  await brand.close();
});

const each = (id: string, hours: number) => ({ id, kind: 'wait' as const, settings: { mode: 'duration' as const, duration: { amount: hours, unit: 'hours' as const } }, next: { next: id } });

it('§12.7 a jump of thirty days whose process is killed with SIGKILL goes on where it was: every wake once, each at its moment', { timeout: 180_000 }, async () => {
  brand = await openSleepingBrand({ startsAt: STARTS_AT, stands: true });
  await brand.publish({ nodes: [
    { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }] }, next: { a: 'daily', b: 'slowly' } }, each('daily', 24), each('slowly', 36),
  ] });
  await brand.happen('joined', await brand.addPeople(PEOPLE));
  const jump = await startJump(brand.engine, brand.workspaceId, { bySeconds: DAYS * 86_400, freeze: true });
  const progress = async () => (await readJump(brand.engine, jump))!;

  const first = workers.start(brand);
  await until('the jump is on its way', async () => (await progress()).reachedAt > STARTS_AT + KILLED_AFTER_DAYS * 24 * HOUR_MS, 60_000);
  await workers.kill(first);
  const left = await progress();
  expect(left.state).toBe('running');
  expect(left.reachedAt).toBeLessThan(left.targetAt);

  // The lease of a process that is gone runs out by itself; here it does at once.
  await brand.owner`update clock_jumps set lease_until = clock_timestamp()`;
  workers.start(brand);
  const done = await until('another process has finished it', async () => {
    const now = await progress();
    expect(now.reachedAt).toBeGreaterThanOrEqual(left.reachedAt);
    return now.state === 'done' && now;
  }, 120_000);
  expect(done.stuckOn).toEqual([]);

  const passes = await brand.owner<{ node_id: string; visit: number; at: Date; enrollment_id: string }[]>`
    select node_id, visit, at, enrollment_id from traces where kind = 'passed' and node_id <> 'split' order by enrollment_id, visit`;
  const [{ people }] = await brand.owner<[{ people: number }]>`select count(distinct enrollment_id)::int as people from traces where kind = 'entered'`;
  expect(people).toBe(PEOPLE);
  const hours = { daily: 24, slowly: 36 } as const;
  const nodes = new Map(passes.map(({ enrollment_id: id, node_id: nodeId }) => [id, nodeId === 'daily' ? 'daily' as const : 'slowly' as const]));
  expect(nodes.size).toBe(PEOPLE);
  for (const [id, nodeId] of nodes) {
    const mine = passes.filter((pass) => pass.enrollment_id === id);
    expect(mine.map(({ visit, at }) => [visit, at.getTime()])).toEqual(Array.from({ length: (DAYS * 24) / hours[nodeId] }, (_, index) => [index + 1, STARTS_AT + (index + 1) * hours[nodeId] * HOUR_MS]));
  }
});
