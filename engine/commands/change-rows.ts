/**
 * A command: what belongs to a customer and has dates of its own, relatives and contracts, is added, changed and taken away (§1.1). Each change
 * leaves an event that tells which row and which fields, never a name or a date, so that what sleeps for a date is computed anew.
 */
import { v7 as newId } from 'uuid';
import { insertRows } from '#db/insert-rows.ts';
import { listContracts, listRelatives } from '#db/queries/customer-rows.ts';
import type { Transaction } from '#db/connection.ts';
import { MOST_CONTRACTS, type Contract } from '#domain/customers/contracts.ts';
import { MOST_RELATIVES, type Relative } from '#domain/customers/relatives.ts';
import { formatId } from '#domain/shared/ids.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

type Row = { id: string };
/** One of the two kinds: its table, how it is read and written, and what an event may tell of it. */
export type RowKind<R extends Row> = {
  table: 'relatives' | 'contracts'; event: 'relative.changed' | 'contract.changed'; idKind: 'relative' | 'contract'; most: number;
  list: (transaction: Transaction, customerId: string) => Promise<R[]>;
  columns: (row: R) => Record<string, unknown>;
  tells: (row: R) => Record<string, unknown>;
};

export const RELATIVE_ROWS: RowKind<Relative> = {
  table: 'relatives', event: 'relative.changed', idKind: 'relative', most: MOST_RELATIVES, list: listRelatives,
  columns: ({ relation, firstName, birthDate }) => ({ kind: relation, first_name: firstName ?? null, birth_date: birthDate ?? null }), tells: ({ relation }) => ({ relation }),
};
export const CONTRACT_ROWS: RowKind<Contract> = {
  table: 'contracts', event: 'contract.changed', idKind: 'contract', most: MOST_CONTRACTS, list: listContracts,
  columns: ({ kind, reference, startsOn, endsOn, status }) => ({ kind, reference: reference ?? null, starts_on: startsOn, ends_on: endsOn ?? null, status }), tells: ({ kind, status }) => ({ kind, status }),
};

const unknownRow = (table: string) => new PermanentError('rows.unknown', `The customer has none of this id among the ${table}.`);

type Change = { row: Row; change: 'added' | 'changed' | 'removed'; properties: Record<string, unknown> };

/** What would be different: a row that says what it said before is none. */
function compareRows<R extends Row>(kind: RowKind<R>, before: R[], put: R[], remove: string[]): { changes: Change[]; after: R[] } {
  const after = new Map(before.map((row) => [row.id, row]));
  const changes: Change[] = [];
  for (const row of put) {
    const old = after.get(row.id);
    const [was, is] = [old ? kind.columns(old) : {}, kind.columns(row)];
    const fields = Object.keys(is).filter((name) => (was[name] ?? null) !== is[name]);
    after.set(row.id, row);
    if (fields.length > 0 || !old) changes.push({ row, change: old ? 'changed' : 'added', properties: { ...kind.tells(row), ...(old ? { fields } : {}) } });
  }
  for (const id of remove) {
    const old = after.get(id);
    if (old && after.delete(id)) changes.push({ row: old, change: 'removed', properties: kind.tells(old) });
  }
  return { changes, after: [...after.values()] };
}

/** The caller holds the head and has read `before` under it. Answers how many events were kept. */
async function writeRows<R extends Row>({ transaction, workspaceId }: CommandContext, kind: RowKind<R>, customerId: string, rows: { before: R[]; put: R[]; remove: string[] }): Promise<{ changes: Change[]; events: number; rows: R[] }> {
  const { changes, after } = compareRows(kind, rows.before, rows.put, rows.remove);
  if (after.length > kind.most) throw new PermanentError('rows.tooMany', `A customer has at most ${kind.most} ${kind.table}.`);
  const elsewhere = await transaction`select 1 from ${transaction(kind.table)} where id = any(${rows.put.map(({ id }) => id)}::uuid[]) and customer_id <> ${customerId}`;
  if (elsewhere.length > 0) throw unknownRow(kind.table);
  const touched = changes.map(({ row }) => row.id);
  const kept = after.filter(({ id }) => touched.includes(id));
  const known = rows.before.map(({ id }) => id);
  await transaction`delete from ${transaction(kind.table)} where customer_id = ${customerId} and id = any(${touched.filter((id) => known.includes(id))}::uuid[])`;
  await insertRows(transaction, kind.table, kept.map((row) => ({ id: row.id, workspace_id: workspaceId, customer_id: customerId, ...kind.columns(row) })));
  const now = await readNow(transaction, workspaceId);
  const events = await appendSystemEvents(transaction, workspaceId, changes.map(({ row, change, properties }) => (
    { customerId, type: kind.event, occurredAt: now, properties: { [`${kind.idKind}Id`]: formatId(kind.idKind, row.id), change, ...properties } })));
  return { changes, events, rows: after };
}

export type RowsChanged<R> = { rows: R[]; events: number };

/** Puts rows by their ids, new or known, and takes others away; who names a row that is not there to be taken away gets told. */
export async function changeRows<R extends Row>(context: CommandContext, kind: RowKind<R>, customerId: string, change: { put?: R[]; remove?: string[] }): Promise<RowsChanged<R>> {
  const [head] = await lockHeads(context.transaction, [customerId]);
  if (!head) throw new PermanentError('customer.unknown', 'There is no such customer.');
  const before = await kind.list(context.transaction, customerId);
  const [put, remove] = [change.put ?? [], change.remove ?? []];
  const known = new Set(before.map(({ id }) => id));
  if (remove.some((id) => !known.has(id))) throw unknownRow(kind.table);
  const { changes, events, rows } = await writeRows(context, kind, customerId, { before, put, remove });
  await audit(context, { action: `customer.${kind.table}`, subject: formatId('customer', customerId), after: { changes: changes.map((each) => ({ id: formatId(kind.idKind, each.row.id), change: each.change })) } });
  return { rows, events };
}

/** The list after which a customer has these and no others: one without an id that says what a known one says is that one. The caller holds the head. */
export async function replaceRows<R extends Row>(context: CommandContext, kind: RowKind<R>, customerId: string, wanted: (Omit<R, 'id'> & { id?: string | undefined })[], complete: (given: Omit<R, 'id'>, id: string) => R): Promise<RowsChanged<R>> {
  const before = await kind.list(context.transaction, customerId);
  const free = new Map(before.map((row) => [row.id, JSON.stringify(kind.columns(row))]));
  for (const { id } of wanted) if (id) free.delete(id);
  const put = wanted.map(({ id, ...given }) => {
    const made = complete(given as Omit<R, 'id'>, id ?? newId());
    if (id) return made;
    const [same] = [...free].find(([, says]) => says === JSON.stringify(kind.columns(made))) ?? [];
    if (!same) return made;
    free.delete(same);
    return { ...made, id: same };
  });
  const { events, rows } = await writeRows(context, kind, customerId, { before, put, remove: before.map(({ id }) => id).filter((id) => !put.some((row) => row.id === id)) });
  return { rows, events };
}
