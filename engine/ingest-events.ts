/**
 * Stage 1, ingest. In: events as posted, one or a thousand. Out: for each an answer, true once committed: event key, event with the customer's next
 * number, figures and postings in one transaction. Partial acceptance: each element has its own fate (§11.4).
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { noteServed } from '#db/queries/seen-customers.ts';
import { changeProfile, CustomerProfile, type ProfileChange } from '#domain/customers/profile.ts';
import { parseEvent, type ParsedEvent } from '#domain/events/parse-event.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { changeOfBalance } from '#domain/loyalty/ledger.ts';
import { spanOf, Till, type Order, type StandingSpan, type Taken } from '#domain/loyalty/till.ts';
import { appendSystemEvents } from './append-system-events.ts';
import { lockHeads, readNow, type Head } from './burst/gather.ts';
import type { Engine } from './engine.ts';
import type { IngestAnswer } from './ingest/answer.ts';
import { loadOrders, loadTill, writeTill } from './ingest/apply-purchases.ts';
import { claimKeys, keepAnswers, type Keyed } from './ingest/claim-keys.ts';
import { findPeople, resolveCustomers, type KnownPeople } from './ingest/resolve-customers.ts';
import { loadWorkspace, type LoadedWorkspace } from './load-workspace.ts';
import { SPENT, tryAgain } from './try-again.ts';
import { queueWebhooks } from './webhooks/queue-webhooks.ts';

export type { IngestAnswer } from './ingest/answer.ts';

type Item = Keyed & { event: ParsedEvent; uuid: string; quarantine: Problem[] | null; customerId: string | null; no: number | null };

const orderIdOf = ({ body }: ParsedEvent): string | null => (body === null ? null : body.kind === 'purchase' ? body.purchase.orderId : body.back.orderId);

/** Parses every element; what is rejected is answered at once and never keyed. */
function parseAll(inputs: unknown[], workspace: LoadedWorkspace, closedTypes: Set<string> | null, now: Instant, answers: (IngestAnswer | null)[]): Map<Keyed, { index: number; item: Item }> {
  const items = new Map<Keyed, { index: number; item: Item }>();
  inputs.forEach((input, index) => {
    const outcome = parseEvent(input, { now, currency: workspace.currency, country: workspace.rules.country, closedTypes, schemas: workspace.schemas });
    if (outcome.outcome === 'rejected') {
      answers[index] = { id: outcome.id, status: 'rejected', problems: outcome.problems };
      return;
    }
    const { event } = outcome;
    const unknownStore = event.store !== null && !workspace.storeIds.has(event.store)
      ? [{ code: 'store.unknown', message: `There is no store «${event.store}»: create it, then replay the event.`, path: ['store'] }]
      : null;
    const item: Item = { id: event.id, input, event, uuid: newId(), quarantine: outcome.outcome === 'quarantined' ? outcome.problems : unknownStore, customerId: null, no: null };
    items.set(item, { index, item });
  });
  return items;
}

async function loadClosedTypes(transaction: Transaction, workspace: LoadedWorkspace): Promise<Set<string> | null> {
  if (!workspace.registryClosed) return null;
  return new Set((await transaction<{ type: string }[]>`select type from event_types`).map((row) => row.type));
}

/** Gives each item its customer, and returns theirs by their order when the till named nobody. Answers whom nobody knows, and who is new. */
async function nameCustomers(
  transaction: Transaction, workspace: LoadedWorkspace, items: Item[], orders: Map<string, Order>, people: KnownPeople, now: Instant,
): Promise<{ rejected: Map<Item, Problem[]>; created: string[]; phoned: Map<string, boolean> }> {
  const rejected = new Map<Item, Problem[]>();
  const living = items.filter((item) => !item.quarantine);
  const named = living.map(({ event, uuid }) => ({ eventId: uuid, customerId: event.customerId, identifiers: event.identifiers, source: `event:${event.type}` }));
  const { resolved, created, phoned } = await resolveCustomers(transaction, workspace.id, named, people, now);
  const history = new Set(living.filter(({ event }) => event.historical).map(({ uuid }) => uuid));
  const buyers = new Map([...orders.values()].map((order) => [order.orderId, order.customerId]));
  for (const item of living) {
    const customerId = resolved.get(item.uuid);
    if (item.event.customerId && customerId === undefined) {
      rejected.set(item, [{ code: 'customer.unknown', message: 'No customer has this id.', path: ['customer', 'id'] }]);
    }
    const { body } = item.event;
    item.customerId = customerId ?? (body?.kind === 'return' ? buyers.get(body.back.orderId) : null) ?? null;
    if (body?.kind === 'purchase' && !buyers.has(body.purchase.orderId)) buyers.set(body.purchase.orderId, item.customerId);
  }
  return { rejected, created, phoned: new Map([...phoned].map(([customerId, eventIds]) => [customerId, eventIds.every((id) => history.has(id))])) };
}

