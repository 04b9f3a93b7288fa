/** Whom an event of the brand would take in now, by the rules that decide when it is posted (§1.9). Nothing is changed. */
import type { Transaction } from '#db/connection.ts';
import { startedByBusiness } from '#domain/events/business-event.ts';
import { readNow } from '#engine/burst/gather.ts';
import type { BusinessEventInput } from '#engine/commands/post-business-event.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { chooseConcerned } from '#engine/run-business-events.ts';

/** Counted when `isEstimate` is false, else projected from those looked at, who are chosen by a hash of their ids. */
export type Concerned = { customers: number; inAll: number; isEstimate: boolean; journeys: { id: string; name: string; customers: number }[] };

const PAGE = 500;
const MOST_LOOKED_AT = 20_000;

/** Looks at customers in an order that is no order, until all are seen or `limitMs` of machine time has passed. */
export async function countConcerned(transaction: Transaction, workspaceId: string, { type, occurredAt, storeId, properties }: BusinessEventInput, limitMs: number): Promise<Concerned> {
  const since = performance.now();
  const workspace = await loadWorkspace(transaction, workspaceId);
  const now = await readNow(transaction, workspaceId);
  const plans = startedByBusiness(workspace.plans.values(), type);
  const [all] = await transaction<{ count: number }[]>`select count(*)::int as count from customers`;
  const rows = plans.length === 0 ? [] : await transaction<{ id: string }[]>`select id from customers order by md5(id::text) limit ${MOST_LOOKED_AT}`;
  const event = { id: '00000000-0000-0000-0000-000000000000', type, properties, store_id: storeId, occurred_at: new Date(occurredAt) };
  const byJourney = new Map(plans.map(({ journeyId }) => [journeyId, 0]));
  let looked = 0;
  let customers = 0;
  while (looked < rows.length && (looked === 0 || performance.now() - since < limitMs)) {
    const ids = rows.slice(looked, looked + PAGE).map(({ id }) => id);
    looked += ids.length;
    for (const each of (await chooseConcerned(transaction, workspace, plans, event, ids, now)).concerned) {
      customers += 1;
      for (const { journeyId } of each.plans) byJourney.set(journeyId, (byJourney.get(journeyId) ?? 0) + 1);
    }
  }
  const inAll = all?.count ?? 0;
  const isEstimate = plans.length > 0 && looked < inAll;
  const project = (found: number): number => (isEstimate ? Math.round((found / looked) * inAll) : found);
  return { customers: project(customers), inAll, isEstimate, journeys: plans.map(({ journeyId, journey: { name } }) => ({ id: journeyId, name, customers: project(byJourney.get(journeyId) ?? 0) })) };
}
