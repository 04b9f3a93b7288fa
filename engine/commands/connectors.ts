/** Commands on connectors (§11.4): made, changed, closed and opened, given another address, taken away, and their posts replayed once the cause is put right. */
import { v4 as randomId, v7 as newId } from 'uuid';
import { findConnector, type ConnectorRow } from '#db/queries/connectors.ts';
import type { ConnectorInput, PostState } from '#domain/connectors/connector.ts';
import { READY_CONNECTORS } from '#domain/connectors/ready/ready-connectors.ts';
import type { Problem } from '#domain/shared/result.ts';
import { formatId } from '#domain/shared/ids.ts';
import { checkSignature } from '#engine/connectors/check-signature.ts';
import { connectorSecretName, loadConnector } from '#engine/connectors/receive-post.ts';
import { takePost } from '#engine/connectors/take-post.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { sealSecret, type Keyring } from '#engine/seal-secret.ts';
import { audit, type CommandContext } from './command-context.ts';

const REPLAYED_AT_A_TIME = 200;
const subjectOf = (id: string): string => formatId('connector', id);

async function mustFind({ transaction }: Pick<CommandContext, 'transaction'>, id: string): Promise<ConnectorRow> {
  const found = await findConnector(transaction, id);
  if (!found) throw new PermanentError('connector.unknown', 'There is no such connector.');
  return found;
}

/** What is not said is that of its kind. */
export async function createConnector(context: CommandContext, installation: string, input: ConnectorInput): Promise<string> {
  const { transaction, workspaceId } = context;
  const id = newId();
  const { mapping, signature } = { mapping: input.mapping ?? READY_CONNECTORS[input.kind].mapping, signature: input.signature ?? READY_CONNECTORS[input.kind].signature };
  const secret = input.secret === undefined ? null : sealSecret(installation, workspaceId, connectorSecretName(id), input.secret);
  await transaction`
    insert into connectors (id, workspace_id, name, kind, mapping, signature, secret, code_id) values (${id}, ${workspaceId}, ${input.name}, ${input.kind}, ${transaction.json(mapping as never)}, ${transaction.json(signature)}, ${secret}, ${randomId()})`;
  await audit(context, { action: 'connector.create', subject: subjectOf(id), after: { name: input.name, kind: input.kind, signature } });
  return id;
}

/** What is not said stays as it is; the kind too. */
export async function changeConnector(context: CommandContext, installation: string, id: string, input: Omit<ConnectorInput, 'kind'>): Promise<void> {
  const { transaction, workspaceId } = context;
  const before = await mustFind(context, id);
  const { mapping = before.mapping, signature = before.signature } = input;
  await transaction`update connectors set name = ${input.name}, mapping = ${transaction.json(mapping as never)}, signature = ${transaction.json(signature)} where id = ${id}`;
  if (input.secret !== undefined) await transaction`update connectors set secret = ${sealSecret(installation, workspaceId, connectorSecretName(id), input.secret)} where id = ${id}`;
  await audit(context, {
    action: 'connector.change', subject: subjectOf(id), before: { name: before.name, signature: before.signature, mapping: before.mapping }, after: { name: input.name, signature, mapping, ...(input.secret !== undefined && { secret: 'another' }) },
  });
}

/** `close`: its address leads nowhere. `open`: the same address again. `renew`: another address. */
export async function switchConnector(context: CommandContext, id: string, act: 'close' | 'open' | 'renew'): Promise<void> {
  await mustFind(context, id);
  if (act === 'renew') await context.transaction`update connectors set code_id = ${randomId()} where id = ${id}`;
  else await context.transaction`update connectors set closed_at = case when ${act === 'close'} then clock_timestamp() end where id = ${id}`;
  await audit(context, { action: `connector.${act}`, subject: subjectOf(id) });
}

/** What waits in its quarantine goes with it; events that were taken stay. */
export async function deleteConnector(context: CommandContext, id: string): Promise<void> {
  const { name, kind, quarantined, refused } = await mustFind(context, id);
  await context.transaction`delete from connectors where id = ${id}`;
  await audit(context, { action: 'connector.delete', subject: subjectOf(id), before: { name, kind, quarantined, refused } });
}

type Kept = { id: string; state: PostState; headers: Record<string, string>; body: Buffer };
export type ReplayedPosts = { replayed: number; accepted: number; left: number; events: number };

/** These, or the oldest that could not be taken: with the mapping and the secret of now, signatures checked anew. What is still wrong stays, with what is wrong now. */
export async function replayPosts(context: CommandContext, keyring: Keyring, id: string, ids: readonly string[] | undefined): Promise<ReplayedPosts> {
  const { transaction, workspaceId } = context;
  await mustFind(context, id);
  const connector = await loadConnector(transaction, keyring, workspaceId, { id });
  if (!connector) throw new PermanentError('connector.unknown', 'There is no such connector.');
  const posts = await transaction<Kept[]>`
    select id, state, headers, body from connector_posts where connector_id = ${id} and state in ('quarantined', 'refused') and body is not null and (${ids === undefined} or id = any(${ids ?? []}::uuid[]))
     order by id limit ${REPLAYED_AT_A_TIME} for update`;
  const workspace = await loadWorkspace(transaction, workspaceId);
  let [accepted, events] = [0, 0];
  for (const post of posts) {
    if (!checkSignature(connector.signature, connector.secret, post)) continue;
    const taken = await takePost(transaction, workspace, connector.mapping, post);
    await settle(transaction, post.id, taken);
    accepted += taken.state === 'quarantined' ? 0 : 1;
    events += taken.accepted;
  }
  const [row] = await transaction<{ left: number }[]>`select count(*)::int as left from connector_posts where connector_id = ${id} and state in ('quarantined', 'refused')`;
  if (posts.length > 0) await audit(context, { action: 'connector.replay', subject: subjectOf(id), after: { posts: posts.length, accepted } });
  return { replayed: posts.length, accepted, left: row?.left ?? 0, events };
}

/** What was taken is not kept a second time. */
const settle = (transaction: CommandContext['transaction'], id: string, { state, problems, eventIds }: { state: PostState; problems: Problem[]; eventIds: string[] }) => transaction`
  update connector_posts set state = ${state}, problems = ${transaction.json(problems)}, event_ids = ${eventIds}, body = case when ${state === 'quarantined'} then body end, headers = case when ${state === 'quarantined'} then headers end where id = ${id}`;
