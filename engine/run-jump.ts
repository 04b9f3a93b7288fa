/**
 * Runs a jump of a test clock: stands it at one due moment after the other, settles the sandbox there, and at the target lets the clock flow
 * on or leaves it standing. Every step is written before it is done, so whoever takes a killed jump over goes on where it stood.
 */
import { inWorkspace } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { Engine } from '#engine/engine.ts';
import { invariant } from '#domain/shared/invariant.ts';
import { type Jump, type JumpProgress, type JumpTarget, LEASE_SECONDS, readJump, startJump } from '#engine/jump-clock.ts';
import { type Hands, readSandbox, type SandboxState, settleSandbox, type Unsettled } from '#engine/settle-clock.ts';
import { armAnew, flowClock, readClock, standClock } from '#engine/workspace-clock.ts';

/** Something that happens beside what the sandbox itself has planned: shops that ring up purchases on the hour. */
export type Alongside = { nextAt: (after: Instant) => Instant | null; happen: (at: Instant) => Promise<void> };

export type RunJumpOptions = { vendorServerUrl?: string; alongside?: Alongside; patienceMs?: number; signal?: AbortSignal };

const PATIENCE_MS = 30_000;
/** What was stuck before is waited for this long at each later step, until it has settled once. */
const SHORT_PATIENCE_MS = 1_000;

/** Starts a jump and runs it in this process. */
export async function jumpClock(engine: Engine, workspaceId: string, target: JumpTarget, options: RunJumpOptions = {}): Promise<JumpProgress> {
  const jump = await startJump(engine, workspaceId, target, { leased: true });
  return goOn(engine, jump, options);
}

/** Runs a started jump unless another runner has it; answers how far it is. An aborted one is left to whoever finds its lease run out. */
export async function runJump(engine: Engine, jump: Jump, options: RunJumpOptions = {}): Promise<JumpProgress> {
  const [taken] = await inWorkspace(engine.database, jump.workspaceId, (transaction) => transaction`
    update clock_jumps set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where id = ${jump.jumpId} and state = 'running' and (lease_until is null or lease_until < clock_timestamp()) returning id`);
  return taken ? goOn(engine, jump, options) : readStarted(engine, jump);
}

async function readStarted(engine: Engine, jump: Jump): Promise<JumpProgress> {
  const progress = await readJump(engine, jump);
  invariant(progress, 'a started jump has a row');
  return progress;
}

async function goOn(engine: Engine, jump: Jump, options: RunJumpOptions): Promise<JumpProgress> {
  const { targetAt, freezes } = await readStarted(engine, jump);
  const hands = handsOf(engine, jump, options);
  const stuckBefore = new Set<Unsettled>();
  const patienceMs = (what: Unsettled[]): number => (what.every((kind) => stuckBefore.has(kind)) ? SHORT_PATIENCE_MS : (options.patienceMs ?? PATIENCE_MS));
  let at: Instant = (await readClock(engine.database, jump.workspaceId)).now;
  for (let isFirst = true; ; isFirst = false) {
    if (options.signal?.aborted) return readStarted(engine, jump);
    const moved = await moveTo(engine, jump, at, isFirst);
    if (!moved) return readStarted(engine, jump);
    const happens = !isFirst && options.alongside?.nextAt(at - 1) === at;
    if (happens) await options.alongside?.happen(at);
    const state = await settleSandbox(hands, happens ? await look(engine, jump) : moved, patienceMs);
    for (const kind of stuckBefore) if (!state.unsettled.includes(kind)) stuckBefore.delete(kind);
    for (const kind of state.unsettled) stuckBefore.add(kind);
    if (state.unsettled.length > 0) await nameStuck(engine, jump, at, state.unsettled);
    if (at >= targetAt) break;
    const planned = [state.nextAt, options.alongside?.nextAt(at) ?? null, targetAt].filter((moment) => moment !== null);
    at = Math.min(...planned);
  }
  await finish(engine, jump, freezes);
  return readStarted(engine, jump);
}

const look = (engine: Engine, { workspaceId }: Jump): Promise<SandboxState> =>
  inWorkspace(engine.database, workspaceId, (transaction) => readSandbox(transaction, workspaceId));

/** Writes the step, stands the clock at the instant and looks, in one transaction. Null when another runner has finished the jump meanwhile. */
const moveTo = (engine: Engine, { jumpId, workspaceId }: Jump, at: Instant, isFirst: boolean): Promise<SandboxState | null> =>
  inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [running] = await transaction`
      update clock_jumps set reached_at = greatest(reached_at, ${formatInstant(at)}::timestamptz), steps = steps + ${isFirst ? 0 : 1},
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      where id = ${jumpId} and state = 'running' returning id`;
    if (!running) return null;
    await standClock(transaction, workspaceId, at);
    return readSandbox(transaction, workspaceId);
  });

const nameStuck = (engine: Engine, { jumpId, workspaceId }: Jump, at: Instant, what: Unsettled[]): Promise<unknown> =>
  inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update clock_jumps set stuck_on = stuck_on || ${transaction.json([{ at: formatInstant(at), what }])} where id = ${jumpId} and jsonb_array_length(stuck_on) < 100`);

/** The clock flows before the cohorts are armed by it, and the jump is done last: killed in between, all of this is done again. */
async function finish(engine: Engine, { jumpId, workspaceId }: Jump, freezes: boolean): Promise<void> {
  if (!freezes) {
    await inWorkspace(engine.database, workspaceId, (transaction) => flowClock(transaction, workspaceId));
    await armAnew(engine, workspaceId);
  }
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update clock_jumps set state = 'done', lease_until = null, finished_at = clock_timestamp() where id = ${jumpId}`);
}

function handsOf(engine: Engine, { jumpId, workspaceId }: Jump, { vendorServerUrl }: RunJumpOptions): Hands {
  return {
    engine,
    workspaceId,
    hint: (channel) => void engine.database.notify(channel, '').catch(() => {}),
    runCallbacks: async () => {
      if (vendorServerUrl) await fetch(new URL('/callbacks/run', vendorServerUrl), { method: 'POST', signal: AbortSignal.timeout(10_000) }).then((response) => response.arrayBuffer(), () => {});
    },
    stillMine: async () => {
      await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
        update clock_jumps set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}) where id = ${jumpId} and state = 'running'`);
    },
  };
}
