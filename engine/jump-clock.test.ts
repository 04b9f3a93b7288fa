/** Jumps of the test clock over rows made by hand; waking, dispatching and calling back are done by small stand-ins. */
import postgres from 'postgres';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace, openDatabase, type Database } from '#db/connection.ts';
import { DAY_MS, formatInstant, HOUR_MS, type Instant, MINUTE_MS } from '#domain/shared/time.ts';
import type { Engine, SleepingCohort } from '#engine/engine.ts';
import { awaitJump, readJump, startJump } from '#engine/jump-clock.ts';
import { jumpClock, runJump } from '#engine/run-jump.ts';
import { readSandbox, settleSandbox } from '#engine/settle-clock.ts';
import { freezeClock, readClock, startClock, unfreezeClock } from '#engine/workspace-clock.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';

const START: Instant = Date.UTC(2026, 7, 1, 8);

let made: TestDatabase;
let owner: postgres.Sql;
let database: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  owner = postgres(made.url, { max: 1, onnotice: () => {} });
  database = openDatabase(made.url, { maximumConnections: 4 });
});
afterAll(async () => {
  await database.end();
  await owner.end();
  await made.drop();
});

type Sandbox = { workspaceId: string; journeyId: string; versionId: string };

async function makeSandbox(kind: 'live' | 'sandbox' = 'sandbox', startsAt: Instant | null = START): Promise<Sandbox> {
  const [workspaceId, journeyId, versionId] = [uuidv7(), uuidv7(), uuidv7()];
  await owner`insert into workspaces (id, brand, name, slug, kind, currency, currency_exponent, time_zone, country, language)
    values (${workspaceId}, 'Lutin', 'Lutin', ${workspaceId}, ${kind}, 'EUR', 2, 'Europe/Paris', 'FR', 'fr')`;
  if (startsAt !== null) await inWorkspace(database, workspaceId, (transaction) => startClock(transaction, workspaceId, startsAt, { stands: true }));
  await owner`insert into journeys (id, workspace_id, key, name, status, draft, created_at, updated_at) values (${journeyId}, ${workspaceId}, 'welcome', 'Welcome', 'live', '{}', now(), now())`;
  await owner`insert into journey_versions (id, workspace_id, journey_id, number, definition, published_at, published_by) values (${versionId}, ${workspaceId}, ${journeyId}, 4, '{}', now(), 'test')`;
  return { workspaceId, journeyId, versionId };
}

/** Someone who sleeps until `wakeAt`, alone in a cohort. */
async function sleeper({ workspaceId, journeyId, versionId }: Sandbox, wakeAt: Instant): Promise<string> {
  const [customerId, cohortId, wake] = [uuidv7(), uuidv7(), formatInstant(wakeAt)];
  await owner`insert into customers (id, workspace_id, created_at) values (${customerId}, ${workspaceId}, now())`;
  await owner`insert into cohorts (id, workspace_id, version_id, wake_at, size) values (${cohortId}, ${workspaceId}, ${versionId}, ${wake}, 1)`;
  await owner`insert into enrollments (id, workspace_id, journey_id, version_id, customer_id, entry_key, state, burst, node_id, wake_at, cohort_id, entered_at)
    values (${uuidv7()}, ${workspaceId}, ${journeyId}, ${versionId}, ${customerId}, 'once', '{}', 1, 'wait', ${wake}, ${cohortId}, now())`;
  return cohortId;
}

/** An engine whose alarm clock ends whoever is due at once, and remembers when. */
function engineOf(wake?: (cohort: SleepingCohort) => Promise<void>): { engine: Engine; woken: { cohortId: string; at: Instant }[]; armed: SleepingCohort[] } {
  const woken: { cohortId: string; at: Instant }[] = [];
  const armed: SleepingCohort[] = [];
  const endDue = async (cohort: SleepingCohort): Promise<void> => {
    const rows = await owner<{ at: Date }[]>`update enrollments set ended_at = workspace_now(workspace_id) where cohort_id = ${cohort.cohortId} and ended_at is null and wake_at <= workspace_now(workspace_id) returning ended_at as at`;
    for (const row of rows) woken.push({ cohortId: cohort.cohortId, at: row.at.getTime() });
  };
  const engine: Engine = {
    database,
    timer: {
      async arm(cohorts) {
        armed.push(...cohorts);
        for (const cohort of cohorts) if (cohort.delayMs < 1_000) await (wake ?? endDue)(cohort);
        return cohorts.map((cohort) => cohort.cohortId);
      },
      armAlarms: () => Promise.resolve([]),
      armImports: () => Promise.resolve([]),
    },
    hintRouters: () => {},
    publicUrl: 'http://127.0.0.1',
    secret: 'x'.repeat(32),
    vendorAccounts: {},
  };
  return { engine, woken, armed };
}