/** When every order of a customer that still stands was made: needed only when one comes back whole. */
async function standingSpans(transaction: Transaction, till: Till, customerIds: string[]): Promise<StandingSpan> {
  const rows = customerIds.length === 0 ? [] : await transaction<{ customer_id: string; order_id: string; occurred_at: Date }[]>`
    select customer_id, order_id, occurred_at from orders where customer_id = any(${customerIds}) and not returned_whole`;
  return (customerId, without) => {
    const inBatch = new Map(till.standing(customerId).map((order) => [order.orderId, order.occurredAt]));
    for (const row of rows) if (row.customer_id === customerId && !till.knows(row.order_id)) inBatch.set(row.order_id, row.occurred_at.getTime());
    inBatch.delete(without);
    return spanOf([...inBatch.values()]);
  };
}

/** Carries purchases and returns out on the till, which then knows what to write. The heads of `customerIds` are locked. */
async function applyBodies(transaction: Transaction, till: Till, items: Item[], customerIds: string[], workspace: LoadedWorkspace): Promise<void> {
  const returns = items.filter(({ event }) => event.body?.kind === 'return');
  const [, spans] = await Promise.all([
    loadTill(transaction, workspace, till, customerIds, returns.flatMap(({ event }) => orderIdOf(event) ?? [])),
    standingSpans(transaction, till, returns.length > 0 ? customerIds : []),
  ]);
  const held = new Set(customerIds);
  for (const item of items) {
    const storeId = item.event.store ? workspace.storeIds.get(item.event.store) : undefined;
    const taken: Taken = { event: item.event, uuid: item.uuid, customerId: item.customerId, zone: storeId ? (workspace.storeZones.get(storeId) ?? null) : null };
    if (item.event.body?.kind === 'purchase') till.buy(taken, item.event.body.purchase);
    else if (item.event.body?.kind === 'return') till.bringBack(taken, item.event.body.back.orderId, spans, held);
    const refusal = till.refusals.get(item.uuid);
    if (refusal) item.quarantine = [refusal];
  }
}

/** Numbers the accepted events of each customer and leaves the head pending; events that can do nothing any more are not left to the router. */
async function number(transaction: Transaction, items: Item[], heads: Head[]): Promise<void> {
  const counts = new Map<string, { count: number; quiet: boolean }>();
  for (const { customerId, event } of items) {
    if (!customerId) continue;
    const mine = counts.get(customerId) ?? { count: 0, quiet: true };
    counts.set(customerId, { count: mine.count + 1, quiet: mine.quiet && event.historical });
  }
  if (counts.size === 0) return;
  const next = new Map(heads.map((head) => [head.customer_id, head.last_event_no]));
  for (const item of items) {
    if (!item.customerId) continue;
    item.no = next.get(item.customerId)! + 1;
    next.set(item.customerId, item.no);
  }
  const ids = [...counts.keys()];
  await transaction`
    update heads h set last_event_no = last_event_no + t.n,
      last_routed_no = case when t.quiet = 1 and last_routed_no = last_event_no then last_event_no + t.n else last_routed_no end,
      pending_since = case when t.quiet = 1 and last_routed_no = last_event_no then null else coalesce(pending_since, clock_timestamp()) end
    from unnest(${ids}::uuid[], ${ids.map((id) => counts.get(id)!.count)}::bigint[], ${ids.map((id) => (counts.get(id)!.quiet ? 1 : 0))}::int[]) t(c, n, quiet)
    where h.customer_id = t.c`;
}

