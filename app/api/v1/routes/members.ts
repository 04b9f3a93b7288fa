/** The workspace itself and its people: what it is called, who works in it, as what, in which stores. */
import { z } from 'zod';
import { listMembers, readsTwoFactorRule } from '#db/queries/memberships.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { LanguageTag } from '#domain/customers/profile.ts';
import { AttributionWindows } from '#domain/measurement/attribute.ts';
import { formatId } from '#domain/shared/ids.ts';
import { addMember, changeMember, removeMember } from '#engine/commands/put-member.ts';
import { putWorkspace } from '#engine/commands/put-workspace.ts';
import { ROLE_SCOPES, ROLES } from '#engine/commands/roles.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, iso, Iso } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';
import { FITS_ROLE, fitsRole, requireStores, Role, roleFields } from '#app/api/v1/routes/role-fields.ts';

const SmsPartMicros = z.number().int().min(0).max(10_000_000).nullable().meta({ description: 'What one part of an SMS costs, in millionths of the currency; for estimates.' });
const WorkspaceOut = z.object({
  id: Id('workspace'), slug: z.string(), name: z.string(), brand: z.string(), kind: z.enum(['live', 'sandbox']), currency: z.string(), currencyExponent: z.number().int().meta({ description: 'How many decimals the currency has: 2 for EUR, 0 for JPY.' }), timeZone: z.string(), country: z.string(), language: z.string(),
  attribution: AttributionWindows.meta({ description: 'For how many days after a message a sale is attributed to it (§12.9).' }),
  smsPartMicros: SmsPartMicros,
  liveId: Id('workspace').nullable().meta({ description: 'The live workspace of the brand, for which a sandbox tries things.' }),
  requiresTwoFactor: z.boolean().meta({ description: 'Whether members need two-factor sign-in to enter.' }),
}).meta({ id: 'Workspace' });

async function readWorkspace({ transaction, workspaceId }: Pick<InTransaction<unknown>, 'transaction' | 'workspaceId'>): Promise<z.input<typeof WorkspaceOut>> {
  const row = await findWorkspace(transaction, workspaceId);
  if (!row) throw new PermanentError('workspace.unknown', 'There is no such workspace.');
  return { ...row, id: formatId('workspace', row.id), liveId: row.liveId && formatId('workspace', row.liveId), requiresTwoFactor: await readsTwoFactorRule(transaction, workspaceId) };
}

const getWorkspace = defineRoute({ method: 'GET', path: '/workspace', noun: 'Settings', summary: 'Read the workspace', scope: 'settings:read', response: WorkspaceOut, read: readWorkspace });

/** What is fixed when a workspace is made: a program that sends back what it read may name it, as it is. */
const Fixed = WorkspaceOut.pick({ id: true, slug: true, kind: true, currency: true, currencyExponent: true, timeZone: true, country: true, liveId: true }).partial();

function refuseChanged(before: z.input<typeof WorkspaceOut>, named: z.output<typeof Fixed>): void {
  const changed = Fixed.keyof().options.filter((field) => named[field] !== undefined && named[field] !== before[field]);
  const problems = changed.map((field) => ({ code: 'workspace.fixed', message: `«${field}» is fixed when a workspace is made: leave it out, or as it is.`, path: ['body', field] }));
  if (problems.length > 0) throw new ApiError('request.invalid', 'The request is not valid.', problems);
}

const changeWorkspace = defineRoute({
  method: 'PUT', path: '/workspace', noun: 'Settings', summary: 'Rename the workspace, change its usual language, its windows of attribution, the price of an SMS, or whether members need two-factor sign-in', scope: 'settings:write', response: WorkspaceOut,
  body: z.strictObject({ ...Fixed.shape, name: z.string().trim().min(1).max(120), brand: z.string().trim().min(1).max(120), language: LanguageTag, attribution: AttributionWindows.optional(), smsPartMicros: SmsPartMicros.optional(), requiresTwoFactor: z.boolean().optional() }),
  async write(input) {
    const { id, slug, kind, currency, currencyExponent, timeZone, country, liveId, ...changes } = input.body;
    refuseChanged(await readWorkspace(input), { id, slug, kind, currency, currencyExponent, timeZone, country, liveId });
    await putWorkspace(input.command, changes);
    return { body: await readWorkspace(input) };
  },
});

const MemberOut = z.object({ userId: z.string(), name: z.string(), email: z.string(), role: z.string(), storeIds: z.array(Id('store')), twoFactor: z.boolean(), createdAt: Iso }).meta({ id: 'Member' });
const params = z.object({ userId: z.string().min(1).max(100) });

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
  body: z.strictObject({ email: z.email().max(254), name: z.string().trim().min(1).max(120), ...roleFields }).refine(fitsRole, FITS_ROLE),
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
  body: z.strictObject(roleFields).refine(fitsRole, FITS_ROLE), response: z.object({ role: Role }),
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
