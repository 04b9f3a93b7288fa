/** Whom an event is about: its identifiers are looked up by their normal form, an unknown person with an identifier is created, and two people named at once go on a list (§13.1). */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { chooseCustomer, type Identifier, type IdentifierKind } from '#domain/customers/identifiers.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export type Named = { eventId: string; customerId: string | null; identifiers: Identifier[]; source: string };

const nameOf = ({ kind, value }: Identifier): string => `${kind} ${value}`;

async function findIdentifiers(transaction: Transaction, identifiers: Identifier[]): Promise<Map<string, string>> {
  if (identifiers.length === 0) return new Map();
  const rows = await transaction<{ kind: IdentifierKind; value: string; customer_id: string }[]>`
    select i.kind, i.value, i.customer_id from customer_identifiers i
    join unnest(${identifiers.map((identifier) => identifier.kind)}::text[], ${identifiers.map((identifier) => identifier.value)}::text[]) n(kind, value)
      on i.kind = n.kind and i.value = n.value`;
  return new Map(rows.map((row) => [nameOf(row), row.customer_id]));
}

/** Creates a customer for each person nobody knows, and adds the identifiers that are new. Whoever loses the race for an identifier finds the winner's customer. */
async function createMissing(transaction: Transaction, workspaceId: string, named: Named[], known: Map<string, string>, now: Instant): Promise<void> {
  const at = formatInstant(now);
  const wanted = new Map<string, { identifier: Identifier; customerId: string; source: string }>();
  const created = new Set<string>();
  for (const { customerId, identifiers, source } of named) {
    if (identifiers.length === 0) continue;
    const found = identifiers.flatMap((identifier) => {
      const owner = known.get(nameOf(identifier)) ?? wanted.get(nameOf(identifier))?.customerId;
      return owner ? [{ kind: identifier.kind, customerId: owner }] : [];
    });
    let owner = customerId ?? chooseCustomer(found).customerId;
    if (!owner) {
      owner = newId();
      created.add(owner);
    }
    for (const identifier of identifiers) {
      const name = nameOf(identifier);
      if (!known.has(name) && !wanted.has(name)) wanted.set(name, { identifier, customerId: owner, source });
    }
  }
  if (wanted.size === 0) return;
  await insertRows(transaction, 'customers', [...created].map((id) => ({ id, workspace_id: workspaceId, profile: {}, figures: {}, created_at: at })));
  await insertRows(transaction, 'heads', [...created].map((id) => ({ customer_id: id, workspace_id: workspaceId, last_event_no: 0, last_routed_no: 0 })));
  const rows = [...wanted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { identifier, customerId, source }]) =>
    ({ workspace_id: workspaceId, kind: identifier.kind, value: identifier.value, customer_id: customerId, source, created_at: at }));
  await insertRows(transaction, 'customer_identifiers', rows, 'ignore');
  if (created.size === 0) return;
  const empty = await transaction<{ id: string }[]>`
    select c.id from unnest(${[...created]}::uuid[]) c(id) where not exists (select from customer_identifiers i where i.customer_id = c.id)`;
  const ids = empty.map((row) => row.id);
  if (ids.length > 0) {
    await transaction`delete from heads where customer_id = any(${ids})`;
    await transaction`delete from customers where id = any(${ids})`;
  }
}

/** Answers the customer of each event: null for a receipt without one, undefined for one of our ids that nobody has. */
export async function resolveCustomers(transaction: Transaction, workspaceId: string, named: Named[], now: Instant): Promise<Map<string, string | null | undefined>> {
  const ids = [...new Set(named.flatMap(({ customerId }) => (customerId ? [customerId] : [])))];
  const existing = new Set(ids.length > 0 ? (await transaction<{ id: string }[]>`select id from customers where id = any(${ids})`).map((row) => row.id) : []);
  const valid = named.filter(({ customerId }) => customerId === null || existing.has(customerId));
  const all = [...new Map(valid.flatMap(({ identifiers }) => identifiers).map((identifier) => [nameOf(identifier), identifier])).values()];
  let known = await findIdentifiers(transaction, all);
  if (all.some((identifier) => !known.has(nameOf(identifier)))) {
    await createMissing(transaction, workspaceId, valid, known, now);
    known = await findIdentifiers(transaction, all);
  }
  const resolved = new Map<string, string | null | undefined>();
  const pairs: Record<string, unknown>[] = [];
  for (const { eventId, customerId, identifiers } of named) {
    if (customerId && !existing.has(customerId)) {
      resolved.set(eventId, undefined);
      continue;
    }
    const found = identifiers.map((identifier) => ({ kind: identifier.kind, customerId: known.get(nameOf(identifier))! }));
    const chosen = chooseCustomer(found);
    const owner = customerId ?? chosen.customerId;
    resolved.set(eventId, owner);
    const other = customerId ? found.find((item) => item.customerId !== customerId)?.customerId : chosen.conflict?.[1];
    if (owner && other) pairs.push({ workspace_id: workspaceId, customer_id: owner, other_id: other, event_id: eventId, found_at: formatInstant(now) });
  }
  await insertRows(transaction, 'merge_candidates', pairs, 'ignore');
  return resolved;
}