/** `phoned`: who was given a new phone, and whether history alone gave it; their zone may hang on it (§3.3). */
async function changeProfiles(transaction: Transaction, workspace: LoadedWorkspace, items: Item[], phoned: ReadonlyMap<string, boolean>, now: Instant): Promise<void> {
  const changes = new Map<string, ProfileChange[]>();
  for (const { customerId, event } of items) if (customerId && event.profile) changes.set(customerId, [...(changes.get(customerId) ?? []), event.profile]);
  if (changes.size === 0 && phoned.size === 0) return;
  const rows = changes.size === 0 ? [] : await transaction<{ id: string; profile: unknown }[]>`select id, profile from customers where id = any(${[...changes.keys()]})`;
  const changed = rows.map((row) => ({ id: row.id, profile: changes.get(row.id)!.reduce(changeProfile, CustomerProfile.parse(row.profile)) }));
  if (changed.length > 0) await transaction`
    update customers c set profile = n.profile from jsonb_to_recordset(${transaction.json(changed as never)}) n(id uuid, profile jsonb) where c.id = n.id`;
  if (!workspace.listens.has('customer.changed')) return;
  await appendSystemEvents(transaction, workspace.id, [...new Set([...changes.keys(), ...phoned.keys()])].map((customerId) => ({
    customerId, type: 'customer.changed', occurredAt: now,
    properties: { fields: [...new Set((changes.get(customerId) ?? []).flatMap((change) => Object.keys(change))), ...(phoned.has(customerId) ? ['phone'] : [])] },
    historical: (phoned.get(customerId) ?? true) && items.every((item) => item.customerId !== customerId || !item.event.profile || item.event.historical),
  })));
}

/** The types that this process has seen committed, by workspace: they need not be offered to the registry again. */
const knownTypes = new Map<string, Set<string>>();

async function writeEvents(transaction: Transaction, workspace: LoadedWorkspace, items: Item[], now: Instant, by: string | null): Promise<void> {
  const at = formatInstant(now);
  const known = knownTypes.get(workspace.id) ?? new Set<string>();
  const types = new Map(items.filter(({ quarantine, event }) => !quarantine && !known.has(event.type)).map(({ event }) => [event.type, event]));
  await Promise.all([insertRows(transaction, 'events', items.map(({ input, event, uuid, quarantine, customerId, no }) => ({
    id: uuid, workspace_id: workspace.id, customer_id: quarantine ? null : customerId, no: quarantine ? null : no, event_id: event.id, type: event.type, source: 'merchant',
    occurred_at: formatInstant(event.occurredAt), accepted_at: at, store_id: event.store ? (workspace.storeIds.get(event.store) ?? null) : null, historical: event.historical,
    properties: event.properties, outcome: quarantine ? 'quarantined' : 'accepted', problem: quarantine, posted: quarantine ? input : null, depth: 0, posted_by: by,
  }))), insertRows(transaction, 'event_types', [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, event]) =>
    ({ workspace_id: workspace.id, type, sample: event.properties, first_seen_at: at })), 'ignore')]);
}

function answerOf(item: Item, till: Till): IngestAnswer {
  if (item.quarantine) return { id: item.id, status: 'quarantined', eventId: item.uuid, problems: item.quarantine };
  const loyalty = till.loyalty.get(item.uuid);
  return {
    id: item.id, status: 'accepted', eventId: item.uuid,
    ...(item.customerId ? { customerId: item.customerId } : {}),
    ...(loyalty ? { loyalty } : {}),
    ...(item.event.historical ? { entersNothing: 'historical' as const } : {}),
  };
}

/** All writes that depend on none of the others' answers, sent one after the other without waiting. */
async function writeAll(transaction: Transaction, workspace: LoadedWorkspace, till: Till, kept: { index: number; item: Item }[], heads: Head[], answers: (IngestAnswer | null)[], phoned: ReadonlyMap<string, boolean>, now: Instant, by: string | null): Promise<void> {
  const accepted = kept.map(({ item }) => item).filter((item) => !item.quarantine);
  for (const { index, item } of kept) answers[index] = answerOf(item, till);
  await Promise.all([
    writeTill(transaction, workspace.id, till),
    number(transaction, accepted, heads),
    writeEvents(transaction, workspace, kept.map(({ item }) => item), now, by),
    keepAnswers(transaction, kept.map(({ index, item }) => ({ id: item.id, customerId: item.customerId, answer: answers[index]! }))),
    noteServed(transaction, workspace.id, accepted.flatMap(({ customerId, event: { store } }) => {
      const storeId = store ? workspace.storeIds.get(store) : undefined;
      return customerId && storeId ? [{ customerId, storeId }] : [];
    })),
    queueWebhooks(transaction, workspace, accepted.map(({ uuid, customerId, event }) => ({ id: uuid, type: event.type, customerId, historical: event.historical }))),
  ]);
  await changeProfiles(transaction, workspace, accepted, phoned, now);
  if (workspace.listens.has('points.posted') && till.posted.length > 0) {
    const history = new Set(accepted.flatMap(({ uuid, event }) => (event.historical ? [uuid] : [])));
    await appendSystemEvents(transaction, workspace.id, till.posted.map((transfer) => ({
      customerId: transfer.customerId, type: 'points.posted', occurredAt: transfer.at, ...(transfer.eventId ? { causeId: transfer.eventId, historical: history.has(transfer.eventId) } : {}),
      properties: { programme: transfer.programmeKey, amount: changeOfBalance(transfer), kind: transfer.kind },
    })));
  }
}

