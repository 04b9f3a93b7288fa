/** Connectors (§11.4): addresses to which shops post, their mappings, tried on a sample before they hold, and the posts that could not be taken. */
import { z } from 'zod';
import { findConnector, listConnectors, listPosts, type ConnectorRow, type PostRow } from '#db/queries/connectors.ts';
import { ConnectorInput, POST_STATES, Signature } from '#domain/connectors/connector.ts';
import { CONNECTOR_KINDS } from '#domain/connectors/connector-kinds.ts';
import { ConnectorMapping } from '#domain/connectors/mapping.ts';
import { READY_CONNECTORS } from '#domain/connectors/ready/ready-connectors.ts';
import { formatId } from '#domain/shared/ids.ts';
import { changeConnector, createConnector, deleteConnector, replayPosts, switchConnector } from '#engine/commands/connectors.ts';
import { previewPost } from '#engine/connectors/preview-post.ts';
import { connectorUrl } from '#engine/connectors/receive-post.ts';
import type { Engine } from '#engine/engine.ts';
import { LOST_RACES } from '#engine/ingest-events.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { tryAgain } from '#engine/try-again.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const count = z.number().int();
const Problems = z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.union([z.string(), z.number()])) }));
const ConnectorOut = z.object({
  id: Id('connector'), name: z.string(), kind: z.enum(CONNECTOR_KINDS), url: z.string().meta({ description: 'Where the shop posts. Whoever knows it may post, unless posts are signed.' }), signature: Signature, hasSecret: z.boolean(),
  mapping: ConnectorMapping, closedAt: Iso.nullable(), createdAt: Iso, lastAt: Iso.nullable(), accepted: count.meta({ description: 'Posts of the last thirty days that were taken.' }), quarantined: count, refused: count.meta({ description: 'Posts whose signature was wrong; they are kept and can be replayed.' }),
}).meta({ id: 'Connector', description: 'Instants of connectors are real time.' });
const PostOut = z.object({ id: Id('connectorPost'), state: z.enum(POST_STATES), receivedAt: Iso, problems: Problems, eventIds: z.array(z.string()) }).meta({ id: 'ConnectorPost' });

const toOut = (engine: Engine, { id, codeId, closedAt, createdAt, lastAt, ...row }: ConnectorRow): z.input<typeof ConnectorOut> =>
  ({ ...row, id: formatId('connector', id), url: connectorUrl(engine, codeId), closedAt: isoOrNull(closedAt), createdAt: iso(createdAt), lastAt: isoOrNull(lastAt) });
const toPost = ({ id, receivedAt, body: _, ...row }: PostRow): z.input<typeof PostOut> => ({ ...row, id: formatId('connectorPost', id), receivedAt: iso(receivedAt) });

const params = z.object({ connectorId: IdOf('connector') });
type Named = Pick<InTransaction<{ params: z.output<typeof params> }>, 'transaction' | 'params' | 'engine'>;

async function found({ transaction, params: { connectorId } }: Omit<Named, 'engine'>): Promise<ConnectorRow> {
  const row = await findConnector(transaction, connectorId);
  if (!row) throw new PermanentError('connector.unknown', 'There is no such connector.');
  return row;
}
const read = async (input: Named) => toOut(input.engine, await found(input));

const usual = { noun: 'Connectors', scope: 'webhooks:write', errors: ['connector.unknown'] } as const;

const list = defineRoute({
  method: 'GET', path: '/connectors', noun: 'Connectors', summary: 'List the addresses to which shops post, and what came of it', scope: 'webhooks:write', response: z.object({ items: z.array(ConnectorOut) }),
  description: 'An address is a key, so reading it needs the right to change it.',
  read: async ({ transaction, engine }) => ({ items: (await listConnectors(transaction)).map((row) => toOut(engine, row)) }),
});

const ready = defineRoute({
  method: 'GET', path: '/connectors/ready', noun: 'Connectors', summary: 'List the mappings that are ready, each with a post as the shop sends it', scope: 'webhooks:read',
  response: z.object({ items: z.array(z.object({ kind: z.enum(CONNECTOR_KINDS), signature: Signature, mapping: ConnectorMapping, sample: z.object({ headers: z.record(z.string(), z.string()), body: z.unknown() }) })) }),
  read: async () => ({ items: CONNECTOR_KINDS.map((kind) => ({ kind, ...READY_CONNECTORS[kind] })) }),
});

