/** Comments on the steps of a journey: read, written, resolved, and who is mentioned. */
import { z } from 'zod';
import { listComments, listMentionable, listMentions, type CommentRow } from '#db/queries/comments.ts';
import { findJourney } from '#db/queries/journeys.ts';
import { formatId } from '#domain/shared/ids.ts';
import { addComment, resolveComment } from '#engine/commands/comment-journey.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull } from '#app/api/edge.ts';

const CommentOut = z.object({
  id: Id('comment'), journeyId: Id('journey'), journeyName: z.string(), nodeId: z.string(), author: z.string(), text: z.string(), mentions: z.array(z.string()).meta({ description: 'Ids of members.' }),
  createdAt: Iso, resolvedAt: Iso.nullable(), resolvedBy: z.string().nullable(),
}).meta({ id: 'Comment' });
const toComment = (row: CommentRow): z.input<typeof CommentOut> => ({ ...row, id: formatId('comment', row.id), journeyId: formatId('journey', row.journeyId), createdAt: iso(row.createdAt), resolvedAt: isoOrNull(row.resolvedAt) });

const ofJourney = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');

const list = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/comments', noun: 'Journeys', summary: 'List the comments on the steps of a journey, oldest first', scope: 'journeys:read', params: ofJourney, errors: ['journey.unknown'],
  response: z.object({ items: z.array(CommentOut), people: z.array(z.object({ userId: z.string(), name: z.string() })).meta({ description: 'Who can be mentioned.' }) }),
  async read({ transaction, workspaceId, params: { journeyId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    return { items: (await listComments(transaction, journeyId)).map(toComment), people: await listMentionable(transaction, workspaceId) };
  },
});

const add = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/comments', noun: 'Journeys', summary: 'Comment on a step', scope: 'journeys:write', params: ofJourney, status: 201, errors: ['journey.unknown'],
  body: z.strictObject({ nodeId: z.string().min(1).max(60), text: z.string().trim().min(1).max(2_000), mentions: z.array(z.string().max(100)).max(20).default([]) }),
  example: { nodeId: 'mail', text: 'Is this the right voucher?', mentions: [] }, response: z.object({ id: Id('comment') }),
  async write({ command, params: { journeyId }, body }) {
    return { status: 201, body: { id: formatId('comment', (await addComment(command, { journeyId, ...body })).commentId) } };
  },
});

const resolve = defineRoute({
  method: 'POST', path: '/comments/{commentId}/resolve', noun: 'Journeys', summary: 'Call a comment resolved, or open it again', scope: 'journeys:write', params: z.object({ commentId: IdOf('comment') }),
  body: z.strictObject({ resolved: z.boolean().default(true) }), response: z.object({ resolved: z.boolean() }), errors: ['comment.unknown'],
  async write({ command, params: { commentId }, body: { resolved } }) {
    await resolveComment(command, commentId, resolved);
    return { body: { resolved } };
  },
});

const mentions = defineRoute({
  method: 'GET', path: '/comments/mentions', noun: 'Journeys', summary: 'List the open comments that mention the person who asks', scope: 'journeys:read', response: z.object({ items: z.array(CommentOut) }),
  async read({ transaction, actor, storeIds }) {
    return { items: actor.startsWith('user:') ? (await listMentions(transaction, actor.slice('user:'.length), storeIds)).map(toComment) : [] };
  },
});

export const journeyCommentRoutes = [list, add, resolve, mentions];
