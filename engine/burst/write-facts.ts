/** Step five of a burst, the customer's facts: postings and balances, vouchers, attributes, requests, tasks, and events kept for paused journeys. */
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';
import { issueVouchers } from '#engine/issue-vouchers.ts';
import { postTransfers } from '#engine/post-transfers.ts';
import { insertRequests } from '#engine/write-requests.ts';
import { insertTasks } from '#engine/write-tasks.ts';
import type { CustomerEffect } from './write-messages.ts';

export async function writeFacts(transaction: Transaction, workspace: LoadedWorkspace, effects: CustomerEffect[], facts: Map<string, CustomerFacts>): Promise<void> {
  const transfers = effects.flatMap(({ effect }) => (effect.kind === 'transfer' ? [effect.transfer] : []));
  const grants = effects.flatMap(({ customerId, effect }) => (effect.kind === 'grantOffer' ? [{ ...effect, customerId, offerId: workspace.offerIds.get(effect.offerKey)! }] : []));
  const changed = [...new Set(effects.filter(({ effect }) => effect.kind === 'setAttribute' || effect.kind === 'changeTag').map(({ customerId }) => customerId))];
  const profiles = changed.map((id) => ({ id, profile: facts.get(id)!.profile }));
  await Promise.all([
    postTransfers(transaction, workspace.id, transfers),
    issueVouchers(transaction, workspace.id, grants),
    insertRequests(transaction, workspace.id, effects),
    insertTasks(transaction, workspace, effects.flatMap(({ customerId, effect }) => (effect.kind === 'createTask' ? [{ ...effect.task, customerId }] : []))),
    profiles.length > 0 && transaction`
      update customers c set profile = n.profile from jsonb_to_recordset(${transaction.json(profiles as never)}) n(id uuid, profile jsonb)
      where c.id = n.id and c.id = any(${changed})`,
    insertRows(transaction, 'deferrals', effects.flatMap(({ customerId, effect }) =>
      effect.kind === 'deferEvent' ? [{ workspace_id: workspace.id, journey_id: effect.journeyId, customer_id: customerId, event_id: effect.eventId, no: effect.no }] : []), 'ignore'),
  ]);
}
