/**
 * The kill drill: events arrive over HTTP while the worker, the web server, Postgres and Temporal are killed in turn, each started again by the stack
 * that keeps them, and two more versions are published to which everybody inside moves; then the clock jumps past every wait, all settles, and everything is counted.
 */
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';
import type { Say } from '#bin/demo/start-stack.ts';
import type { OwnStack } from '#bin/own-stack.ts';
import { postEvents } from '#bin/replay/post-events.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { replaceDraft } from '#engine/commands/change-journey.ts';
import { publishJourney } from '#engine/commands/publish-journey.ts';
import { readJump, startJump } from '#engine/jump-clock.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { openEngine, type OpenEngine } from '#temporal/open-engine.ts';
import { checkConservation, type Conservation } from '#tests/drills/conservation.ts';
import { drillPurchase, makeDrillBrand, type DrillBrand } from '#tests/drills/drill-brand.ts';
import { drillJourney } from '#tests/drills/drill-journey.ts';

export type DrillOptions = { stack: OwnStack; enrollments: number; kills: number; seed: number; say: Say };
export type DrillReport = Conservation & { accepted: number; kills: Record<string, number>; moved: number };

const VICTIMS = ['worker', 'web server', 'postgres', 'temporal'] as const;
const POSTERS = 4;
const SETTLE_PATIENCE_MS = 240_000;
const DAY_SECONDS = 86_400;

/** A small generator of numbers from 0 up to `below`, the same for the same seed. */
export function chanceOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Tries again while the database is away. */
async function retried<T>(what: string, work: () => Promise<T>, patienceMs = 60_000): Promise<T> {
  for (const until = Date.now() + patienceMs; ; await pause(250)) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw new Error(`${what} failed for ${patienceMs / 1_000} s: ${String(error)}`, { cause: error });
    }
  }
}

/** Posts every purchase once or more, spread over the time of the kills; answers the ids that were accepted, in any try. */
async function postAll({ stack, brand, spreadMs, chance }: { stack: OwnStack; brand: DrillBrand; spreadMs: number; chance: (below: number) => number }): Promise<string[]> {
  const door = { baseUrl: stack.addresses.baseUrl, apiKey: brand.apiKey };
  const waiting = brand.emails.map((email, index) => drillPurchase(index, email));
  const restMs = (spreadMs * POSTERS * 2) / Math.max(1, waiting.length);
  const accepted = new Set<string>();
  const again: unknown[] = [];
  await Promise.all(Array.from({ length: POSTERS }, async () => {
    while (waiting.length > 0) {
      const events = waiting.splice(0, 1 + chance(3));
      const { answers } = await postEvents(door, events);
      for (const { id, status, code } of answers) {
        if (id !== null && (status === 'accepted' || status === 'duplicate')) accepted.add(id);
        else throw new Error(`The event ${id} was ${status}: ${code}.`);
      }
      if (chance(10) === 0) again.push(...events);
      await pause(restMs);
    }
  }));
  if (again.length > 0) await postEvents(door, again);
  return [...accepted];
}

/** Kills one process after the other; each is only killed when it runs. Answers how often each was. */
async function killInTurn({ stack, kills, chance, say }: DrillOptions & { chance: (below: number) => number }): Promise<Record<string, number>> {
  const killed: Record<string, number> = {};
  let round: string[] = [];
  for (let done = 0; done < kills; ) {
    await pause(2_500 + chance(3_500));
    if (round.length === 0) round = [...VICTIMS];
    const [victim = 'worker'] = round.splice(chance(round.length), 1);
    const pid = await retried(`Finding the ${victim}`, async () => {
      const found = stack.pids()[victim];
      if (found === undefined) throw new Error('it does not run');
      return found;
    });
    process.kill(pid, 'SIGKILL');
    done += 1;
    killed[victim] = (killed[victim] ?? 0) + 1;
    say(`Killed the ${victim} (${done} of ${kills}).`);
  }
  return killed;
}

