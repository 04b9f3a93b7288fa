/** Comments on the steps of a journey, and those that mention somebody and are still open. */
import type { Transaction } from '#db/connection.ts';
import { withinStores } from '#db/queries/store-journeys.ts';

export type CommentRow = {
  id: string; journeyId: string; journeyName: string; nodeId: string; author: string; text: string; mentions: string[]; createdAt: Date; resolvedAt: Date | null; resolvedBy: string | null;
};

const columns = (transaction: Transaction) => transaction`
  c.id, c.journey_id as "journeyId", j.name as "journeyName", c.node_id as "nodeId", coalesce(a.name, c.actor) as author, c.text, c.mentions, c.created_at as "createdAt",
  c.resolved_at as "resolvedAt", coalesce(r.name, c.resolved_by) as "resolvedBy"`;
const joined = (transaction: Transaction) => transaction`
  from journey_comments c join journeys j on j.id = c.journey_id left join auth_users a on 'user:' || a.id = c.actor left join auth_users r on 'user:' || r.id = c.resolved_by`;

/** Oldest first; all open ones, and the latest hundred that are resolved. */
export const listComments = (transaction: Transaction, journeyId: string): Promise<CommentRow[]> => transaction<CommentRow[]>`
  select * from (select ${columns(transaction)} ${joined(transaction)} where c.journey_id = ${journeyId} order by c.resolved_at is not null, c.id desc limit 500) newest order by id`;

/** Open comments that mention this person, newest first. */
export const listMentions = (transaction: Transaction, userId: string, storeIds: readonly string[] | null = null): Promise<CommentRow[]> => transaction<CommentRow[]>`
  select ${columns(transaction)} ${joined(transaction)} where c.resolved_at is null and ${userId} = any(c.mentions) and ${withinStores(transaction, storeIds)} order by c.id desc limit 50`;

export type MentionableRow = { userId: string; name: string };
/** Who works in the workspace. These tables lie outside row-level security: the question names its workspace. */
export const listMentionable = (transaction: Transaction, workspaceId: string): Promise<MentionableRow[]> => transaction<MentionableRow[]>`
  select u.id as "userId", u.name from memberships m join auth_users u on u.id = m.user_id where m.workspace_id = ${workspaceId} order by u.name, u.id`;
