/** A command: replaces the pressure policy. It applies to what is already queued (§5.13): whoever is held by pressure looks again (§5.18). */
import type { JSONValue } from 'postgres';
import { inWorkspace } from '#db/connection.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

/** Replaces that revision only; answers the new one. Call `lookAgainAtPressure` after the commit. */
export async function putPressurePolicy(context: CommandContext, policy: PressurePolicy, revision: number): Promise<number> {
  const { transaction, workspaceId } = context;
  await raiseEpoch(context);
  const [before] = await transaction<{ revision: number; policy: unknown }[]>`select revision, policy from pressure_policies where workspace_id = ${workspaceId} for no key update`;
  if ((before?.revision ?? 0) !== revision) throw new PermanentError('policy.revision', `The policy is at revision ${before?.revision ?? 0}, not ${revision}: read it again.`);
  await transaction`
    insert into pressure_policies (workspace_id, revision, policy, updated_at) values (${workspaceId}, ${revision + 1}, ${transaction.json(policy as JSONValue)}, workspace_now(${workspaceId}))
    on conflict (workspace_id) do update set revision = excluded.revision, policy = excluded.policy, updated_at = excluded.updated_at`;
  await audit(context, { action: 'policy.change', subject: 'pressure-policy', before: before?.policy, after: policy });
  return revision + 1;
}

const AT_A_TIME = 200;

/**
 * After the commit no burst decides by the old policy any more, so everyone whom it held is here: enrollments that wait for room hear of it as an
 * event, and messages in the outbox are due at once for another check. Not reached, it only comes later: each looks again at its own moment.
 */
export async function lookAgainAtPressure(engine: Engine, workspaceId: string): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const customers = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const held = await transaction<{ id: string }[]>`
        select distinct customer_id as id from (
          select customer_id from enrollments where ended_at is null and state -> 'waiting' ? 'heldMessageKey'
          union all select customer_id from outbox where state = 'held' and held_by = 'pressure') h
        where customer_id > ${after} order by 1 limit ${AT_A_TIME}`;
      const ids = held.map(({ id }) => id);
      if (ids.length === 0) return ids;
      await lockHeads(transaction, ids);
      await transaction`update outbox set not_before = workspace_now(${workspaceId}) where customer_id = any(${ids}) and state = 'held' and held_by = 'pressure'`;
      const occurredAt = await readNow(transaction, workspaceId);
      await appendSystemEvents(transaction, workspaceId, ids.map((customerId) => ({ customerId, type: 'pressure.policyChanged', properties: {}, occurredAt })));
      return ids;
    });
    if (customers.length === 0) return;
    engine.hintRouters();
    after = customers[customers.length - 1] ?? after;
  }
}