/** Publishes two more versions while processes are killed, each with everybody inside moving to it: one that waits a minute longer, then one as at first. */
async function publishMeanwhile(engine: OpenEngine, owner: postgres.Sql, { workspaceId, journeyId }: DrillBrand, spreadMs: number, say: Say): Promise<void> {
  for (const later of ['15:02', '15:01'] as const) {
    await pause(spreadMs / 3);
    const { number } = await retried('Publishing', () => runInWorkspace(engine, { workspaceId, actor: 'drill' }, async ({ command }) => {
      const [row] = await command.transaction<{ revision: number }[]>`select draft_revision as revision from journeys where id = ${journeyId}`;
      await replaceDraft(command, journeyId, Journey.parse(drillJourney(later)), row?.revision ?? 1);
      const published = await publishJourney(command, journeyId, { people: { mode: 'move', perNode: {}, gone: {} } });
      if (!published.ok) throw new Error(published.problems.map(({ message }) => message).join(' '));
      return published.value;
    }));
    const [inside] = await retried('Counting who is inside', () => owner<{ n: number }[]>`select count(*)::int as n from enrollments where workspace_id = ${workspaceId} and ended_at is null`);
    say(`Published version ${number}; ${inside?.n ?? 0} people inside move to it.`);
  }
}

/** People brought to another version, each time counted. */
async function countMoved(owner: postgres.Sql, workspaceId: string): Promise<number> {
  const [row] = await owner<{ n: number }[]>`select count(*)::int as n from traces where workspace_id = ${workspaceId} and kind = 'moved'`;
  return row?.n ?? 0;
}

async function settle(engine: OpenEngine, owner: postgres.Sql, { workspaceId }: DrillBrand): Promise<void> {
  const jump = await retried('Starting the jump', () => startJump(engine, workspaceId, { bySeconds: 2 * DAY_SECONDS }));
  const until = Date.now() + SETTLE_PATIENCE_MS;
  for (let isDone = false; !isDone; await pause(500)) {
    isDone = (await retried('Reading the jump', () => readJump(engine, jump)))?.state === 'done';
    if (Date.now() > until) break;
  }
  for (;;) {
    const [left] = await retried('Looking at what is left', () => owner<{ n: number }[]>`
      select ((select count(*) from heads where workspace_id = ${workspaceId} and pending_since is not null) + (select count(*) from outbox where workspace_id = ${workspaceId})
        + (select count(*) from enrollments where workspace_id = ${workspaceId} and ended_at is null) + (select count(*) from batches where workspace_id = ${workspaceId} and state = 'sending')
        + (select count(*) from http_requests where workspace_id = ${workspaceId} and state in ('queued', 'sending')))::int as n`);
    if (left?.n === 0 || Date.now() > until) return;
    await pause(500);
  }
}

/** Runs the drill over a stack that keeps its processes running. */
export async function runKillDrill(options: DrillOptions): Promise<DrillReport> {
  const { stack, enrollments, kills, seed, say } = options;
  const { databaseUrl, temporalAddress, baseUrl, vendorServerUrl } = stack.addresses;
  const engine = openEngine({ databaseUrl, temporalAddress, temporalNamespace: 'default', publicUrl: baseUrl, secret: stack.secret(), maximumConnections: 2 });
  const owner = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const spreadMs = kills * 4_250;
    const brand = await makeDrillBrand({ engine, owner, people: enrollments, leadSeconds: Math.min(60, Math.ceil(spreadMs / 2_000)), baseUrl, vendorServerUrl });
    say(`${enrollments} people are ready; events are posted and processes are killed.`);
    const [accepted, killed] = await Promise.all([postAll({ stack, brand, spreadMs, chance: chanceOf(seed + 1) }), killInTurn({ ...options, chance: chanceOf(seed) }), publishMeanwhile(engine, owner, brand, spreadMs, say)]);
    say(`${accepted.length} events are accepted; the clock jumps past every wait.`);
    await settle(engine, owner, brand);
    const conservation = await retried('Counting', () => checkConservation(owner, brand, accepted));
    return { ...conservation, accepted: accepted.length, kills: killed, moved: await retried('Counting moves', () => countMoved(owner, brand.workspaceId)) };
  } finally {
    await Promise.allSettled([engine.close(), owner.end({ timeout: 5 })]);
  }
}
