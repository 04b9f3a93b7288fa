/** What a workspace is set up with: pressure policy, stores, products, and keys. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { listApiKeys, listStores, readPolicy } from '#db/queries/settings.ts';
import { CountryCode, IsoDate } from '#domain/customers/profile.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import { formatId } from '#domain/shared/ids.ts';
import { isTimeZone } from '#domain/shared/time.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { lookAgainAtPressure, putPressurePolicy } from '#engine/commands/put-pressure-policy.ts';
import { putStore } from '#engine/commands/put-store.ts';
import { revokeApiKey } from '#engine/commands/revoke-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY, UUID_KEY } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const query = z.strictObject(pageQuery);
const PolicyOut = z.object({ revision: z.number().int(), policy: PressurePolicy });

const getPolicy = defineRoute({
  method: 'GET', path: '/pressure-policy', noun: 'Settings', summary: 'Read the pressure policy', scope: 'settings:read', orScope: 'journeys:read', response: PolicyOut,
  read: ({ transaction }) => readPolicy(transaction),
});

const putPolicy = defineRoute({
  method: 'PUT', path: '/pressure-policy', noun: 'Settings', summary: 'Replace the pressure policy', scope: 'settings:write', body: PolicyOut.strict(), response: PolicyOut, errors: ['policy.revision'],
  description: 'It applies to what is already queued; whoever is held by pressure looks again. `revision` is the one that was read.',
  async write({ command, engine, workspaceId, body: { policy, revision }, afterCommit }) {
    const next = await putPressurePolicy(command, policy, revision);
    afterCommit(() => lookAgainAtPressure(engine, workspaceId));
    return { body: { revision: next, policy } };
  },
});

const StoreBody = z.strictObject({
  name: z.string().min(1).max(200), city: z.string().min(1).max(200).optional(), country: CountryCode, timeZone: z.string().refine(isTimeZone, 'a time zone is named as in the IANA list'),
  opensOn: IsoDate.optional(), closesOn: IsoDate.optional(),
}).refine(({ opensOn, closesOn }) => !opensOn || !closesOn || opensOn <= closesOn, { message: 'a store closes after it opens', path: ['closesOn'] });
const StoreOut = z.object({ id: Id('store'), externalId: z.string(), name: z.string(), city: z.string().nullable(), country: z.string(), timeZone: z.string(), opensOn: z.string().nullable(), closesOn: z.string().nullable() }).meta({ id: 'Store' });

const putStoreRoute = defineRoute({
  method: 'PUT', path: '/stores/{externalId}', noun: 'Stores', summary: 'Open or change a store', scope: 'settings:write', params: z.object({ externalId: z.string().min(1).max(200) }), body: StoreBody, example: { name: 'Lyon Presqu’île', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' }, response: StoreOut,
  async write({ command, params: { externalId }, body }) {
    const { storeId, created } = await putStore(command, { externalId, ...body });
    return { status: created ? 201 : 200, body: { id: formatId('store', storeId), externalId, name: body.name, city: body.city ?? null, country: body.country, timeZone: body.timeZone, opensOn: body.opensOn ?? null, closesOn: body.closesOn ?? null } };
  },
});

const listStoresRoute = defineRoute({
  method: 'GET', path: '/stores', noun: 'Stores', summary: 'List stores', description: 'Whoever acts for some stores is shown these.', scope: 'settings:read', orScope: 'journeys:read', query, response: PageOf(StoreOut),
  async read({ transaction, storeIds, query: { limit, after } }) {
    const rows = await listStores(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, limit: limit + 1, storeIds });
    return pageOf(rows, limit, ({ externalId }) => [externalId], (row) => ({ ...row, id: formatId('store', row.id) }));
  },
});

const KeyOut = z.object({ id: Id('apiKey'), name: z.string(), prefix: z.string(), scopes: z.array(z.string()), stores: z.array(z.string()).nullable().meta({ description: 'The stores that it acts for, by your own ids; null when it acts for all.' }), createdAt: Iso, lastUsedAt: Iso.nullable(), revokedAt: Iso.nullable() }).meta({ id: 'ApiKey', description: 'Instants of keys are real time.' });

async function findStores(transaction: Transaction, externalIds: readonly string[]): Promise<{ id: string; externalId: string }[]> {
  const rows = await transaction<{ id: string; externalId: string }[]>`select id, external_id as "externalId" from stores where external_id = any(${[...externalIds]})`;
  const missing = externalIds.find((externalId) => !rows.some((row) => row.externalId === externalId));
  if (missing !== undefined) throw new PermanentError('store.unknown', `There is no store «${missing}».`);
  return rows;
}

const createKey = defineRoute({
  method: 'POST', path: '/api-keys', noun: 'API keys', summary: 'Make an API key; it is shown once', scope: 'settings:write', status: 201, errors: ['apiKey.scopeBeyondOwn', 'store.unknown'],
  description: 'With `stores` the key acts for these alone: what it posts is of one of them (of the only one when it names none), and it reads only customers whom they have served or who are attached to them. Routes that concern more are refused.',
  body: z.strictObject({ name: z.string().min(1).max(120), scopes: z.array(z.enum(SCOPE_NAMES)).min(1), stores: z.array(z.string().min(1).max(200)).min(1).max(100).optional() }), response: z.object({ id: Id('apiKey'), key: z.string(), prefix: z.string() }),
  // Not a `write`: an answer that an idempotency key keeps would keep the secret.
  async run({ engine, workspaceId, actor, scopes, body }) {
    const beyond = body.scopes.filter((scope) => !scopes.includes(scope));
    if (beyond.length > 0) throw new ApiError('apiKey.scopeBeyondOwn', `This key lacks ${beyond.join(', ')}.`);
    const { id, key, prefix } = await runInWorkspace(engine, { workspaceId, actor }, async ({ transaction, command }) => createApiKey(command, { ...body, stores: body.stores && await findStores(transaction, body.stores) }));
    return { body: { id: formatId('apiKey', id), key, prefix } };
  },
});

const listKeys = defineRoute({
  method: 'GET', path: '/api-keys', noun: 'API keys', summary: 'List API keys, newest first', scope: 'settings:read', query, response: PageOf(KeyOut),
  async read({ transaction, query: { limit, after } }) {
    const rows = await listApiKeys(transaction, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], (row) => ({ ...row, id: formatId('apiKey', row.id), createdAt: iso(row.createdAt), lastUsedAt: isoOrNull(row.lastUsedAt), revokedAt: isoOrNull(row.revokedAt) }));
  },
});

const revokeKey = defineRoute({
  method: 'POST', path: '/api-keys/{keyId}/revoke', noun: 'API keys', summary: 'Revoke an API key', scope: 'settings:write', params: z.object({ keyId: IdOf('apiKey') }),
  body: z.strictObject({ reason: z.string().min(1).max(500).optional() }), response: z.object({ revoked: z.boolean() }), errors: ['apiKey.unknown'],
  async write({ command, params: { keyId }, body }) {
    await revokeApiKey(command, keyId, body.reason);
    return { body: { revoked: true } };
  },
});

export const settingsRoutes = [
  getPolicy, putPolicy, putStoreRoute, listStoresRoute, createKey, listKeys, revokeKey,
];
