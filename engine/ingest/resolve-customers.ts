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
    select kind, value, customer_id from customer_identifiers
    where kind = any(${[...new Set(identifiers.map((identifier) => identifier.kind))]}) and value = any(${identifiers.map((identifier) => identifier.value)})`;
  return new Map(rows.map((row) => [nameOf(row), row.customer_id]));
}

/** `phoned`: whom a new phone was given who was known before, with the events that brought it. */
type Made = { owners: Map<string, string>; created: string[]; phoned: Map<string, string[]> };

/**
 * Creates a customer for each person nobody knows, and adds the identifiers that are new. Whoever loses the race for an identifier finds the winner's
 * customer. Answers the owners of all identifiers.
 */
async function createMissing(transaction: Transaction, workspaceId: string, named: Named[], known: Map<string, string>, all: Identifier[], now: Instant): Promise<Made> {
  const at = formatInstant(now);
  const wanted = new Map<string, { identifier: Identifier; customerId: string; source: string; eventId: string }>();
  const created = new Set<string>();
  for (const { eventId, customerId, identifiers, source } of named) {
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
      if (!known.has(name) && !wanted.has(name)) wanted.set(name, { identifier, customerId: owner, source, eventId });
    }
  }
  if (wanted.size === 0) return { owners: known, created: [], phoned: new Map() };
  const rows = [...wanted.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { identifier, customerId, source }]) =>
    ({ workspace_id: workspaceId, kind: identifier.kind, value: identifier.value, customer_id: customerId, source, created_at: at }));
  const [,,, owners] = await Promise.all([
    insertRows(transaction, 'customers', [...created].map((id) => ({ id, workspace_id: workspaceId, profile: {}, figures: {}, created_at: at }))),
    insertRows(transaction, 'heads', [...created].map((id) => ({ customer_id: id, workspace_id: workspaceId, last_event_no: 0, last_routed_no: 0 }))),
    insertRows(transaction, 'customer_identifiers', rows, 'ignore'),
    findIdentifiers(transaction, all),
  ]);
  const owning = new Set(owners.values());
  const empty = [...created].filter((id) => !owning.has(id));
  if (empty.length > 0) {
    await Promise.all([transaction`delete from heads where customer_id = any(${empty})`, transaction`delete from customers where id = any(${empty})`]);
  }
  const phoned = new Map<string, string[]>();
  for (const [name, { identifier, customerId, eventId }] of wanted) {
    if (identifier.kind === 'phone' && !created.has(customerId) && owners.get(name) === customerId) phoned.set(customerId, [...(phoned.get(customerId) ?? []), eventId]);
  }
  return { owners, created: [...created].filter((id) => owning.has(id)), phoned };
}

/** Who is known already: which of our ids exist, and the owner of each identifier. */
export type KnownPeople = { ids: Set<string>; owners: Map<string, string> };

const distinct = (identifiers: Identifier[]): Identifier[] => [...new Map(identifiers.map((identifier) => [nameOf(identifier), identifier])).values()];

/** Reads who is known of those that events name. */
export async function findPeople(transaction: Transaction, named: Pick<Named, 'customerId' | 'identifiers'>[]): Promise<KnownPeople> {
  const ids = [...new Set(named.flatMap(({ customerId }) => (customerId ? [customerId] : [])))];
  const [rows, owners] = await Promise.all([
    ids.length > 0 ? transaction<{ id: string }[]>`select id from customers where id = any(${ids})` : [],
    findIdentifiers(transaction, distinct(named.flatMap(({ identifiers }) => identifiers))),
  ]);
  return { ids: new Set(rows.map((row) => row.id)), owners };
}

/** Answers the customer of each event (null for a receipt without one, undefined for one of our ids that nobody has), and who of them is new or has a new phone. */
export async function resolveCustomers(transaction: Transaction, workspaceId: string, named: Named[], people: KnownPeople, now: Instant): Promise<{ resolved: Map<string, string | null | undefined> } & Omit<Made, 'owners'>> {
  const existing = people.ids;
  const valid = named.filter(({ customerId }) => customerId === null || existing.has(customerId));
  const all = distinct(valid.flatMap(({ identifiers }) => identifiers));
  const { owners: known, created, phoned }: Made = all.every((identifier) => people.owners.has(nameOf(identifier))) ? { owners: people.owners, created: [], phoned: new Map() } : await createMissing(transaction, workspaceId, valid, people.owners, all, now);
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
  // In one order, as everything that others may be inserting at the same time.
  const order = (pair: Record<string, unknown>): string => `${String(pair['customer_id'])} ${String(pair['other_id'])}`;
  await insertRows(transaction, 'merge_candidates', pairs.sort((a, b) => (order(a) < order(b) ? -1 : 1)), 'ignore');
  return { resolved, created, phoned };
}
