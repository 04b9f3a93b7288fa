/** Moves of people between versions: how far they came, and what became of whom. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';

const Row = z.object({
  id: z.string(), journeyId: z.string(), undoes: z.string().nullable(), undoneBy: z.string().nullable(), version: z.number(), state: z.enum(['running', 'done', 'cancelled']), total: z.number(), done: z.number(),
  counts: z.record(z.string(), z.number()), startedBy: z.string(), startedAt: z.date(), finishedAt: z.date().nullable(), canUndo: z.number(),
});
export type MoveRow = z.infer<typeof Row>;

/** Newest first. `canUndo`: who has not gone on since and could be put back. */
export async function listMoves(transaction: Transaction, journeyId: string, page: { before: string | null; limit: number; only?: string }): Promise<MoveRow[]> {
  const rows = await transaction`
    select m.id, m.journey_id as "journeyId", m.undoes, (select u.id from journey_moves u where u.undoes = m.id) as "undoneBy", v.number as version, m.state, m.total, m.done, m.counts, m.started_by as "startedBy",
           m.started_at as "startedAt", m.finished_at as "finishedAt",
           case when m.undoes is null and m.state <> 'running' then (select count(*)::int from moved_enrollments p join enrollments e on e.id = p.enrollment_id
             where p.move_id = m.id and not p.went_on and e.burst = p.burst_after and e.ended_at is null) else 0 end as "canUndo"
      from journey_moves m join journey_versions v on v.id = m.to_version_id
     where m.journey_id = ${journeyId} and (${page.before}::uuid is null or m.id < ${page.before}) and (${page.only ?? null}::uuid is null or m.id = ${page.only ?? null}) order by m.id desc limit ${page.limit}`;
  return rows.map((row) => Row.parse(row));
}

/** The journey of a move, or null. */
export async function journeyOfMove(transaction: Transaction, moveId: string): Promise<string | null> {
  const [row] = await transaction<{ journey_id: string }[]>`select journey_id from journey_moves where id = ${moveId}`;
  return row?.journey_id ?? null;
}
