/**
 * Gives the messages that a paused journey kept back to the dispatcher once it runs again. Those later than their expiry follow the author's choice:
 * skip lets the last check refuse them, send lets them leave all the same, ask keeps them until somebody decides (§8.4).
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';

export const LATE_CHOICES = ['skip', 'send', 'ask'] as const;
export type LateChoice = (typeof LATE_CHOICES)[number];

const AT_A_TIME = 200;

const readyOnes = (transaction: Transaction, workspaceId: string) => transaction`
  from outbox o join messages m on m.id = o.message_id join journeys j on j.id = m.journey_id
  where o.workspace_id = ${workspaceId} and o.held_by in ('paused', 'late') and j.status <> 'paused' and (o.held_by = 'paused' or j.late <> 'ask')`;

/** One batch; answers how many messages were looked at. */
export async function releaseHeld(engine: Pick<Engine, 'database'>, workspaceId: string): Promise<number> {
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const picked = await transaction<{ id: string; customer_id: string }[]>`select o.message_id as id, o.customer_id ${readyOnes(transaction, workspaceId)} order by o.message_id limit ${AT_A_TIME}`;
    if (picked.length === 0) return 0;
    await lockHeads(transaction, [...new Set(picked.map((row) => row.customer_id))]);
    const held = await transaction<{ id: string; is_late: boolean; choice: LateChoice }[]>`
      select o.message_id as id, coalesce(m.expires_at <= workspace_now(${workspaceId}), false) as is_late, j.late as choice ${readyOnes(transaction, workspaceId)} and o.message_id = any(${picked.map(({ id }) => id)}::uuid[])`;
    const of = (choice: LateChoice): string[] => held.filter((row) => row.is_late && row.choice === choice).map(({ id }) => id);
    const asked = of('ask');
    const sent = of('send');
    const free = held.filter(({ id }) => !asked.includes(id)).map(({ id }) => id);
    await transaction`update messages set reason = '{"code": "journey.late"}' where id = any(${asked}::uuid[])`;
    await transaction`update outbox set held_by = 'late' where message_id = any(${asked}::uuid[])`;
    await transaction`update messages set expires_at = null where id = any(${sent}::uuid[])`;
    await transaction`update outbox set expires_at = null where message_id = any(${sent}::uuid[])`;
    await transaction`update outbox set held_by = null, retry_at = null where message_id = any(${free}::uuid[])`;
    return held.length;
  });
}

/** `kept`: what a paused journey keeps; `late`: how many of those are later than their expiry by now; `asking`: how many wait for a decision. */
export type HeldMessages = { kept: number; late: number; asking: number };
export async function countHeld(transaction: Transaction, workspaceId: string, journeyId: string): Promise<HeldMessages> {
  const [row] = await transaction<HeldMessages[]>`
    select count(*) filter (where o.held_by = 'paused')::int as kept, count(*) filter (where m.expires_at <= workspace_now(${workspaceId}))::int as late,
           count(*) filter (where o.held_by = 'late')::int as asking
      from outbox o join messages m on m.id = o.message_id where o.workspace_id = ${workspaceId} and o.held_by in ('paused', 'late') and m.journey_id = ${journeyId}`;
  return row ?? { kept: 0, late: 0, asking: 0 };
}
