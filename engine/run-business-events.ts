/**
 * Takes in whom an event of the brand concerns (§1.9): page by page over the customers, each page one transaction that writes an event for everybody
 * concerned, under a key of event and customer, and how far it came. Killed in between, it goes on after the last page; nobody is taken in twice.
 */
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { businessProperties, concernedBy, startedByBusiness } from '#domain/events/business-event.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import type { Engine } from '#engine/engine.ts';
import { loadWorkspace, type LoadedWorkspace } from '#engine/load-workspace.ts';
import { isOfOneMember } from '#engine/try-again.ts';

export const LOOKED_AT_A_TIME = 500;
/** How long a runner may be silent before another takes its event over, in machine time. */
const LEASE_SECONDS = 15;

const Row = z.object({ id: z.string(), event_id: z.string(), type: z.string(), properties: z.record(z.string(), z.unknown()), store_id: z.string().nullable(), occurred_at: z.date(), after_id: z.string() });
export type BusinessEventRow = z.infer<typeof Row>;
export type Announced = Pick<BusinessEventRow, 'id' | 'type' | 'properties' | 'store_id' | 'occurred_at'>;

/** The event as each customer will have it. */
const forCustomer = ({ id, type, properties, store_id, occurred_at }: Announced, now: Instant): CustomerEvent => ({
  id, no: 0, type, source: 'system', occurredAt: occurred_at.getTime(), acceptedAt: now, storeId: store_id, historical: false, properties: businessProperties(formatId('businessEvent', id), properties), depth: 1,
});

/** `unreadable`: who could not be looked at, each by their own doing. */
export type Chosen = { concerned: { facts: CustomerFacts; plans: Plan[] }[]; unreadable: string[] };

/**
 * Whom of these customers the event concerns now, each with the journeys that would take them in. A page that fails by the doing of one of its members
 * is halved until that one is found: one customer who cannot be read holds up nobody else.
 */
export async function chooseConcerned(transaction: Transaction, workspace: LoadedWorkspace, plans: Plan[], event: Announced, ids: string[], now: Instant): Promise<Chosen> {
  try {
    return { concerned: await transaction.savepoint((part) => lookAt(part, workspace, plans, event, ids, now)), unreadable: [] };
  } catch (error) {
    if (!isOfOneMember(error)) throw error;
    if (ids.length <= 1) return { concerned: [], unreadable: ids };
    const middle = Math.ceil(ids.length / 2);
    const first = await chooseConcerned(transaction, workspace, plans, event, ids.slice(0, middle), now);
    const second = await chooseConcerned(transaction, workspace, plans, event, ids.slice(middle), now);
    return { concerned: [...first.concerned, ...second.concerned], unreadable: [...first.unreadable, ...second.unreadable] };
  }
}

async function lookAt(transaction: Transaction, workspace: LoadedWorkspace, plans: Plan[], event: Announced, ids: string[], now: Instant): Promise<Chosen['concerned']> {
  const facts = await loadFacts(transaction, workspace, plans, ids, new Map(ids.map((id) => [id, Number.MAX_SAFE_INTEGER])), now);
  const happened = forCustomer(event, now);
  return [...facts.values()].map((each) => ({ facts: each, plans: concernedBy(plans, happened, each) })).filter((each) => each.plans.length > 0);
}

