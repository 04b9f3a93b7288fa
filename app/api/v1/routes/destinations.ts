/** Destinations of outbound webhooks (§11.5): made, changed, paused, tested, given another secret; what was sent to them, and sending it again. */
import { z } from 'zod';
import { findDestination, listDestinations, listWebhooks, type DestinationRow, type WebhookRow } from '#db/queries/destinations.ts';
import { formatId } from '#domain/shared/ids.ts';
import { DESTINATION_STATES, DestinationInput, WEBHOOK_STATES } from '#domain/webhooks/destination.ts';
import { LONGEST_OVERLAP_HOURS, USUAL_OVERLAP_HOURS } from '#domain/webhooks/overlap.ts';
import { changeDestination, createDestination, deleteDestination, replayWebhooks, rotateSecret, switchDestination, testDestination } from '#engine/commands/destinations.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const count = z.number().int();
const Why = z.object({ code: z.string(), figures: z.record(z.string(), z.unknown()).optional() }).nullable();
const DestinationOut = z.object({
  id: Id('destination'), name: z.string(), address: z.string(), types: z.array(z.string()), state: z.enum(DESTINATION_STATES), reason: Why.meta({ description: 'Why it was disabled.' }),
  waiting: count.meta({ description: 'Webhooks that have not been taken yet.' }), failed: count.meta({ description: 'Webhooks that were tried to the end; they can be sent again.' }),
  failingSince: Iso.nullable(), takenAt: Iso.nullable().meta({ description: 'When it took one last.' }), previousSecretUntil: Iso.nullable().meta({ description: 'Until when the secret before signs too.' }), createdAt: Iso,
}).meta({ id: 'Destination', description: 'Instants of destinations and webhooks are real time.' });
const WebhookOut = z.object({
  id: Id('webhook').meta({ description: 'What leaves as `webhook-id`: the same at every attempt.' }), type: z.string(), eventId: Id('event').nullable(), customerId: Id('customer').nullable(), state: z.enum(WEBHOOK_STATES), attempts: count,
  nextAt: Iso.nullable(), createdAt: Iso, endedAt: Iso.nullable(), history: z.array(z.object({ at: Iso, status: count.nullable(), reason: Why, tookMs: count.nullable() })).meta({ description: 'Each attempt. Answers are not kept: they may hold anything.' }),
}).meta({ id: 'Webhook' });
const WithSecret = z.object({ id: Id('destination'), secret: z.string().meta({ description: 'It begins with `whsec_` and is shown this once.' }) });

const toOut = ({ id, failingSince, takenAt, previousUntil, createdAt, ...row }: DestinationRow): z.input<typeof DestinationOut> =>
  ({ ...row, id: formatId('destination', id), failingSince: isoOrNull(failingSince), takenAt: isoOrNull(takenAt), previousSecretUntil: isoOrNull(previousUntil), createdAt: iso(createdAt) });
const toWebhook = ({ id, eventId, customerId, dueAt, createdAt, endedAt, ...row }: WebhookRow): z.input<typeof WebhookOut> => ({
  ...row, id: formatId('webhook', id), eventId: eventId && formatId('event', eventId), customerId: customerId && formatId('customer', customerId), nextAt: row.state === 'queued' ? iso(dueAt) : null, createdAt: iso(createdAt), endedAt: isoOrNull(endedAt),
});

const params = z.object({ destinationId: IdOf('destination') });
type Named = Pick<InTransaction<{ params: z.output<typeof params> }>, 'transaction' | 'params'>;

async function found({ transaction, params: { destinationId } }: Named): Promise<DestinationRow> {
  const row = await findDestination(transaction, destinationId);
  if (!row) throw new PermanentError('destination.unknown', 'There is no such destination.');
  return row;
}

const example = { name: 'Order desk', address: 'https://shop.example.com/parcours', types: ['offer.granted', 'points.posted', 'consent.changed'] };
const usual = { noun: 'Webhooks', scope: 'webhooks:write', errors: ['destination.unknown'] } as const;

const list = defineRoute({
  method: 'GET', path: '/destinations', noun: 'Webhooks', summary: 'List where webhooks go, and how they fare', scope: 'webhooks:read', response: z.object({ items: z.array(DestinationOut) }),
  read: async ({ transaction }) => ({ items: (await listDestinations(transaction)).map(toOut) }),
});

