/** Postgres is the truth, Temporal the alarm clock: whatever happens to the clock or to the workers, everyone wakes at their moment, once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findFreePort } from '#bin/free-port.ts';
import { jumpClock } from '#engine/run-jump.ts';
import { startTemporal } from '#temporal/server.ts';
import { openSleepingBrand, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';

const NINE = Date.UTC(2026, 10, 24, 8);
const untilNine = { id: 'wait', kind: 'wait' as const, settings: { mode: 'untilTimeOfDay' as const, timeOfDay: '09:00' }, next: { next: 'mail' } };
const mail = { id: 'mail', kind: 'sendEmail' as const, settings: { templateKey: 'welcome', category: 'information', whenCapped: { kind: 'skip' as const } }, next: {} };

let brand: SleepingBrand;
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await brand.close();
  for (const step of undo.splice(0)) await step();
});

const count = async (where: string): Promise<number> => (await brand.owner.unsafe<{ n: number }[]>(`select count(*)::int as n from ${where}`))[0]?.n ?? 0;
const asleep = (people: number): Promise<unknown> => until(`${people} people sleep`, async () =>
  (await count('enrollments where ended_at is null and wake_at is not null')) === people && (await count('cohorts where armed_at is null')) === 0);

/** Each person was woken once: one message each, none before the moment, all within so long after it. */
async function expectEveryoneWokenOnce(people: string[], withinMs: number): Promise<void> {
  await until('everyone has ended', async () => (await count('enrollments where ended_at is not null')) === people.length, 60_000);
  const messages = await brand.owner<{ customer_id: string; planned_at: Date }[]>`select customer_id, planned_at from messages`;
  expect(messages.map((message) => message.customer_id).sort()).toEqual([...people].sort());
  for (const message of messages) {
    expect(message.planned_at.getTime()).toBeGreaterThanOrEqual(NINE);
    expect(message.planned_at.getTime()).toBeLessThan(NINE + withinMs);
  }
}

describe('when Temporal loses everything', () => {
  it('wakes all 200 people who wait at their moment, once, after its database was deleted and it was started again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parcours-wipe-'));
    const port = await findFreePort();
    const start = () => startTemporal({ port, dbFile: join(folder, 'temporal.db') });
    let server = await start();
    undo.push(() => server.stop(), () => rm(folder, { recursive: true, force: true }));
    brand = await openSleepingBrand({ startsAt: NINE - 25_000, address: server.address });
    await brand.publish({ nodes: [untilNine, mail] });
    brand.work();
    const people = await brand.addPeople(200);
    await brand.happen('joined', people);
    await asleep(200);
    await server.stop();
    for (const suffix of ['', '-wal', '-shm']) await rm(join(folder, `temporal.db${suffix}`), { force: true });
    server = await start();
    await until('every cohort is armed on the new cluster', async () => (await brand.histories()).length === (await count('cohorts')));
    await expectEveryoneWokenOnce(people, 3_000);
  });

  it('keeps routing while it is away, and sleeps for those who came in meanwhile once it is back', async () => {
    const port = await findFreePort();
    brand = await openSleepingBrand({ startsAt: NINE - 15_000, address: `127.0.0.1:${port}` });
    await brand.publish({ nodes: [untilNine, mail] });
    brand.work();
    const people = await brand.addPeople(20);
    await brand.happen('joined', people);
    await until('everyone is routed', async () => (await count('enrollments where wake_at is not null')) === 20);
    const server = await startTemporal({ port });
    undo.push(() => server.stop());
    await expectEveryoneWokenOnce(people, 3_000);
  });
});

describe('two workers at once', () => {
  it('change nothing: everyone is woken once, the order of each one\'s events kept (§1.8)', async () => {
    brand = await openSleepingBrand({ startsAt: NINE - 3_600_000, stands: true });
    await brand.publish({ nodes: [untilNine, mail], exits: [{ on: 'event', event: { type: 'left' } }] });
    brand.work();
    brand.work({ maxCachedWorkflows: 0 });
    const people = await brand.addPeople(300);
    await brand.happen('joined', people);
    const leavers = people.slice(0, 50);
    await brand.happen('left', leavers);
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE + 60_000, freeze: true });
    expect(await count("enrollments where ending = 'completed'")).toBe(250);
    const messages = await brand.owner<{ customer_id: string }[]>`select customer_id from messages`;
    expect(messages.map((message) => message.customer_id).sort()).toEqual(people.slice(50).sort());
    expect(await count('heads where last_routed_no <> last_event_no')).toBe(0);
  });

  it('leave a jump that one was killed in to the other', async () => {
    brand = await openSleepingBrand({ startsAt: NINE - 3_600_000, stands: true });
    await brand.publish({ nodes: [untilNine, mail] });
    const first = brand.work();
    const people = await brand.addPeople(10);
    await brand.happen('joined', people);
    await until('everyone is routed', async () => (await count('enrollments where wake_at is not null')) === 10);
    await first.stop();
    const killed = new AbortController();
    killed.abort();
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE + 60_000, freeze: true }, { signal: killed.signal });
    await brand.owner`update clock_jumps set lease_until = now()`;
    brand.work();
    await until('the jump is done', async () => (await count("clock_jumps where state = 'done'")) === 1);
    await expectEveryoneWokenOnce(people, 1);
  });
});
