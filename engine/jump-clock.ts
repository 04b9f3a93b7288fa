/**
 * A jump of a sandbox's test clock, as a row: started here, run by `run-jump.ts` in a worker (or by whoever asked for it), readable while it
 * runs, and gone on with when its runner was killed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { formatInstant, type Instant, SECOND_MS } from '#domain/shared/time.ts';
import type { Engine } from '#engine/engine.ts';
import { createHint, JUMP_CHANNEL } from '#engine/hints.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { readClockIn, requireSandbox, standClock } from '#engine/workspace-clock.ts';

/** Where to: an instant of workspace time, or a distance from now. `freeze` leaves the clock standing there. */
export type JumpTarget = ({ to: Instant } | { bySeconds: number }) & { freeze?: boolean };

/** `stuckOn`: the steps that went on although something had not settled, with its names. */
export type JumpProgress = {
  jumpId: string;
  state: 'running' | 'done';
  startedFrom: Instant;
  targetAt: Instant;
  reachedAt: Instant;
  freezes: boolean;
  steps: number;
  stuckOn: { at: string; what: string[] }[];
};

export type Jump = { jumpId: string; workspaceId: string };

/** How long a runner may be silent before another takes its jump over, in machine time. */
export const LEASE_SECONDS = 15;

/**
 * Writes the jump and stands the clock where it is. With `leased`, the caller runs it; else a worker does, at once. Refused in a live workspace
 * (`clock.live_workspace`), backwards (`clock.only_forward`), and while another jump runs (`clock.jump_running`).
 */
export async function startJump(engine: Engine, workspaceId: string, target: JumpTarget, { leased = false } = {}): Promise<Jump> {
  const jumpId = uuidv7();
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await transaction`select from workspaces where id = ${workspaceId} for no key update`;
    const clock = await readClockIn(transaction, workspaceId);
    requireSandbox(clock);
    const targetAt = 'to' in target ? target.to : clock.now + target.bySeconds * SECOND_MS;
    if (targetAt < clock.now) throw new PermanentError('clock.only_forward', `The test clock only goes forward; it is ${formatInstant(clock.now)} already.`);
    const [running] = await transaction`select from clock_jumps where workspace_id = ${workspaceId} and state = 'running'`;
    if (running) throw new PermanentError('clock.jump_running', 'Another jump of this clock is running.');
    await standClock(transaction, workspaceId, clock.now);
    await transaction`
      insert into clock_jumps (id, workspace_id, started_from, target_at, reached_at, freezes, state, lease_until)
      values (${jumpId}, ${workspaceId}, ${formatInstant(clock.now)}::timestamptz, ${formatInstant(targetAt)}::timestamptz, ${formatInstant(clock.now)}::timestamptz,
        ${target.freeze ?? false}, 'running', case when ${leased} then clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}) end)`;
  });
  if (!leased) createHint(engine.database, JUMP_CHANNEL)();
  return { jumpId, workspaceId };
}

type JumpRow = { state: 'running' | 'done'; started_from: Date; target_at: Date; reached_at: Date; freezes: boolean; steps: number; stuck_on: { at: string; what: string[] }[] };

/** How far a jump has come; null when this workspace has no such jump. */
export async function readJump(engine: Pick<Engine, 'database'>, { jumpId, workspaceId }: Jump): Promise<JumpProgress | null> {
  const [row] = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<JumpRow[]>`
    select state, started_from, target_at, reached_at, freezes, steps, stuck_on from clock_jumps where workspace_id = ${workspaceId} and id = ${jumpId}`);
  if (!row) return null;
  return {
    jumpId, state: row.state, startedFrom: row.started_from.getTime(), targetAt: row.target_at.getTime(), reachedAt: row.reached_at.getTime(),
    freezes: row.freezes, steps: row.steps, stuckOn: row.stuck_on,
  };
}

/** Waits until the jump is done, or as long as the caller can (20 s by default); answers how far it is then. */
export async function awaitJump(engine: Pick<Engine, 'database'>, jump: Jump, waitMs = 20 * SECOND_MS): Promise<JumpProgress> {
  const until = performance.now() + waitMs;
  for (;;) {
    const progress = await readJump(engine, jump);
    if (!progress) throw new PermanentError('clock.jump_unknown', 'There is no such jump.');
    if (progress.state === 'done' || performance.now() >= until) return progress;
    await pause(25);
  }
}

/** The jump under way in a workspace, whoever runs it; null when its clock is at rest. */
export async function findRunningJump(engine: Engine, workspaceId: string): Promise<Jump | null> {
  const [row] = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ id: string }[]>`select id from clock_jumps where workspace_id = ${workspaceId} and state = 'running'`);
  return row ? { jumpId: row.id, workspaceId } : null;
}