describe('a jump of the test clock', () => {
  it('wakes everyone at their moment, in order, and leaves the clock standing at the target when asked (§12.7)', async () => {
    const sandbox = await makeSandbox();
    const late = await sleeper(sandbox, START + 3 * DAY_MS);
    const soon = await sleeper(sandbox, START + HOUR_MS);
    const never = await sleeper(sandbox, START + 30 * DAY_MS);
    const { engine, woken } = engineOf();
    const done = await jumpClock(engine, sandbox.workspaceId, { bySeconds: 10 * 86_400, freeze: true });
    expect(done).toMatchObject({ state: 'done', startedFrom: START, reachedAt: START + 10 * DAY_MS, steps: 3, stuckOn: [] });
    expect(woken).toEqual([{ cohortId: soon, at: START + HOUR_MS }, { cohortId: late, at: START + 3 * DAY_MS }]);
    expect(woken.map((each) => each.cohortId)).not.toContain(never);
    expect(await readClock(database, sandbox.workspaceId)).toMatchObject({ now: START + 10 * DAY_MS, standsAt: START + 10 * DAY_MS });
  });

  it('flows on from the target and arms who still sleeps anew, replacing what sleeps for too long', async () => {
    const sandbox = await makeSandbox();
    const cohortId = await sleeper(sandbox, START + 3 * DAY_MS);
    const { engine, armed } = engineOf();
    await jumpClock(engine, sandbox.workspaceId, { to: START + DAY_MS });
    const clock = await readClock(database, sandbox.workspaceId);
    expect(clock.standsAt).toBeNull();
    expect(clock.now - (START + DAY_MS)).toBeLessThan(5_000);
    expect(armed).toEqual([expect.objectContaining({ cohortId, replaces: true, journeyName: 'Welcome', versionNumber: 4 })]);
    expect(armed[0]?.delayMs).toBeGreaterThan(2 * DAY_MS - 5_000);
    const [cohort] = await owner<{ armed_at: Date | null }[]>`select armed_at from cohorts where id = ${cohortId}`;
    expect(cohort?.armed_at).not.toBeNull();
  });

  it('goes on when a step is stuck, and names what is stuck', async () => {
    const sandbox = await makeSandbox();
    await sleeper(sandbox, START + HOUR_MS);
    await sleeper(sandbox, START + 2 * HOUR_MS);
    const { engine } = engineOf(async () => {});
    const done = await jumpClock(engine, sandbox.workspaceId, { to: START + 2 * HOUR_MS, freeze: true }, { patienceMs: 50 });
    expect(done.stuckOn).toEqual([{ at: formatInstant(START + HOUR_MS), what: ['waking'] }, { at: formatInstant(START + 2 * HOUR_MS), what: ['waking'] }]);
  });

  it('is patient as long as something moves, however long it takes', async () => {
    const sandbox = await makeSandbox();
    await sleeper(sandbox, START + DAY_MS);
    const [rounds, patienceMs] = [30, 1_000];
    await owner`insert into heads (customer_id, workspace_id, last_event_no, last_routed_no, pending_since) select id, workspace_id, ${rounds}, 0, now() from customers where workspace_id = ${sandbox.workspaceId}`;
    // Hinted every 50 ms at most, this router takes one event each time: 1.5 s at least.
    const routeOne = async (): Promise<void> => void (await owner`
      update heads set last_routed_no = last_routed_no + 1, pending_since = case when last_routed_no + 1 < last_event_no then pending_since end where workspace_id = ${sandbox.workspaceId} and pending_since is not null`);
    const { engine } = engineOf();
    const look = await inWorkspace(database, sandbox.workspaceId, (transaction) => readSandbox(transaction, sandbox.workspaceId));
    expect(look.unsettled).toEqual(['routing']);
    const hands = { engine, workspaceId: sandbox.workspaceId, hint: () => void routeOne(), runCallbacks: async () => {}, stillMine: async () => {} };
    expect(await settleSandbox(hands, look, () => patienceMs)).toMatchObject({ unsettled: [] });
  });

  it('goes on where it stood when its runner was killed', async () => {
    const sandbox = await makeSandbox();
    const soon = await sleeper(sandbox, START + HOUR_MS);
    const late = await sleeper(sandbox, START + 2 * HOUR_MS);
    const killed = engineOf(async (cohort) => {
      if (cohort.cohortId === late) throw new Error('killed');
      await owner`update enrollments set ended_at = workspace_now(workspace_id) where cohort_id = ${cohort.cohortId}`;
    });
    const jump = await startJump(killed.engine, sandbox.workspaceId, { to: START + DAY_MS, freeze: true });
    await expect(runJump(killed.engine, jump)).rejects.toThrow('killed');
    const { engine, woken } = engineOf();
    expect(await runJump(engine, jump)).toMatchObject({ state: 'running', reachedAt: START + 2 * HOUR_MS });
    await owner`update clock_jumps set lease_until = now() - interval '1 second'`;
    expect((await owner<{ id: string }[]>`select workspaces_with_work('jump') as id`).map((row) => row.id)).toContain(sandbox.workspaceId);
    expect(await runJump(engine, jump)).toMatchObject({ state: 'done', reachedAt: START + DAY_MS });
    expect(woken).toEqual([{ cohortId: late, at: START + 2 * HOUR_MS }]);
    expect(soon).not.toBe(late);
  });

  it('lets shops ring up on the hour beside it, in order with what the sandbox has planned', async () => {
    const sandbox = await makeSandbox();
    await sleeper(sandbox, START + 90 * MINUTE_MS);
    const { engine, woken } = engineOf();
    const seen: Instant[] = [];
    const happen = async (at: Instant): Promise<void> => {
      seen.push(at);
      expect(await readClock(database, sandbox.workspaceId)).toMatchObject({ now: at });
      if (at === START + HOUR_MS) await sleeper(sandbox, START + HOUR_MS);
    };
    await jumpClock(engine, sandbox.workspaceId, { to: START + 3 * HOUR_MS, freeze: true }, { alongside: { nextAt: (after) => Math.floor(after / HOUR_MS + 1) * HOUR_MS, happen } });
    expect(seen).toEqual([1, 2, 3].map((hours) => START + hours * HOUR_MS));
    expect(woken.map(({ at }) => at)).toEqual([START + HOUR_MS, START + 90 * MINUTE_MS]);
  });

  it('is refused in a live workspace, backwards, and beside another', async () => {
    const { engine } = engineOf();
    const live = await makeSandbox('live', null);
    await expect(startJump(engine, live.workspaceId, { bySeconds: 60 })).rejects.toMatchObject({ code: 'clock.live_workspace' });
    const sandbox = await makeSandbox();
    await expect(startJump(engine, sandbox.workspaceId, { to: START - 1 })).rejects.toMatchObject({ code: 'clock.only_forward' });
    const jump = await startJump(engine, sandbox.workspaceId, { bySeconds: 60 });
    await expect(startJump(engine, sandbox.workspaceId, { bySeconds: 60 })).rejects.toMatchObject({ code: 'clock.jump_running' });
    expect(await awaitJump(engine, jump, 0)).toMatchObject({ state: 'running', targetAt: START + MINUTE_MS });
    expect(await readJump(engine, { ...jump, workspaceId: live.workspaceId })).toBeNull();
  });
});

