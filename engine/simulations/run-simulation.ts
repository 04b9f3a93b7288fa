/**
 * Runs a simulation that was asked for: claims it under a lease, reads its input once, lives it through in memory a few milliseconds at a
 * time, and writes the summary. Killed in between it has written nothing but its progress, and whoever finds the lease run out begins anew.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { JSONValue } from 'postgres';
import { inWorkspace } from '#db/connection.ts';
import { simulate } from '#domain/simulation/simulate.ts';
import type { Engine } from '#engine/engine.ts';
import { loadSimulation } from './load-simulation.ts';
import { SimulationRequest } from './start-simulation.ts';

/** Machine time. */
const LEASE_SECONDS = 30;
const TELL_EVERY_MS = 1_000;
/** It works for this long, then leaves the process to others for as long. */
const TURN_MS = 15;
/** A simulation that takes its runner down with it is not begun a fourth time. */
const MOST_ATTEMPTS = 3;

type Claimed = { id: string; request: unknown; attempts: number; from_at: Date; to_at: Date };

const claim = (engine: Pick<Engine, 'database'>, workspaceId: string): Promise<Claimed | null> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [row] = await transaction<Claimed[]>`
    update simulations set state = 'running', progress = 0, attempts = attempts + 1, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
     where id = (select id from simulations where workspace_id = ${workspaceId} and (state = 'queued' or (state = 'running' and (lease_until is null or lease_until < clock_timestamp())))
                  order by id limit 1 for update skip locked)
    returning id, request, attempts, from_at, to_at`;
  return row ?? null;
});

/** Answers whether it is still ours: neither cancelled nor taken over. */
const tell = (engine: Pick<Engine, 'database'>, workspaceId: string, { id, attempts }: Claimed, progress: number): Promise<boolean> =>
  inWorkspace(engine.database, workspaceId, async (transaction) => {
    const rows = await transaction`
      update simulations set progress = ${progress}, lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
       where id = ${id} and state = 'running' and attempts = ${attempts} returning 1`;
    return rows.length > 0;
  });

async function finish(engine: Pick<Engine, 'database'>, workspaceId: string, { id, attempts }: Claimed, end: { state: 'done'; result: unknown } | { state: 'failed'; problem: string }): Promise<void> {
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update simulations set state = ${end.state}, progress = case when ${end.state} = 'done' then 1 else progress end, lease_until = null, finished_at = clock_timestamp(),
      result = ${end.state === 'done' ? transaction.json(end.result as JSONValue) : null}, problem = ${end.state === 'failed' ? end.problem : null}
     where id = ${id} and state = 'running' and attempts = ${attempts}`);
}

async function live(engine: Pick<Engine, 'database'>, workspaceId: string, claimed: Claimed, signal?: AbortSignal): Promise<void> {
  const request = SimulationRequest.parse(claimed.request);
  const { input, customersInAll } = await loadSimulation(engine.database, workspaceId, request, { from: claimed.from_at.getTime(), to: claimed.to_at.getTime() });
  const going = simulate(input);
  let toldAt = performance.now();
  let turnAt = toldAt;
  for (let step = going.next(); ; step = going.next()) {
    if (step.done) return finish(engine, workspaceId, claimed, { state: 'done', result: { ...step.value, customersInAll } });
    const now = performance.now();
    if (now - toldAt >= TELL_EVERY_MS) {
      if (signal?.aborted || !(await tell(engine, workspaceId, claimed, step.value.done))) return;
      toldAt = performance.now();
    }
    if (now - turnAt < TURN_MS) continue;
    await pause(now - turnAt);
    turnAt = performance.now();
  }
}

/** Runs the next simulation of a workspace; answers whether there was one. An aborted one is begun anew by another worker. */
export async function runNextSimulation(engine: Pick<Engine, 'database'>, workspaceId: string, signal?: AbortSignal): Promise<boolean> {
  const claimed = await claim(engine, workspaceId);
  if (!claimed) return false;
  if (claimed.attempts > MOST_ATTEMPTS) {
    await finish(engine, workspaceId, claimed, { state: 'failed', problem: 'simulation.crashed' });
    return true;
  }
  try {
    await live(engine, workspaceId, claimed, signal);
  } catch (error) {
    await finish(engine, workspaceId, claimed, { state: 'failed', problem: 'simulation.failed' });
    throw error;
  }
  return true;
}
