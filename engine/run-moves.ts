/**
 * Moves the people of a journey between versions, or puts them back, at most 200 at a time: each step is one burst transaction under their heads and
 * writes how far it came, so whoever takes a killed move over goes on after it; nobody is left out and nobody is moved twice (§8.2, §8.3).
 */
import { z } from 'zod';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { Command } from '#domain/enrollments/carry-out.ts';
import { MovePolicy } from '#domain/enrollments/move-policy.ts';
import { EnrollmentState } from '#domain/enrollments/state.ts';
import { formatId } from '#domain/shared/ids.ts';
import { advanceHeads, afterBurst, type AdvanceReport } from '#engine/advance-customers.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { raiseEpoch } from '#engine/commands/command-context.ts';
import type { Engine } from '#engine/engine.ts';
import { isOfOneMember, tryAgain } from '#engine/try-again.ts';
import { writeAudit } from '#engine/write-audit.ts';

export const MOVED_AT_A_TIME = 200;
/** How long a runner may be silent before another takes its move over, in machine time. */
const LEASE_SECONDS = 15;

const Row = z.object({
  id: z.string(), journey_id: z.string(), undoes: z.string().nullable(), to_version_id: z.string(), policy: z.unknown(), counts: z.record(z.string(), z.number()), done: z.number(), after_id: z.string(),
  started_by: z.string(), is_live_version: z.boolean(),
});
type Move = z.infer<typeof Row>;
type CommandOf = Command & { customerId: string };
type Looked = { enrollmentId: string; customerId: string; command: CommandOf | null };

/** Another runner has done this step, or the move was cancelled: nothing of it is kept. */
class Superseded extends Error {}

async function chooseMoving(transaction: Transaction, move: Move, limit: number): Promise<Looked[]> {
  const rows = await transaction<{ id: string; customer_id: string }[]>`
    select e.id, e.customer_id from enrollments e join journey_versions v on v.id = e.version_id
     where e.journey_id = ${move.journey_id} and e.ended_at is null and e.id > ${move.after_id} and v.number < (select number from journey_versions where id = ${move.to_version_id})
     order by e.id limit ${limit}`;
  const policy = MovePolicy.parse(move.policy);
  return rows.map(({ id, customer_id: customerId }) => ({ enrollmentId: id, customerId, command: { kind: 'move', customerId, enrollmentId: id, toVersionId: move.to_version_id, policy } }));
}

async function choosePutBack(transaction: Transaction, move: Move, limit: number): Promise<Looked[]> {
  const rows = await transaction<{ enrollment_id: string; customer_id: string; version_before: string; state_before: unknown; burst_after: number; went_on: boolean }[]>`
    select enrollment_id, customer_id, version_before, state_before, burst_after, went_on from moved_enrollments
     where move_id = ${move.undoes} and enrollment_id > ${move.after_id} order by enrollment_id limit ${limit}`;
  return rows.map((row) => ({
    enrollmentId: row.enrollment_id, customerId: row.customer_id,
    command: row.went_on ? null : { kind: 'restore', customerId: row.customer_id, enrollmentId: row.enrollment_id, versionId: row.version_before, state: EnrollmentState.parse(row.state_before), burst: row.burst_after },
  }));
}

/** Counts what became of each, and keeps what an undo needs of those who changed their version. */
async function note(transaction: Transaction, workspaceId: string, move: Move, looked: Looked[], { moved }: AdvanceReport): Promise<Record<string, number>> {
  const counts = { ...move.counts };
  const byId = new Map(moved.map((line) => [line.enrollmentId, line]));
  const ids = looked.map(({ enrollmentId }) => enrollmentId);
  const after = await transaction<{ id: string; burst: number; ended_at: Date | null }[]>`select id, burst, ended_at from enrollments where id = any(${ids})`;
  const afterOf = new Map(after.map((row) => [row.id, row]));
  for (const id of ids) {
    const became = byId.get(id)?.class ?? (afterOf.get(id)?.ended_at === null ? 'wentOn' : 'left');
    counts[became] = (counts[became] ?? 0) + 1;
  }
  if (move.undoes) return counts;
  const changed = looked.flatMap(({ enrollmentId, customerId }) => {
    const line = byId.get(enrollmentId);
    return line && line.class !== 'finishes' ? [{ line, customerId, burst: afterOf.get(enrollmentId)!.burst }] : [];
  });
  await insertRows(transaction, 'moved_enrollments', changed.map(({ line, customerId, burst }) => ({
    move_id: move.id, workspace_id: workspaceId, enrollment_id: line.enrollmentId, customer_id: customerId, class: line.class,
    version_before: line.before.versionId, state_before: line.before.state, burst_after: burst, went_on: line.wentOn,
  })));
  return counts;
}

