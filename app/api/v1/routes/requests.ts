/** Secrets that the headers of requests name, and the requests that journeys have made. */
import { z } from 'zod';
import { formatId } from '#domain/shared/ids.ts';
import { HTTP_METHODS } from '#domain/requests/planned-request.ts';
import { deleteSecret, journeysWithSecret, putSecret } from '#engine/commands/put-secret.ts';
import { listRequests } from '#db/queries/requests.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const Name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use lower-case letters, digits and hyphens, for example crm-key.');

const secrets = defineRoute({
  method: 'GET', path: '/secrets', noun: 'Settings', summary: 'List the names of secrets; what they say is never read back', scope: 'settings:read',
  response: z.object({ items: z.array(z.object({ name: Name, updatedAt: Iso, usedBy: z.array(z.object({ journeyId: Id('journey'), name: z.string() })).meta({ description: 'Journeys that run and name it.' }) })) }),
  async read({ transaction }) {
    const rows = await transaction<{ name: string; updatedAt: Date }[]>`select name, updated_at as "updatedAt" from secrets order by name`;
    const items = [];
    for (const { name, updatedAt } of rows) items.push({ name, updatedAt: iso(updatedAt), usedBy: (await journeysWithSecret({ transaction }, name)).map((journey) => ({ journeyId: formatId('journey', journey.id), name: journey.name })) });
    return { items };
  },
});

const put = defineRoute({
  method: 'PUT', path: '/secrets/{name}', noun: 'Settings', summary: 'Keep a secret under a name', scope: 'settings:write', params: z.object({ name: Name }),
  description: 'A header of a request names it as `{{ secret.name }}`. It is sealed with the installation’s key (AES-256-GCM); writing it again replaces it.',
  body: z.strictObject({ value: z.string().min(1).max(4_000).regex(/^[\x20-\x7e]+$/, 'A secret has plain characters.') }), example: { value: 'a key of your CRM' }, response: z.object({ name: Name }),
  async write({ command, engine, params: { name }, body: { value } }) {
    const { created } = await putSecret(command, engine.secret, { name, value });
    return { status: created ? 201 : 200, body: { name } };
  },
});

const forget = defineRoute({
  method: 'DELETE', path: '/secrets/{name}', noun: 'Settings', summary: 'Forget a secret that no running journey names', scope: 'settings:write', params: z.object({ name: Name }),
  response: z.object({ name: Name }), errors: ['secret.unknown', 'secret.inUse'],
  async write({ command, params: { name } }) {
    await deleteSecret(command, name);
    return { body: { name } };
  },
});

const STATES = ['queued', 'sending', 'answered', 'failed', 'withdrawn'] as const;

const requests = defineRoute({
  method: 'GET', path: '/http-requests', noun: 'Journeys', summary: 'List the HTTP requests that journeys made, newest first', scope: 'journeys:read',
  description: 'Where it went, how often it was tried and how it ended. Paths, bodies, headers and answers are left out: they may hold anything. The answer is the event `http.answered` of the customer.',
  query: z.strictObject({ ...pageQuery, journeyId: IdOf('journey').optional(), customerId: IdOf('customer').optional(), state: z.enum(STATES).optional() }),
  response: PageOf(z.object({
    id: Id('request'), key: z.string(), customerId: Id('customer'), journeyId: Id('journey'), nodeId: z.string(), visit: z.number().int(), method: z.enum(HTTP_METHODS), host: z.string(), state: z.enum(STATES),
    attempts: z.number().int(), status: z.number().int().nullable(), reason: z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).nullable(), plannedAt: Iso, answeredAt: Iso.nullable(),
  })),
  async read({ transaction, query: { limit, after, ...filter } }) {
    const rows = await listRequests(transaction, { ...filter, before: readCursor(after, [UUID_KEY])?.[0], limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], ({ id, customerId, journeyId, plannedAt, answeredAt, ...row }) => ({
      ...row, id: formatId('request', id), customerId: formatId('customer', customerId), journeyId: formatId('journey', journeyId), plannedAt: iso(plannedAt), answeredAt: isoOrNull(answeredAt),
    }));
  },
});

export const requestRoutes = [secrets, put, forget, requests];
