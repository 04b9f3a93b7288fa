/** The workspace itself and its people: what it is called, who works in it, as what, in which stores. */
import { z } from 'zod';
import { listMembers } from '#db/queries/memberships.ts';
import { findWorkspace, listStores } from '#db/queries/settings.ts';
import { LanguageTag } from '#domain/customers/profile.ts';
import { AttributionWindows } from '#domain/measurement/attribute.ts';
import { formatId } from '#domain/shared/ids.ts';
import { addMember, changeMember, removeMember } from '#engine/commands/put-member.ts';
import { putWorkspace } from '#engine/commands/put-workspace.ts';
import { ROLE_SCOPES, ROLES } from '#engine/commands/roles.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const SmsPartMicros = z.number().int().min(0).max(10_000_000).nullable().meta({ description: 'What one part of an SMS costs, in millionths of the currency; for estimates.' });
const WorkspaceOut = z.object({
  id: Id('workspace'), slug: z.string(), name: z.string(), brand: z.string(), kind: z.enum(['live', 'sandbox']), currency: z.string(), timeZone: z.string(), country: z.string(), language: z.string(),
  attribution: AttributionWindows.meta({ description: 'For how many days after a message a sale is attributed to it (§12.9).' }),
  smsPartMicros: SmsPartMicros,
}).meta({ id: 'Workspace' });

async function readWorkspace({ transaction, workspaceId }: Pick<InTransaction<unknown>, 'transaction' | 'workspaceId'>): Promise<z.input<typeof WorkspaceOut>> {
  const row = await findWorkspace(transaction, workspaceId);
  if (!row) throw new PermanentError('workspace.unknown', 'There is no such workspace.');
  return { ...row, id: formatId('workspace', row.id) };
}

const getWorkspace = defineRoute({ method: 'GET', path: '/workspace', noun: 'Settings', summary: 'Read the workspace', scope: 'settings:read', response: WorkspaceOut, read: readWorkspace });

const changeWorkspace = defineRoute({
  method: 'PUT', path: '/workspace', noun: 'Settings', summary: 'Rename the workspace, change its usual language, its windows of attribution or the price of an SMS', scope: 'settings:write', response: WorkspaceOut,
  body: z.strictObject({ name: z.string().trim().min(1).max(120), brand: z.string().trim().min(1).max(120), language: LanguageTag, attribution: AttributionWindows.optional(), smsPartMicros: SmsPartMicros.optional() }),
  async write(input) {
    await putWorkspace(input.command, input.body);
    return { body: await readWorkspace(input) };
  },
});

const Role = z.enum(ROLES);
const MemberOut = z.object({ userId: z.string(), name: z.string(), email: z.string(), role: z.string(), storeIds: z.array(Id('store')), createdAt: Iso }).meta({ id: 'Member' });
/** Only a merchant has stores, and has one at least. */
const roleFields = { role: Role, storeIds: z.array(IdOf('store')).max(500).default([]) };
const fitsRole = ({ role, storeIds }: { role: string; storeIds: string[] }): boolean => (role === 'merchant') === (storeIds.length > 0);
const FITS = { message: 'a merchant has one store at least, and nobody else has any', path: ['storeIds'] };
const params = z.object({ userId: z.string().min(1).max(100) });

/** Stores of another workspace are as unknown as those that never were. */
async function requireStores({ transaction }: Pick<InTransaction<unknown>, 'transaction'>, storeIds: string[]): Promise<void> {
  const known = new Set((await listStores(transaction, { after: null, limit: 10_000 })).map(({ id }) => id));
  if (storeIds.some((id) => !known.has(id))) throw new ApiError('request.invalid', 'One of the stores is not there.', [{ code: 'store.unknown', message: 'There is no such store.', path: ['body', 'storeIds'] }]);
}

const list = defineRoute({
  method: 'GET', path: '/members', noun: 'Members', summary: 'List who works in the workspace', scope: 'settings:read',
  response: z.object({ items: z.array(MemberOut), next: z.null(), roles: z.array(z.object({ role: Role, scopes: z.array(z.string()) })) }),
  async read({ transaction, workspaceId }) {
    const rows = await listMembers(transaction, workspaceId);
    const items = rows.map((row) => ({ ...row, storeIds: row.storeIds.map((id) => formatId('store', id)), createdAt: iso(row.createdAt) }));
    return { items, next: null, roles: ROLES.map((role) => ({ role, scopes: [...ROLE_SCOPES[role]] })) };
  },
});

const add = defineRoute({
  method: 'POST', path: '/members', noun: 'Members', summary: 'Give somebody a role', scope: 'settings:write', status: 201,
  description: 'Who has no account yet gets one, with a first password that is answered once, here.',
  body: z.strictObject({ email: z.email().max(254), name: z.string().trim().min(1).max(120), ...roleFields }).refine(fitsRole, FITS),
  response: z.object({ userId: z.string(), password: z.string().nullable() }),
  // Not a `write`: an answer that an idempotency key keeps would keep the password.
  async run({ engine, workspaceId, actor, body }) {
    const created = await runInWorkspace(engine, { workspaceId, actor }, async ({ command, transaction }) => {
      await requireStores({ transaction }, body.storeIds);
      return addMember(command, body);
    });
    return { body: created };
  },
});

const change = defineRoute({
  method: 'PUT', path: '/members/{userId}', noun: 'Members', summary: 'Change the role of a member', scope: 'settings:write', params, errors: ['member.unknown', 'member.lastOwner'],
  body: z.strictObject(roleFields).refine(fitsRole, FITS), response: z.object({ role: Role }),
  async write({ command, transaction, params: { userId }, body }) {
    await requireStores({ transaction }, body.storeIds);
    await changeMember(command, userId, body);
    return { body: { role: body.role } };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/members/{userId}', noun: 'Members', summary: 'Take somebody out of the workspace', scope: 'settings:write', params, errors: ['member.unknown', 'member.lastOwner'],
  response: z.object({ removed: z.literal(true) }),
  async write({ command, params: { userId } }) {
    await removeMember(command, userId);
    const removed = true as const;
    return { body: { removed } };
  },
});

export const memberRoutes = [getWorkspace, changeWorkspace, list, add, change, remove];
