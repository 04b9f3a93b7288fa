/** Tills as devices (§11.6): added and paired by a code, renamed, replaced, revoked; who stands at them; and what a paired till says of itself. */
import { z } from 'zod';
import { listStaff, listStoresOfTills, listTills, noteTill, type StaffRow, type StoreOfTills, type TillRow } from '#db/queries/tills.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { addStaff, changeStaff, removeStaff } from '#engine/commands/till-staff.ts';
import { addTill, giveTillCode, renameTill, revokeTill } from '#engine/commands/tills.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { identifyStaff } from '#engine/tills/identify-staff.ts';
import { defineRoute, type Caller, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const Name = z.string().trim().min(1).max(100);
const Pin = z.string().regex(/^\d{4,8}$/, 'a PIN has four to eight digits');
const TillOut = z.object({
  id: Id('till'), name: z.string(), pairedAt: Iso.nullable(), lastSeenAt: Iso.nullable(), codeExpiresAt: Iso.nullable().meta({ description: 'Until when the code given last pairs a device; null when there is none.' }),
  waiting: z.number().int().meta({ description: 'Operations that the device had still to send when it was last seen.' }), refused: z.number().int(),
}).meta({ id: 'Till', description: 'Instants of tills are real time.' });
const StaffOut = z.object({ id: Id('staff'), name: z.string(), lastUsedAt: Iso.nullable(), lockedUntil: Iso.nullable() }).meta({ id: 'TillStaff' });
const StoreOut = z.object({ id: Id('store'), externalId: z.string(), name: z.string(), city: z.string().nullable(), tills: z.array(TillOut), staff: z.array(StaffOut) });
const CodeOut = z.object({ code: z.string().meta({ description: 'Shown this once. Type it on the device, at /till.' }), expiresAt: Iso });

const toTill = ({ id, pairedAt, lastSeenAt, codeExpiresAt, waiting, refused, name }: TillRow): z.input<typeof TillOut> => ({ id: formatId('till', id), name, pairedAt: isoOrNull(pairedAt), lastSeenAt: isoOrNull(lastSeenAt), codeExpiresAt: isoOrNull(codeExpiresAt), waiting, refused });
const toStaff = ({ id, name, lastUsedAt, lockedUntil }: StaffRow): z.input<typeof StaffOut> => ({ id: formatId('staff', id), name, lastUsedAt: isoOrNull(lastUsedAt), lockedUntil: isoOrNull(lockedUntil) });

const list = defineRoute({
  method: 'GET', path: '/tills', noun: 'Tills', summary: 'List tills and staff, store by store', scope: 'tills:read', response: z.object({ items: z.array(StoreOut), next: z.null() }),
  description: 'Every store that may have tills, also one without. A merchant is told of their own stores.',
  async read({ transaction, storeIds }) {
    const [stores, tills, staff] = [await listStoresOfTills(transaction, storeIds), await listTills(transaction, storeIds), await listStaff(transaction, storeIds)];
    const of = <R extends { store: string }>(rows: R[], { externalId }: StoreOfTills): R[] => rows.filter(({ store }) => store === externalId);
    return { items: stores.map((store) => ({ ...store, id: formatId('store', store.id), tills: of(tills, store).map(toTill), staff: of(staff, store).map(toStaff) })), next: null };
  },
});

/** A store that is not there, or not a merchant's. */
async function requireStore({ transaction, storeIds }: Pick<InTransaction<unknown>, 'transaction' | 'storeIds'>, externalId: string): Promise<{ storeId: string; store: string }> {
  const found = (await listStoresOfTills(transaction, storeIds)).find((store) => store.externalId === externalId);
  if (!found) throw new PermanentError('store.unknown', `There is no store «${externalId}» among yours.`);
  return { storeId: found.id, store: externalId };
}

const storeParams = z.object({ externalId: z.string().min(1).max(200) });
const tillParams = z.object({ tillId: IdOf('till') });
const staffParams = z.object({ staffId: IdOf('staff') });

/** Not `write`s: an answer that an idempotency key keeps would keep the code. */
const add = defineRoute({
  method: 'POST', path: '/stores/{externalId}/tills', noun: 'Tills', summary: 'Add a till to a store, and get the code that pairs its device', scope: 'tills:write', status: 201, params: storeParams, errors: ['store.unknown'],
  description: 'The code is good once and for ten minutes. On the device open /till, signed out, and type it; or POST it as `{ "code" }` to /api/till/pair. It is a loyalty till, not a certified cash register.',
  body: z.strictObject({ name: Name }), response: CodeOut.extend({ id: Id('till') }), example: { name: 'Counter 1' },
  async run({ engine, workspaceId, actor, storeIds, params: { externalId }, body: { name } }) {
    return runInWorkspace(engine, { workspaceId, actor }, async ({ transaction, command }) => {
      const { tillId, code, expiresAt } = await addTill(command, engine, { ...(await requireStore({ transaction, storeIds }, externalId)), name });
      return { body: { id: formatId('till', tillId), code, expiresAt: iso(expiresAt) } };
    });
  },
});

const newCode = defineRoute({
  method: 'POST', path: '/tills/{tillId}/code', noun: 'Tills', summary: 'Get another code: the device that types it replaces the one before', scope: 'tills:write', params: tillParams, errors: ['till.unknown'], body: z.strictObject({}), response: CodeOut,
  async run({ engine, workspaceId, actor, storeIds, params: { tillId } }) {
    const { code, expiresAt } = await runInWorkspace(engine, { workspaceId, actor }, ({ command }) => giveTillCode(command, engine, tillId, storeIds));
    return { body: { code, expiresAt: iso(expiresAt) } };
  },
});

const rename = defineRoute({
  method: 'PUT', path: '/tills/{tillId}', noun: 'Tills', summary: 'Rename a till', scope: 'tills:write', params: tillParams, errors: ['till.unknown'], body: z.strictObject({ name: Name }), response: z.object({ renamed: z.boolean() }),
  async write({ command, storeIds, params: { tillId }, body: { name } }) {
    await renameTill(command, tillId, name, storeIds);
    return { body: { renamed: true } };
  },
});

const revoke = defineRoute({
  method: 'POST', path: '/tills/{tillId}/revoke', noun: 'Tills', summary: 'Revoke a till: its device is nobody from now on', scope: 'tills:write', params: tillParams, errors: ['till.unknown'], body: z.strictObject({}), response: z.object({ revoked: z.boolean() }),
  description: 'What the device has still to send stays on it, and is sent once it is paired again in the same workspace.',
  async write({ command, storeIds, params: { tillId } }) {
    await revokeTill(command, tillId, storeIds);
    return { body: { revoked: true } };
  },
});

const addStaffRoute = defineRoute({
  method: 'POST', path: '/stores/{externalId}/staff', noun: 'Tills', summary: 'Let somebody stand at the tills of a store, known by a PIN', scope: 'tills:write', status: 201, params: storeParams, errors: ['store.unknown', 'staff.tooMany'],
  description: 'From the first one on, the store’s tills show nothing personal before somebody has given their PIN. Sales are taken all the same. The PIN is hashed and shown to nobody.',
  body: z.strictObject({ name: Name, pin: Pin }), response: z.object({ id: Id('staff') }), example: { name: 'Nadia', pin: '4071' },
  async run({ engine, workspaceId, actor, storeIds, params: { externalId }, body }) {
    return runInWorkspace(engine, { workspaceId, actor }, async ({ transaction, command }) => ({ body: { id: formatId('staff', await addStaff(command, { ...(await requireStore({ transaction, storeIds }, externalId)), ...body })) } }));
  },
});

const changeStaffRoute = defineRoute({
  method: 'PUT', path: '/till-staff/{staffId}', noun: 'Tills', summary: 'Change somebody’s name or PIN', scope: 'tills:write', params: staffParams, errors: ['staff.unknown'], description: 'A new PIN ends what the last one opened.',
  body: z.strictObject({ name: Name.optional(), pin: Pin.optional() }), response: z.object({ changed: z.boolean() }),
  async run({ engine, workspaceId, actor, storeIds, params: { staffId }, body }) {
    await runInWorkspace(engine, { workspaceId, actor }, ({ command }) => changeStaff(command, staffId, body, storeIds));
    return { body: { changed: true } };
  },
});

const removeStaffRoute = defineRoute({
  method: 'DELETE', path: '/till-staff/{staffId}', noun: 'Tills', summary: 'Take somebody away from the tills', scope: 'tills:write', params: staffParams, errors: ['staff.unknown'], response: z.object({ removed: z.boolean() }),
  async write({ command, storeIds, params: { staffId } }) {
    await removeStaff(command, staffId, storeIds);
    return { body: { removed: true } };
  },
});

function requireTillCaller({ till }: Caller): NonNullable<Caller['till']> {
  if (!till) throw new ApiError('till.only', 'Only a device that is paired as a till does this.');
  return till;
}

const identify = defineRoute({
  method: 'POST', path: '/till/identify', noun: 'Till', summary: 'Say who stands at a paired till, by their PIN', scope: 'loyalty:redeem', forTills: 'always', errors: ['till.only', 'staff.unknown', 'staff.wrongPin', 'staff.locked'],
  description: 'Send the token as `x-parcours-staff` with what this person does; it is good at this till for fourteen hours. After five wrong PINs nobody is taken by that name for five minutes, then ten, and so on.',
  body: z.strictObject({ staffId: z.string(), pin: Pin }), response: z.object({ name: z.string(), token: z.string() }),
  async run({ body: { staffId, pin }, ...caller }) {
    return { body: await identifyStaff(caller.engine, requireTillCaller(caller), parseId('staff', staffId) ?? '00000000-0000-0000-0000-000000000000', pin) };
  },
});

const seen = defineRoute({
  method: 'POST', path: '/till/seen', noun: 'Till', summary: 'Say that a paired till is there, and what it has still to send', scope: 'loyalty:redeem', forTills: 'always', errors: ['till.only'],
  body: z.strictObject({ waiting: z.number().int().min(0).max(1_000_000), refused: z.number().int().min(0).max(1_000_000) }), response: z.object({ noted: z.boolean() }),
  async run({ body, ...caller }) {
    const { tillId, workspaceId } = requireTillCaller(caller);
    await runInWorkspace(caller.engine, { workspaceId, actor: caller.actor }, ({ transaction }) => noteTill(transaction, tillId, body));
    return { body: { noted: true } };
  },
});

export const tillDeviceRoutes = [list, add, newCode, rename, revoke, addStaffRoute, changeStaffRoute, removeStaffRoute, identify, seen];
