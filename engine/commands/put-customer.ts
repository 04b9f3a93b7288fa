/**
 * A command: creates the customer that identifiers name, or changes the one they name already (§13.1). Identifiers are rows; when they name
 * two customers nothing is changed, because this is a person's or a system's own statement and not a till's.
 */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import type { Contract } from '#domain/customers/contracts.ts';
import { chooseCustomer, IDENTIFIER_KINDS, normaliseIdentifier, type Identifier, type IdentifierKind } from '#domain/customers/identifiers.ts';
import { changeProfile, CustomerProfile, type ProfileChange } from '#domain/customers/profile.ts';
import type { Relative } from '#domain/customers/relatives.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { CONTRACT_ROWS, RELATIVE_ROWS, replaceRows } from './change-rows.ts';
import { audit, type CommandContext } from './command-context.ts';

/** `relatives` and `contracts`, when given, replace the list. */
export type CustomerInput = {
  identifiers: Partial<Record<IdentifierKind, string>>; profile?: ProfileChange | undefined; relatives?: Omit<Relative, 'id'>[] | undefined; contracts?: Omit<Contract, 'id'>[] | undefined;
};
/** `events` is how many events were kept: hint the routers after the commit when it is not 0. */
export type PutCustomer = { customerId: string; created: boolean; events: number };

function readIdentifiers(given: CustomerInput['identifiers'], country: string): Result<Identifier[]> {
  const identifiers: Identifier[] = [];
  const problems: Problem[] = [];
  for (const kind of IDENTIFIER_KINDS) {
    const text = given[kind];
    if (text === undefined) continue;
    const read = normaliseIdentifier(kind, text, country);
    if (read.ok) identifiers.push({ kind, value: read.value });
    else problems.push(...read.problems.map((problem) => ({ ...problem, path: ['body', 'identifiers', ...problem.path] })));
  }
  if (problems.length > 0) return fail(...problems);
  return identifiers.length > 0 ? ok(identifiers) : fail({ code: 'identifier.missing', message: 'Name the customer by one identifier at least.', path: ['body', 'identifiers'] });
}

const findOwners = (transaction: Transaction, identifiers: Identifier[]): Promise<{ kind: IdentifierKind; customerId: string }[]> => transaction<{ kind: IdentifierKind; customerId: string }[]>`
  select i.kind, i.customer_id as "customerId" from customer_identifiers i
    join unnest(${identifiers.map(({ kind }) => kind)}::text[], ${identifiers.map(({ value }) => value)}::text[]) t(kind, value) on t.kind = i.kind and t.value = i.value`;

async function insertCustomer(transaction: Transaction, workspaceId: string): Promise<string> {
  const id = newId();
  await transaction`insert into customers (id, workspace_id, created_at) values (${id}, ${workspaceId}, workspace_now(${workspaceId}))`;
  await transaction`insert into heads (customer_id, workspace_id) values (${id}, ${workspaceId})`;
  return id;
}

/** Claims identifiers in their sorted order, before any head; they are not theirs when another transaction took one of them for somebody else meanwhile. */
async function claimIdentifiers(transaction: Transaction, workspaceId: string, customerId: string, identifiers: Identifier[]): Promise<{ isTheirs: boolean; isNewPhone: boolean }> {
  const sorted = [...identifiers].sort((a, b) => (`${a.kind} ${a.value}` < `${b.kind} ${b.value}` ? -1 : 1));
  const added = await transaction<{ kind: IdentifierKind }[]>`
    insert into customer_identifiers (workspace_id, kind, value, customer_id, source, created_at)
    select ${workspaceId}, kind, value, ${customerId}, 'api', workspace_now(${workspaceId})
      from unnest(${sorted.map(({ kind }) => kind)}::text[], ${sorted.map(({ value }) => value)}::text[]) t(kind, value) on conflict do nothing returning kind`;
  return { isTheirs: (await findOwners(transaction, identifiers)).every((owner) => owner.customerId === customerId), isNewPhone: added.some(({ kind }) => kind === 'phone') };
}

export async function putCustomer(context: CommandContext, input: CustomerInput, country: string): Promise<Result<PutCustomer>> {
  const { transaction, workspaceId } = context;
  const identifiers = readIdentifiers(input.identifiers, country);
  if (!identifiers.ok) return identifiers;
  const owners = await findOwners(transaction, identifiers.value);
  const { customerId: found, conflict } = chooseCustomer(owners);
  if (conflict) throw new PermanentError('customer.conflict', `These identifiers belong to ${conflict.map((id) => formatId('customer', id)).join(' and ')}.`);
  const customerId = found ?? (await insertCustomer(transaction, workspaceId));
  const { isTheirs, isNewPhone } = await claimIdentifiers(transaction, workspaceId, customerId, identifiers.value);
  if (!isTheirs) {
    throw new PermanentError('customer.conflict', 'One of these identifiers was given to another customer at this moment; try again.');
  }
  await lockHeads(transaction, [customerId]);
  const fields = [
    ...Object.keys(input.profile ?? {}).filter((field) => field !== 'attributes'), ...Object.keys(input.profile?.attributes ?? {}).map((name) => `attributes.${name}`), ...(input.relatives ? ['relatives'] : []), ...(input.contracts ? ['contracts'] : []),
    // A zone may hang on it (§3.3); of whoever is new everything is.
    ...(found && isNewPhone ? ['phone'] : []),
  ];
  if (input.profile) await writeProfile(transaction, customerId, (profile) => changeProfile(profile, input.profile ?? {}));
  const rows = [
    input.relatives ? await replaceRows(context, RELATIVE_ROWS, customerId, input.relatives, (given, id) => ({ ...given, id })) : null,
    input.contracts ? await replaceRows(context, CONTRACT_ROWS, customerId, input.contracts, (given, id) => ({ ...given, id })) : null,
  ];
  const changed = fields.length > 0 ? await noteChange(context, customerId, fields) : 0;
  const events = changed + (found ? 0 : await noteCreated(context, customerId)) + rows.reduce((sum, each) => sum + (each?.events ?? 0), 0);
  await audit(context, { action: found ? 'customer.change' : 'customer.create', subject: formatId('customer', customerId), after: { fields, identifiers: identifiers.value.map(({ kind }) => kind) } });
  return ok({ customerId, created: found === null, events });
}

/** The caller holds the head. */
export async function writeProfile(transaction: Transaction, customerId: string, change: (profile: CustomerProfile) => CustomerProfile): Promise<void> {
  const [row] = await transaction<{ profile: unknown }[]>`select profile from customers where id = ${customerId}`;
  const profile = change(CustomerProfile.parse(row?.profile ?? {}));
  await transaction`update customers set profile = ${transaction.json(profile)} where id = ${customerId}`;
}

/** Whoever is new has dates from now on (§1.4). */
const noteCreated = async ({ transaction, workspaceId }: CommandContext, customerId: string): Promise<number> =>
  appendSystemEvents(transaction, workspaceId, [{ customerId, type: 'customer.created', properties: {}, occurredAt: await readNow(transaction, workspaceId) }]);

/** Tells live plans which fields changed, never their values. */
export async function noteChange({ transaction, workspaceId }: CommandContext, customerId: string, fields: string[]): Promise<number> {
  return appendSystemEvents(transaction, workspaceId, [{ customerId, type: 'customer.changed', properties: { fields }, occurredAt: await readNow(transaction, workspaceId) }]);
}