describe('the clock of a sandbox', () => {
  it('stands and flows on, and is not set back once it is used', async () => {
    const { workspaceId } = await makeSandbox();
    const { engine } = engineOf();
    await unfreezeClock(engine, workspaceId);
    const flowing = await readClock(database, workspaceId);
    expect(flowing.standsAt).toBeNull();
    expect(flowing.now).toBeGreaterThanOrEqual(START);
    await freezeClock(engine, workspaceId);
    const standing = await readClock(database, workspaceId);
    expect(standing.now).toBe(standing.standsAt);
    await expect(inWorkspace(database, workspaceId, (transaction) => startClock(transaction, workspaceId, START, { stands: true }))).rejects.toMatchObject({ code: 'clock.only_forward' });
  });

  it('costs a few milliseconds a step where little happens', async () => {
    const sandbox = await makeSandbox();
    const { engine } = engineOf();
    const since = performance.now();
    const done = await jumpClock(engine, sandbox.workspaceId, { to: START + 20 * DAY_MS, freeze: true }, { alongside: { nextAt: (after) => Math.floor(after / HOUR_MS + 1) * HOUR_MS, happen: async () => {} } });
    expect(done.steps).toBe(480);
    expect((performance.now() - since) / done.steps).toBeLessThan(50);
  });
});
