/** Connectors with what came of their posts, and the log of the posts of one (§11.4). */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { POST_STATES, Signature, type PostState } from '#domain/connectors/connector.ts';
import { CONNECTOR_KINDS } from '#domain/connectors/connector-kinds.ts';
import { ConnectorMapping } from '#domain/connectors/mapping.ts';

const ConnectorRow = z.object({
  id: z.string(), name: z.string(), kind: z.enum(CONNECTOR_KINDS), mapping: ConnectorMapping, signature: Signature, hasSecret: z.boolean(), codeId: z.string(), closedAt: z.date().nullable(), createdAt: z.date(),
  accepted: z.number(), quarantined: z.number(), refused: z.number(), lastAt: z.date().nullable(),
});
export type ConnectorRow = z.infer<typeof ConnectorRow>;

const columns = (transaction: Transaction) => transaction`
  c.id, c.name, c.kind, c.mapping, c.signature, c.secret is not null as "hasSecret", c.code_id as "codeId", c.closed_at as "closedAt", c.created_at as "createdAt", p.accepted, p.quarantined, p.refused, p.last as "lastAt"
  from connectors c cross join lateral (
    select count(*) filter (where state = 'accepted')::int as accepted, count(*) filter (where state = 'quarantined')::int as quarantined, count(*) filter (where state = 'refused')::int as refused, max(received_at) as last
      from connector_posts where connector_id = c.id) p`;

/** The oldest first. */
export const listConnectors = async (transaction: Transaction): Promise<ConnectorRow[]> => (await transaction`select ${columns(transaction)} order by c.id`).map((row) => ConnectorRow.parse(row));

export async function findConnector(transaction: Transaction, id: string): Promise<ConnectorRow | null> {
  const [row] = await transaction`select ${columns(transaction)} where c.id = ${id}`;
  return row ? ConnectorRow.parse(row) : null;
}

const PostRow = z.object({
  id: z.string(), state: z.enum(POST_STATES), receivedAt: z.date(), problems: z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.union([z.string(), z.number()])) })), eventIds: z.array(z.string()), body: z.string().nullable(),
});
export type PostRow = z.infer<typeof PostRow>;

/** The newest first, with what was posted while it may be replayed. */
export async function listPosts(transaction: Transaction, connectorId: string, page: { state?: PostState | undefined; before: string | null; limit: number; id?: string | undefined }): Promise<PostRow[]> {
  const rows = await transaction<{ body: Buffer | null }[]>`
    select id, state, received_at as "receivedAt", problems, event_ids as "eventIds", body from connector_posts
     where connector_id = ${connectorId} and (${page.state ?? null}::text is null or state = ${page.state ?? null}) and (${page.before}::uuid is null or id < ${page.before}::uuid) and (${page.id ?? null}::uuid is null or id = ${page.id ?? null}::uuid) order by id desc limit ${page.limit}`;
  return rows.map((row) => PostRow.parse({ ...row, body: row.body?.toString('utf8') ?? null }));
}
