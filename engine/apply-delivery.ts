/**
 * Stage 5, deliver: a vendor's verified webhook comes in, the message's status, what follows of it for consent and address, and a system event go
 * out, in one transaction. It promises that each of the vendor's events counts once, in any order, also before the call's own outcome is recorded.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { findByProviderId, findCustomerOf, loadMessages, type MessageRow } from '#db/queries/messages.ts';
import { readReport, type ReadReport } from '#domain/messages/read-report.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { applyConsents } from '#engine/apply-consent.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { setEntryStates } from '#engine/pressure-ledger.ts';
import type { Engine } from '#engine/engine.ts';
import { noteMessages } from '#engine/note-messages.ts';
import { suppressAddress } from '#engine/stop-address.ts';
import type { DeliveryReport } from '#providers/ports.ts';

/** Applies the reports of one webhook; answers only after the commit. A report of a message that is not ours is dropped. */
export async function applyDeliveries(engine: Engine, workspaceId: string, endpointId: string, reports: DeliveryReport[]): Promise<void> {
  let events = 0;
  for (const report of reports) events += await inWorkspace(engine.database, workspaceId, (transaction) => applyReport(transaction, workspaceId, endpointId, report));
  if (events > 0) engine.hintRouters();
}

/** Writes down that this event of the vendor came; false when it came before. */
export async function takeOnce(transaction: Transaction, workspaceId: string, endpointId: string, providerEventId: string): Promise<boolean> {
  const taken = await transaction`
    insert into webhook_deliveries (workspace_id, endpoint_id, provider_event_id, received_at) values (${workspaceId}, ${endpointId}, ${providerEventId}, workspace_now(${workspaceId}))
    on conflict do nothing returning 1`;
  return taken.length > 0;
}

async function applyReport(transaction: Transaction, workspaceId: string, endpointId: string, report: DeliveryReport): Promise<number> {
  if (!(await takeOnce(transaction, workspaceId, endpointId, report.providerEventId))) return 0;
  const customerId = report.messageId === null ? null : await findCustomerOf(transaction, report.messageId);
  const found = customerId !== null && report.messageId !== null ? { id: report.messageId, customerId } : await findByProviderId(transaction, report.providerMessageId);
  if (!found) return 0;
  await lockHeads(transaction, [found.customerId]);
  const row = (await loadMessages(transaction, [found.id])).get(found.id);
  if (!row) return 0;
  const now = await readNow(transaction, workspaceId);
  const read = readReport(row, report);
  await writeReport(transaction, row, report, read, now);
  if (row.status === 'sending' || row.status === 'unknown' || row.status === 'queued') await setEntryStates(transaction, [{ customerId: row.customerId, messageKey: row.key }], 'handedOver');
  const consents = await applyConsequences(transaction, workspaceId, row, report, now);
  const notes = read.tells ? await noteMessages(transaction, workspaceId, [{ message: row, code: read.tells, figures: report.detail ? { detail: report.detail.slice(0, 200) } : {}, at: now }]) : 0;
  return consents + notes;
}

async function writeReport(transaction: Transaction, row: MessageRow, report: DeliveryReport, read: ReadReport, now: Instant): Promise<void> {
  const { status, delivered, opened, clicked, failed } = read;
  const at = formatInstant(Math.min(report.at, now));
  const reason = failed ? { code: `vendor.${report.status}`, figures: { detail: report.detail?.slice(0, 200) ?? null } } : status !== row.status ? null : row.reason;
  await transaction`
    update messages set status = ${status}, status_at = case when status = ${status} then status_at else ${formatInstant(now)}::text::timestamptz end, reason = ${transaction.json(reason as never)},
           provider_message_id = coalesce(provider_message_id, ${report.providerMessageId}),
           delivered_at = case when ${delivered} then ${at}::text::timestamptz else delivered_at end,
           opened_at = case when ${opened} then ${at}::text::timestamptz else opened_at end,
           clicked_at = case when ${clicked} then ${at}::text::timestamptz else clicked_at end
     where id = ${row.id}`;
}

/** A hard bounce ends the address for everybody, a complaint ends the customer's consent to marketing e-mail. */
async function applyConsequences(transaction: Transaction, workspaceId: string, row: MessageRow, report: DeliveryReport, now: Instant): Promise<number> {
  if (report.permanent && row.address !== null && (report.status === 'bounced' || report.status === 'failed')) {
    await suppressAddress(transaction, workspaceId, { channel: row.channel, address: row.address, reason: report.status === 'bounced' ? 'bounced' : 'invalid' }, now);
  }
  if (report.status !== 'complained') return 0;
  return applyConsents(transaction, workspaceId, [{ customerId: row.customerId, purpose: 'marketing', channel: 'email', state: 'denied', source: 'complaint', at: now, proof: { messageId: row.id } }]);
}
