/**
 * Stage 1, ingest, for shops that post in their own way (§11.4): the address names a connector, the signature is checked over the body as it came, and a 2xx is given
 * only when the post is committed, as events or in quarantine. A post whose signature is wrong is kept too, a few hundred of them: the secret may be what is wrong.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { MOST_QUARANTINED, MOST_REFUSED, Signature, type PostState } from '#domain/connectors/connector.ts';
import { ConnectorMapping } from '#domain/connectors/mapping.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Engine } from '#engine/engine.ts';
import { LOST_RACES } from '#engine/ingest-events.ts';
import { signId, verifyId } from '#engine/links.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { openSecret, type Keyring } from '#engine/seal-secret.ts';
import { tryAgain } from '#engine/try-again.ts';
import { checkSignature } from './check-signature.ts';
import { takePost, type Post } from './take-post.ts';

export type ConnectorInForce = { id: string; kind: string; mapping: ConnectorMapping; signature: Signature; secret: string | null };
export type PostAnswer = { status: 200 | 202 | 401 | 404 | 429; body: { state?: PostState; post?: string; events?: string[]; problems?: Problem[]; title?: string } };

/** Where the posts of a connector are answered. */
export const connectorUrl = ({ publicUrl, secret }: Pick<Engine, 'publicUrl' | 'secret'>, codeId: string): string => `${publicUrl}/api/hooks/${signId(secret, 'connector', codeId)}`;
export const connectorSecretName = (id: string): string => `connector/${id}`;

/** Headers that a mapping or a signature may read; those that could hold a key of somebody are not kept. */
const KEPT = /^(x-|content-type$|user-agent$|webhook-)/;
const kept = (headers: Post['headers']): Record<string, string> => Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value !== undefined && KEPT.test(name) && !/token|auth|cookie|forwarded|real-ip/.test(name) ? [[name, value.slice(0, 1_000)]] : [])));

export async function loadConnector(transaction: Transaction, keyring: Keyring, workspaceId: string, by: { id: string } | { codeId: string }): Promise<ConnectorInForce | null> {
  const [row] = await transaction<{ id: string; kind: string; mapping: unknown; signature: unknown; secret: Buffer | null }[]>`
    select id, kind, mapping, signature, secret from connectors where ${'id' in by ? transaction`id = ${by.id}` : transaction`code_id = ${by.codeId} and closed_at is null`}`;
  if (!row) return null;
  return { id: row.id, kind: row.kind, mapping: ConnectorMapping.parse(row.mapping), signature: Signature.parse(row.signature), secret: row.secret === null ? null : openSecret(keyring, workspaceId, connectorSecretName(row.id), row.secret) };
}

async function keepPost(transaction: Transaction, workspaceId: string, connectorId: string, { headers, body }: Post, line: { state: PostState; problems: Problem[]; eventIds: string[] }): Promise<string> {
  const id = newId();
  const stays = line.state === 'quarantined' || line.state === 'refused';
  await transaction`
    insert into connector_posts (id, workspace_id, connector_id, state, body, headers, problems, event_ids)
    values (${id}, ${workspaceId}, ${connectorId}, ${line.state}, ${stays ? body : null}, ${stays ? transaction.json(kept(headers)) : null}, ${transaction.json(line.problems)}, ${line.eventIds})`;
  return id;
}

const isFull = async (transaction: Transaction, connectorId: string, state: PostState, most: number): Promise<boolean> =>
  (await transaction`select 1 from connector_posts where connector_id = ${connectorId} and state = ${state} limit ${most}`).length >= most;

/** What WooCommerce posts when a webhook is made: no order, and not signed. */
const isPing = ({ kind }: ConnectorInForce, { body }: Post): boolean => kind === 'woocommerce' && body.byteLength < 40 && /^webhook_id=\d+$/.test(body.toString('latin1'));

async function receive(transaction: Transaction, engine: Engine, workspaceId: string, codeId: string, post: Post): Promise<PostAnswer & { accepted: number }> {
  const connector = await loadConnector(transaction, engine, workspaceId, { codeId });
  if (!connector) return { status: 404, body: { title: 'There is no such connector.' }, accepted: 0 };
  if (isPing(connector, post)) return { status: 200, body: { state: 'ignored' }, accepted: 0 };
  const answer = (status: PostAnswer['status'], id: string, line: { state: PostState; problems: Problem[]; eventIds: string[]; accepted?: number }) =>
    ({ status, body: { state: line.state, post: formatId('connectorPost', id), events: line.eventIds, problems: line.problems }, accepted: line.accepted ?? 0 });
  if (!checkSignature(connector.signature, connector.secret, post)) {
    const line = { state: 'refused' as const, problems: [{ code: 'connector.signature', message: 'The signature is not one of the secret that this connector keeps.', path: [] }], eventIds: [] };
    if (await isFull(transaction, connector.id, 'refused', MOST_REFUSED)) return { status: 401, body: line, accepted: 0 };
    return answer(401, await keepPost(transaction, workspaceId, connector.id, post, line), line);
  }
  const taken = await takePost(transaction, await loadWorkspace(transaction, workspaceId), connector.mapping, post);
  if (taken.state === 'quarantined' && (await isFull(transaction, connector.id, 'quarantined', MOST_QUARANTINED))) return { status: 429, body: { title: 'Too many posts wait in quarantine: mend the mapping, then send this one again.', problems: taken.problems }, accepted: 0 };
  return answer(taken.state === 'quarantined' ? 202 : 200, await keepPost(transaction, workspaceId, connector.id, post, taken), taken);
}

/** `token` is the last part of the connector's address; header names are in lower case. */
export async function receivePost(engine: Engine, token: string, post: Post): Promise<PostAnswer> {
  const codeId = verifyId(engine, 'connector', token);
  const [found] = codeId === null ? [] : await engine.database<{ workspaceId: string | null }[]>`select resolve_connector(${codeId}) as "workspaceId"`;
  const workspaceId = found?.workspaceId;
  if (codeId === null || !workspaceId) return { status: 404, body: { title: 'There is no such connector.' } };
  const { accepted, ...answer } = await tryAgain(() => inWorkspace(engine.database, workspaceId, (transaction) => receive(transaction, engine, workspaceId, codeId, post)), LOST_RACES);
  if (accepted > 0) engine.hintRouters();
  return answer;
}
