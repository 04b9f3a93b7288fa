/** Commands: say something about a step of a journey, and call it resolved, or open again. */
import { v7 as newId } from 'uuid';
import { listMentionable } from '#db/queries/comments.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Only members can be mentioned; anybody else is left out. */
export async function addComment(context: CommandContext, comment: { journeyId: string; nodeId: string; text: string; mentions: string[] }): Promise<{ commentId: string }> {
  const { transaction, workspaceId, actor } = context;
  const { journeyId, nodeId, text } = comment;
  const [journey] = await transaction`select 1 from journeys where id = ${journeyId}`;
  if (!journey) throw new PermanentError('journey.unknown', 'There is no such journey.');
  const members = new Set((await listMentionable(transaction, workspaceId)).map(({ userId }) => userId));
  const mentions = [...new Set(comment.mentions)].filter((userId) => members.has(userId));
  const commentId = newId();
  await transaction`
    insert into journey_comments (id, workspace_id, journey_id, node_id, actor, text, mentions) values (${commentId}, ${workspaceId}, ${journeyId}, ${nodeId}, ${actor}, ${text}, ${mentions})`;
  await audit(context, { action: 'journey.comment', subject: formatId('journey', journeyId), after: { nodeId, mentions: mentions.length } });
  return { commentId };
}

/** Twice the same changes nothing. */
export async function resolveComment({ transaction, actor }: CommandContext, commentId: string, isResolved: boolean): Promise<void> {
  const found = await transaction`
    update journey_comments set resolved_at = case when ${isResolved} then coalesce(resolved_at, clock_timestamp()) end, resolved_by = case when ${isResolved} then coalesce(resolved_by, ${actor}) end
     where id = ${commentId} returning id`;
  if (found.length === 0) throw new PermanentError('comment.unknown', 'There is no such comment.');
}