async function finish(transaction: Transaction, workspaceId: string, move: Move, counts: Record<string, number>): Promise<void> {
  await writeAudit(transaction, workspaceId, { actor: move.started_by, action: move.undoes ? 'journey.movedBack' : 'journey.moved', subject: formatId('journey', move.journey_id), after: { move: formatId('move', move.id), counts } });
}

/** One step in one transaction; answers how many people it looked at. */
async function step(engine: Engine, workspaceId: string, move: Move, limit: number): Promise<number> {
  const done = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const looked = await (move.undoes ? choosePutBack : chooseMoving)(transaction, move, limit);
    const heads = await lockHeads(transaction, [...new Set(looked.map(({ customerId }) => customerId))]);
    const report = await advanceHeads(transaction, workspaceId, heads, looked.flatMap(({ command }) => command ?? []));
    const counts = await note(transaction, workspaceId, move, looked, report);
    const isLast = looked.length < limit;
    const kept = await transaction`
      update journey_moves set done = done + ${looked.length}, counts = ${transaction.json(counts)}, after_id = ${looked.at(-1)?.enrollmentId ?? move.after_id}, lease_until = null,
        state = ${isLast ? 'done' : 'running'}, finished_at = case when ${isLast} then workspace_now(${workspaceId}) end
      where id = ${move.id} and state = 'running' and after_id = ${move.after_id}`;
    if (kept.count === 0) throw new Superseded();
    if (isLast) await finish(transaction, workspaceId, move, counts);
    // A version that held nobody is not listened for until the workspace is loaded anew.
    if (looked.length > 0 && (move.undoes || !move.is_live_version)) await raiseEpoch({ transaction, workspaceId, actor: move.started_by });
    return { looked: looked.length, report };
  });
  await afterBurst(engine, workspaceId, done.report);
  return done.looked;
}

/** The one person whose burst cannot be written stays on their version, and is counted as such. */
async function passOver(engine: Engine, workspaceId: string, move: Move): Promise<void> {
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [one] = await (move.undoes ? choosePutBack : chooseMoving)(transaction, move, 1);
    if (!one) return;
    await transaction`
      update journey_moves set done = done + 1, counts = ${transaction.json({ ...move.counts, failed: (move.counts['failed'] ?? 0) + 1 })}, after_id = ${one.enrollmentId}, lease_until = null
      where id = ${move.id} and state = 'running' and after_id = ${move.after_id}`;
  });
}

const claim = (engine: Engine, workspaceId: string): Promise<Move | null> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [row] = await transaction`
    update journey_moves m set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
      from journeys j where j.id = m.journey_id and m.id = (select id from journey_moves where state = 'running' and (lease_until is null or lease_until < clock_timestamp()) order by id limit 1 for update skip locked)
    returning m.*, j.live_version_id = m.to_version_id as is_live_version`;
  return row ? Row.parse(row) : null;
});

/** Does one step of one running move of the workspace. Answers how many people it looked at, and 1 when a move ended. */
export async function runMoves(engine: Engine, workspaceId: string, limit = MOVED_AT_A_TIME): Promise<number> {
  const move = await claim(engine, workspaceId);
  if (!move) return 0;
  for (let size = limit; ; size = Math.ceil(size / 2)) {
    try {
      return Math.max(1, await tryAgain(() => step(engine, workspaceId, move, size)));
    } catch (error) {
      if (error instanceof Superseded) return 0;
      if (!isOfOneMember(error)) throw error;
      if (size > 1) continue;
      await passOver(engine, workspaceId, move);
      return 1;
    }
  }
}