/** The keys come before the heads, in sorted order; answers the customers who did not have this event yet. */
async function claimCustomers(transaction: Transaction, workspaceId: string, event: BusinessEventRow, customerIds: string[], now: Instant): Promise<string[]> {
  const keyOf = (customerId: string): string => `${formatId('businessEvent', event.id)}:${formatId('customer', customerId)}`;
  const keys = new Map(customerIds.map((id) => [keyOf(id), id]));
  const known = new Set((await transaction<{ event_id: string }[]>`select event_id from event_keys where event_id = any(${[...keys.keys()]})`).map((row) => row.event_id));
  const fresh = [...keys].filter(([key]) => !known.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  await insertRows(transaction, 'event_keys', fresh.map(([key, customerId]) => ({
    workspace_id: workspaceId, event_id: key, body_hash: '\\x', accepted_at: formatInstant(now), customer_id: customerId, answer: { id: key, status: 'accepted', customerId },
  })));
  return fresh.map(([, customerId]) => customerId);
}

/** Who could not be looked at is refused by each journey that the event begins, with the reason (§1.6). */
async function refuse(transaction: Transaction, workspaceId: string, event: BusinessEventRow, plans: Page['plans'], customerIds: string[], now: Instant): Promise<void> {
  await insertRows(transaction, 'traces', customerIds.flatMap((customerId) => plans.map(({ journeyId, versionId }) => ({
    id: newId(), workspace_id: workspaceId, customer_id: customerId, journey_id: journeyId, version_id: versionId, enrollment_id: null, node_id: null, visit: null, kind: 'entryRefused',
    data: { reason: { code: 'customer.unreadable' }, businessEvent: formatId('businessEvent', event.id) }, at: formatInstant(now),
  }))));
}

type Page = { afterId: string; looked: string[]; concerned: string[]; unreadable: string[]; plans: Pick<Plan, 'journeyId' | 'versionId'>[]; properties: Record<string, unknown>; isLast: boolean };

/** Looks before anything is locked: whoever holds a customer may want to change the workspace, and nobody waits for a head while holding that. */
const readPage = (engine: Engine, workspaceId: string, claimed: BusinessEventRow): Promise<Page | null> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [event] = await transaction`select id, event_id, type, properties, store_id, occurred_at, after_id from business_events where id = ${claimed.id} and state = 'running'`;
  if (!event) return null;
  const row = Row.parse(event);
  const workspace = await loadWorkspace(transaction, workspaceId);
  const now = await readNow(transaction, workspaceId);
  const plans = startedByBusiness(workspace.plans.values(), row.type);
  const looked = plans.length === 0 ? [] : (await transaction<{ id: string }[]>`select id from customers where id > ${row.after_id} order by id limit ${LOOKED_AT_A_TIME}`).map(({ id }) => id);
  const { concerned, unreadable } = await chooseConcerned(transaction, workspace, plans, row, looked, now);
  return { afterId: row.after_id, looked, unreadable, plans, concerned: concerned.map(({ facts }) => facts.customerId), properties: forCustomer(row, now).properties, isLast: looked.length < LOOKED_AT_A_TIME };
});

/** One page, written in one transaction unless another runner has written it meanwhile; answers whether there may be more. */
async function lookAtPage(engine: Engine, workspaceId: string, claimed: BusinessEventRow): Promise<boolean> {
  const page = await readPage(engine, workspaceId, claimed);
  if (!page) return false;
  const { afterId, looked, concerned, unreadable, plans, properties, isLast } = page;
  const written = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [mine] = await transaction`select from business_events where id = ${claimed.id} and state = 'running' and after_id = ${afterId} for no key update`;
    if (!mine) return null;
    const now = await readNow(transaction, workspaceId);
    const fresh = await claimCustomers(transaction, workspaceId, claimed, concerned, now);
    await refuse(transaction, workspaceId, claimed, plans, await claimCustomers(transaction, workspaceId, claimed, unreadable, now), now);
    await lockHeads(transaction, fresh);
    const kept = await appendSystemEvents(transaction, workspaceId, fresh.map((customerId) => ({
      customerId, type: claimed.type, properties, occurredAt: claimed.occurred_at.getTime(), storeId: claimed.store_id, eventId: `${formatId('businessEvent', claimed.id)}:${formatId('customer', customerId)}`,
    })));
    await transaction`
      update business_events set looked = looked + ${looked.length}, concerned = concerned + ${fresh.length}, after_id = ${looked.at(-1) ?? afterId}, state = ${isLast ? 'done' : 'running'},
        finished_at = case when ${isLast} then workspace_now(${workspaceId}) end, lease_until = case when ${isLast} then null else clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}) end
       where id = ${claimed.id}`;
    return kept;
  });
  if (written) engine.hintRouters();
  return written === null || !isLast;
}

const claim = (engine: Pick<Engine, 'database'>, workspaceId: string): Promise<BusinessEventRow | null> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [row] = await transaction`
    update business_events set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}), total = (select count(*) from customers), state = 'running'
     where id = (select id from business_events where state in ('planned', 'running') and due_at <= workspace_now(${workspaceId}) and (lease_until is null or lease_until < clock_timestamp())
                  order by due_at, id limit 1 for no key update skip locked)
    returning id, event_id, type, properties, store_id, occurred_at, after_id`;
  return row ? Row.parse(row) : null;
});

/** Runs the business events of a workspace that are due; answers how many were done. An aborted one is left to whoever finds its lease run out. */
export async function runBusinessEvents(engine: Engine, workspaceId: string, signal?: AbortSignal): Promise<number> {
  for (let done = 0; ; done += 1) {
    const claimed = signal?.aborted ? null : await claim(engine, workspaceId);
    if (!claimed) return done;
    while (!signal?.aborted && (await lookAtPage(engine, workspaceId, claimed)));
  }
}
