/** Step five of a burst, messages: outbox rows with their pressure reservation, refusals with their reason, withdrawals and releases. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { Effect, PlannedMessage, Reason } from '#domain/enrollments/effects.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';
import { putEntries, releaseReservations } from '#engine/pressure-ledger.ts';
import { withdrawRequests } from '#engine/write-requests.ts';
import { withdrawTasks } from '#engine/write-tasks.ts';

export type CustomerEffect = { customerId: string; effect: Effect };

type MessageStatus = 'queued' | 'held' | 'suppressed';

function messageRow(workspace: LoadedWorkspace, customerId: string, message: PlannedMessage, status: MessageStatus, reason: Reason | null, now: Instant) {
  return {
    id: newId(),
    workspace_id: workspace.id,
    key: message.key,
    customer_id: customerId,
    journey_id: message.journeyId,
    version_id: message.versionId,
    enrollment_id: message.enrollmentId,
    entry_key: message.entryKey,
    node_id: message.nodeId,
    visit: message.visit,
    channel: message.channel,
    category: message.category,
    template_id: workspace.templateIds.get(message.templateKey) ?? null,
    status,
    status_at: formatInstant(now),
    planned_at: formatInstant(message.plannedAt),
    due_at: formatInstant(message.dueAt),
    expires_at: message.expiresAt === null ? null : formatInstant(message.expiresAt),
    reason,
    lawful: message.lawful,
    when_capped: message.whenCapped,
    context: { event: message.event, variables: message.variables },
  };
}

/** Writes messages in the order of the effects. */
export async function writeMessages(transaction: Transaction, workspace: LoadedWorkspace, effects: CustomerEffect[], now: Instant): Promise<void> {
  const messages: ReturnType<typeof messageRow>[] = [];
  const outbox: Record<string, unknown>[] = [];
  const entries: { customerId: string; entry: LedgerEntry }[] = [];
  const releases: { customerId: string; messageKey: string }[] = [];
  for (const { customerId, effect } of effects) {
    if (effect.kind === 'sendMessage') {
      const held = effect.heldBy !== null;
      const row = messageRow(workspace, customerId, effect.message, held ? 'held' : 'queued', effect.heldBy, now);
      messages.push(row);
      outbox.push({
        message_id: row.id, workspace_id: workspace.id, customer_id: customerId, channel: row.channel, priority: effect.message.priority, not_before: row.due_at,
        expires_at: row.expires_at, state: row.status, held_by: effect.heldBy?.code ?? null, attempts: 0,
      });
      if (effect.entry) entries.push({ customerId, entry: { ...effect.entry, messageId: row.id } });
    } else if (effect.kind === 'refuseMessage') {
      messages.push(messageRow(workspace, customerId, effect.message, 'suppressed', effect.reason, now));
    } else if (effect.kind === 'reserve') {
      entries.push({ customerId, entry: effect.entry });
    } else if (effect.kind === 'release') {
      releases.push({ customerId, messageKey: effect.messageKey });
    }
  }
  await Promise.all([
    insertRows(transaction, 'messages', messages),
    insertRows(transaction, 'outbox', outbox),
    putEntries(transaction, workspace.id, entries),
    releaseReservations(transaction, workspace.id, releases),
  ]);
}

/**
 * Withdraws what was not yet handed over by enrollments that ended otherwise than completed, transactional messages excepted (§2.6); a dispatcher that
 * has claimed one finds it gone when it marks its batch. Says of what a provider already has by how many milliseconds the ending came too late (§2.5).
 */
export async function withdrawMessages(transaction: Transaction, workspace: LoadedWorkspace, effects: CustomerEffect[], now: Instant): Promise<void> {
  const reasons = new Map<string, Reason>();
  for (const { effect } of effects) if (effect.kind === 'withdrawMessages') reasons.set(effect.enrollmentId, effect.reason);
  if (reasons.size === 0) return;
  await withdrawTasks(transaction, reasons, now);
  await withdrawRequests(transaction, reasons, now);
  const enrollmentIds = [...reasons.keys()];
  const transactional = workspace.rules.policy.categories.filter((category) => category.transactional).map((category) => category.key);
  const at = formatInstant(now);
  const withdrawn = await transaction<{ id: string; key: string; customer_id: string }[]>`
    update messages m set status = 'suppressed', status_at = ${at}::text::timestamptz, reason = r.reason
    from jsonb_to_recordset(${transaction.json([...reasons].map(([enrollment_id, reason]) => ({ enrollment_id, reason })) as never)}) r(enrollment_id uuid, reason jsonb)
    where m.enrollment_id = r.enrollment_id and m.enrollment_id = any(${enrollmentIds}) and (m.status in ('queued', 'held') or (m.status = 'sending' and m.handed_over_at is null)) and m.category <> all(${transactional})
    returning m.id, m.key, m.customer_id`;
  if (withdrawn.length > 0) {
    await transaction`delete from outbox where message_id = any(${withdrawn.map((message) => message.id)})`;
    await releaseReservations(transaction, workspace.id, withdrawn.map((message) => ({ customerId: message.customer_id, messageKey: message.key })));
  }
  const gone = await transaction<{ id: string; customer_id: string; journey_id: string; version_id: string; enrollment_id: string; node_id: string; visit: number; handed_over_at: Date }[]>`
    select distinct on (enrollment_id) id, customer_id, journey_id, version_id, enrollment_id, node_id, visit, handed_over_at from messages
    where enrollment_id = any(${enrollmentIds}) and handed_over_at is not null order by enrollment_id, handed_over_at desc, id desc`;
  await insertRows(transaction, 'traces', gone.map((message) => ({
    id: newId(), workspace_id: workspace.id, customer_id: message.customer_id, journey_id: message.journey_id, version_id: message.version_id,
    enrollment_id: message.enrollment_id, node_id: message.node_id, visit: message.visit, kind: 'alreadyHandedOver',
    data: { messageId: message.id, tooLateByMs: now - message.handed_over_at.getTime() }, at,
  })));
}