/** Whoever is new has dates from now on (§1.4). One who comes with history alone is known, and enters nothing by having come. */
async function tellCreated(transaction: Transaction, workspace: LoadedWorkspace, created: string[], items: Item[], now: Instant): Promise<void> {
  if (created.length === 0 || !workspace.listens.has('customer.created')) return;
  await appendSystemEvents(transaction, workspace.id, created.map((customerId) => ({
    customerId, type: 'customer.created', properties: {}, occurredAt: now, historical: items.every((item) => item.customerId !== customerId || item.event.historical),
  })));
}

/** The same inside a transaction of the caller's, who hints the routers after it. `by` is the till, or who stood at it. */
export async function ingestWithin(transaction: Transaction, workspaceId: string, inputs: unknown[], by: string | null = null): Promise<{ answers: IngestAnswer[]; types: string[] }> {
  const [workspace, now] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId)]);
  const answers: (IngestAnswer | null)[] = inputs.map(() => null);
  const parsed = parseAll(inputs, workspace, await loadClosedTypes(transaction, workspace), now, answers);
  const all = [...parsed.values()];
  const [{ instead, follows }, orders, people] = await Promise.all([
    claimKeys(transaction, workspaceId, [...parsed.keys()], now),
    loadOrders(transaction, [...new Set(all.flatMap(({ item }) => orderIdOf(item.event) ?? []))].sort()),
    findPeople(transaction, all.flatMap(({ item }) => (item.quarantine ? [] : item.event))),
  ]);
  for (const [keyed, answer] of instead) answers[parsed.get(keyed)!.index] = answer;
  const answerAll = (): IngestAnswer[] => {
    for (const [repeat, first] of follows) {
      const answer = answers[parsed.get(first)!.index]!;
      answers[parsed.get(repeat)!.index] = answer.status === 'rejected' ? answer : { ...answer, status: 'duplicate' };
    }
    return answers.map((answer) => answer!);
  };
  const items = all.filter(({ item }) => !instead.has(item) && !follows.has(item));
  if (items.length === 0) return { answers: answerAll(), types: [] };

  const { rejected, created, phoned } = await nameCustomers(transaction, workspace, items.map(({ item }) => item), orders, people, now);
  for (const { index, item } of items) if (rejected.has(item)) answers[index] = { id: item.id, status: 'rejected', problems: rejected.get(item)! };
  if (rejected.size > 0) await transaction`delete from event_keys where event_id = any(${[...rejected.keys()].map((item) => item.id)})`;

  const kept = items.filter(({ item }) => !rejected.has(item));
  const living = kept.map(({ item }) => item).filter((item) => !item.quarantine);
  const owners = [...orders.values()].flatMap((order) => order.customerId ?? []);
  const customerIds = [...new Set([...living.flatMap((item) => item.customerId ?? []), ...owners])];
  const heads = await lockHeads(transaction, customerIds);
  // What others changed while this transaction waited for the heads is read anew.
  const till = new Till(workspace.rules, await loadOrders(transaction, [...new Set(living.flatMap((item) => orderIdOf(item.event) ?? []))]));
  await applyBodies(transaction, till, living, customerIds, workspace);
  await writeAll(transaction, workspace, till, kept, heads, answers, phoned, now, by);
  await tellCreated(transaction, workspace, created, living, now);
  return { answers: answerAll(), types: living.filter((item) => !item.quarantine).map((item) => item.event.type) };
}

/** Besides deadlocks: two batches that bring the same order at once, also where a statement sent after the refused one speaks for it. */
export const LOST_RACES = [...SPENT, '23505', '25P02'];

/**
 * Takes events in: up to 1,000, each an unknown value from outside. Answers in their order. All or nothing of the accepted ones is committed when the promise resolves;
 * a failure of the database throws and nothing was taken.
 */
export async function ingestEvents(engine: Engine, workspaceId: string, inputs: unknown[], by: string | null = null): Promise<IngestAnswer[]> {
  const { answers, types } = await tryAgain(() => inWorkspace(engine.database, workspaceId, (transaction) => ingestWithin(transaction, workspaceId, inputs, by)), LOST_RACES);
  if (answers.some((answer) => answer.status === 'accepted')) engine.hintRouters();
  knownTypes.set(workspaceId, new Set([...(knownTypes.get(workspaceId) ?? []), ...types]));
  return answers;
}