const preview = defineRoute({
  method: 'POST', path: '/connectors/preview', noun: 'Connectors', summary: 'Try a mapping on a post, as its events would land; nothing is kept', scope: 'webhooks:read',
  body: z.strictObject({ mapping: ConnectorMapping, sample: z.strictObject({ headers: z.record(z.string().max(100), z.string().max(1_000)).default({}), body: z.unknown() }) }),
  example: { mapping: READY_CONNECTORS.custom.mapping, sample: READY_CONNECTORS.custom.sample },
  response: z.object({ events: z.array(z.object({ event: z.record(z.string(), z.unknown()), status: z.enum(['accepted', 'quarantined', 'rejected']), problems: Problems })), problems: Problems, warnings: Problems }),
  read: ({ transaction, workspaceId, body }) => previewPost(transaction, workspaceId, body.mapping, { headers: Object.fromEntries(Object.entries(body.sample.headers).map(([name, value]) => [name.toLowerCase(), value])), body: body.sample.body }),
});

const create = defineRoute({
  method: 'POST', path: '/connectors', noun: 'Connectors', summary: 'Make an address to which a shop posts', scope: 'webhooks:write', status: 201, body: ConnectorInput, response: ConnectorOut,
  description: 'The mapping and the signature are those of its kind when they are left out. The secret is sealed and never read back.',
  example: { name: 'Web shop', kind: 'woocommerce', secret: 'the secret of the webhook' },
  async write(input) {
    const connectorId = await createConnector(input.command, input.engine.secret, input.body);
    return { status: 201, body: await read({ ...input, params: { connectorId } }) };
  },
});

const get = defineRoute({ method: 'GET', path: '/connectors/{connectorId}', ...usual, summary: 'Read a connector', params, response: ConnectorOut, read });

const change = defineRoute({
  method: 'PUT', path: '/connectors/{connectorId}', ...usual, summary: 'Change a connector', params, body: ConnectorInput.omit({ kind: true }), example: { name: 'Web shop', mapping: READY_CONNECTORS.custom.mapping }, response: ConnectorOut,
  description: 'What is left out stays as it is.',
  async write(input) {
    await changeConnector(input.command, input.engine.secret, input.params.connectorId, input.body);
    return { body: await read(input) };
  },
});

const switches = ([['close', 'Close an address; posts are answered with 404'], ['open', 'Open it again'], ['renew', 'Give a connector another address; the last one leads nowhere']] as const).map(([act, summary]) => defineRoute({
  method: 'POST', path: `/connectors/{connectorId}/${act}`, ...usual, summary, params, response: ConnectorOut,
  async write(input) {
    await switchConnector(input.command, input.params.connectorId, act);
    return { body: await read(input) };
  },
}));

const remove = defineRoute({
  method: 'DELETE', path: '/connectors/{connectorId}', ...usual, summary: 'Take a connector away, with the posts that it could not take', params, response: z.object({ deleted: z.boolean() }),
  async write({ command, params: { connectorId } }) {
    await deleteConnector(command, connectorId);
    return { body: { deleted: true } };
  },
});

const posts = defineRoute({
  method: 'GET', path: '/connectors/{connectorId}/posts', ...usual, scope: 'webhooks:read', summary: 'List what was posted, newest first', params, query: z.strictObject({ ...pageQuery, state: z.enum(POST_STATES).optional() }), response: PageOf(PostOut),
  async read({ transaction, params: named, query: { limit, after, state } }) {
    const { id } = await found({ transaction, params: named });
    return pageOf(await listPosts(transaction, id, { state, before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 }), limit, (row) => [row.id], toPost);
  },
});

const post = defineRoute({
  method: 'GET', path: '/connectors/{connectorId}/posts/{postId}', noun: 'Connectors', scope: 'events:read', summary: 'Read a post that could not be taken, as it came', params: params.extend({ postId: IdOf('connectorPost') }), errors: ['connectorPost.unknown'],
  response: PostOut.extend({ body: z.string().nullable().meta({ description: 'Null once it was taken.' }) }),
  async read({ transaction, params: { connectorId, postId } }) {
    const [row] = (await listPosts(transaction, connectorId, { before: null, limit: 1, id: postId }));
    if (!row) throw new PermanentError('connectorPost.unknown', 'There is no such post.');
    return { ...toPost(row), body: row.body };
  },
});

const replay = defineRoute({
  method: 'POST', path: '/connectors/{connectorId}/replay', ...usual, summary: 'Take posts again that could not be taken', params, example: {},
  description: 'These, or without ids the oldest two hundred, with the mapping and the secret of now; what is still wrong stays, with what is wrong now. What was taken meanwhile is not taken twice.',
  body: z.strictObject({ ids: z.array(IdOf('connectorPost')).min(1).max(200).optional() }), response: z.object({ replayed: count, accepted: count, left: count }),
  async run({ engine, workspaceId, actor, params: { connectorId }, body: { ids } }) {
    const { events, ...answer } = await tryAgain(() => runInWorkspace(engine, { workspaceId, actor }, ({ command }) => replayPosts(command, engine, connectorId, ids)), LOST_RACES);
    if (events > 0) engine.hintRouters();
    return { body: answer };
  },
});

export const connectorRoutes = [list, ready, preview, create, get, change, ...switches, remove, posts, post, replay];