const create = defineRoute({
  method: 'POST', path: '/destinations', noun: 'Webhooks', summary: 'Send events of chosen types to an address', scope: 'webhooks:write', status: 201, body: DestinationInput, example, response: WithSecret,
  description: 'From now on each such event is posted there, signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`, `webhook-signature`), at least once and under one id. Events posted as history are not. The secret is shown in this answer only.',
  // Not a `write`: an answer that an idempotency key keeps would keep the secret.
  async run({ engine, workspaceId, actor, body }) {
    const { id, secret } = await runInWorkspace(engine, { workspaceId, actor }, ({ command }) => createDestination(command, engine.secret, body));
    return { body: { id: formatId('destination', id), secret } };
  },
});

const get = defineRoute({ method: 'GET', path: '/destinations/{destinationId}', ...usual, scope: 'webhooks:read', summary: 'Read a destination', params, response: DestinationOut, read: async (input) => toOut(await found(input)) });

const change = defineRoute({
  method: 'PUT', path: '/destinations/{destinationId}', ...usual, summary: 'Change a destination; what waits goes to the new address', params, body: DestinationInput, example, response: DestinationOut,
  async write(input) {
    await changeDestination(input.command, input.params.destinationId, input.body);
    return { body: toOut(await found(input)) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/destinations/{destinationId}', ...usual, summary: 'Take a destination away, with what waits for it', params, response: z.object({ deleted: z.boolean() }),
  async write({ command, params: { destinationId } }) {
    await deleteDestination(command, destinationId);
    return { body: { deleted: true } };
  },
});

const rotate = defineRoute({
  method: 'POST', path: '/destinations/{destinationId}/rotate', ...usual, summary: 'Give a destination another secret', params, response: WithSecret,
  description: 'Until the overlap ends each webhook carries a signature of both secrets. Choose 0 hours when the old one was leaked.',
  body: z.strictObject({ overlapHours: z.number().int().min(0).max(LONGEST_OVERLAP_HOURS).default(USUAL_OVERLAP_HOURS) }),
  async run({ engine, workspaceId, actor, params: { destinationId }, body }) {
    const { secret } = await runInWorkspace(engine, { workspaceId, actor }, ({ command }) => rotateSecret(command, engine.secret, destinationId, body.overlapHours));
    return { body: { id: formatId('destination', destinationId), secret } };
  },
});

const switches = (['pause', 'resume'] as const).map((act) => defineRoute({
  method: 'POST', path: `/destinations/{destinationId}/${act}`, ...usual, params, response: DestinationOut,
  summary: act === 'pause' ? 'Hold webhooks back; they wait' : 'Send again what waits, and what comes',
  async write(input) {
    await switchDestination(input.command, input.params.destinationId, act);
    return { body: toOut(await found(input)) };
  },
}));

const test = defineRoute({
  method: 'POST', path: '/destinations/{destinationId}/test', ...usual, summary: 'Send a test, also to a destination that is paused or disabled', params, status: 202, response: z.object({ webhookId: Id('webhook') }),
  async write({ command, params: { destinationId } }) {
    return { status: 202, body: { webhookId: formatId('webhook', (await testDestination(command, destinationId)).webhookId) } };
  },
});

const log = defineRoute({
  method: 'GET', path: '/destinations/{destinationId}/webhooks', ...usual, scope: 'webhooks:read', summary: 'List what was sent to a destination, newest first', params, response: PageOf(WebhookOut), query: z.strictObject({ ...pageQuery, state: z.enum(WEBHOOK_STATES).optional() }),
  description: 'What has ended is kept for thirty days.',
  async read({ transaction, params: named, query: { limit, after, state } }) {
    const { id } = await found({ transaction, params: named });
    return pageOf(await listWebhooks(transaction, id, { state, before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 }), limit, (row) => [row.id], toWebhook);
  },
});

const replay = defineRoute({
  method: 'POST', path: '/destinations/{destinationId}/replay', ...usual, summary: 'Send webhooks again, under the ids they had', params, response: z.object({ queued: count }), errors: ['destination.unknown', 'webhook.unknown'],
  description: 'These, or without ids everything that failed.', body: z.strictObject({ ids: z.array(IdOf('webhook')).min(1).max(500).optional() }), example: {},
  write: async ({ command, params: { destinationId }, body: { ids } }) => ({ body: await replayWebhooks(command, destinationId, ids) }),
});

export const destinationRoutes = [list, create, get, change, remove, rotate, ...switches, test, log, replay];
