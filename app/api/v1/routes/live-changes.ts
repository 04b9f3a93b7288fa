/** Changing a live journey with people inside: the preview of a publication, moves with their undo, late messages, failed people (§8, §4.5). */
import { z } from 'zod';
import { journeyOfMove, listMoves, type MoveRow } from '#db/queries/journey-moves.ts';
import { findJourney } from '#db/queries/journeys.ts';
import { MovePolicy } from '#domain/enrollments/move-policy.ts';
import { MOVE_CLASSES } from '#domain/enrollments/move-to-version.ts';
import { formatId } from '#domain/shared/ids.ts';
import { afterBurst } from '#engine/advance-customers.ts';
import { cancelMove, goOnWithMove, undoMove } from '#engine/commands/move-people.ts';
import { retryFailed } from '#engine/commands/retry-failed.ts';
import { decideLate } from '#engine/commands/run-journey.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { previewMove, previewPeople } from '#engine/preview-move.ts';
import { countHeld } from '#engine/release-held.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const params = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');
const Count = z.number().int();
const Counts = z.object(Object.fromEntries(MOVE_CLASSES.map((name) => [name, Count])) as Record<(typeof MOVE_CLASSES)[number], typeof Count>);
const FINISH_HELP = '`finish` on the version they entered, or `move` to the new one; `perNode` by the step people stand at; `gone` says where those go whose step is gone: `{ "to": "step" }` or `{ "leave": true }`.';
export const People = MovePolicy.meta({ description: FINISH_HELP });

const preview = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/publish/preview', noun: 'Journeys', summary: 'Count what publishing would do to the people inside', scope: 'journeys:read', params, errors: ['journey.unknown'],
  description: 'Nothing is changed. `needsChoice`: with people there, publishing is refused until `people.gone` says where they go. `proposes` is where the old drawing leads; `to: null` is its end.',
  body: z.strictObject({ people: People }), example: { people: { mode: 'move' } },
  response: z.object({
    people: Count, counts: Counts,
    nodes: z.array(z.object({ nodeId: z.string(), people: Count, isGone: z.boolean(), needsChoice: z.boolean(), proposes: z.object({ to: z.string().nullable() }).nullable(), counts: Counts })),
  }),
  async read({ transaction, workspaceId, params: { journeyId }, body: { people } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw unknown();
    return previewMove(transaction, workspaceId, journeyId, journey.draft, people);
  },
});

const previewList = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/publish/preview/people', noun: 'Journeys', summary: 'List the people behind a count of the preview', scope: 'customers:read', params, errors: ['journey.unknown'],
  body: z.strictObject({ ...pageQuery, people: People, nodeId: z.string().max(40).optional(), class: z.enum(MOVE_CLASSES).optional() }), example: { people: { mode: 'move' }, class: 'leavesNow' },
  response: PageOf(z.object({ id: Id('enrollment'), customerId: Id('customer'), name: z.string().nullable(), nodeId: z.string(), class: z.enum(MOVE_CLASSES), wakeAt: Iso.nullable(), wakesThen: Iso.nullable().meta({ description: 'When the wait would end afterwards.' }) })),
  async read({ transaction, workspaceId, params: { journeyId }, body: { people, nodeId, class: name, limit, after } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw unknown();
    const rows = await previewPeople(transaction, workspaceId, journeyId, journey.draft, people, { nodeId: nodeId ?? null, class: name ?? null, after: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], ({ id, customerId, waiting, outcome, name: called, nodeId: at, class: what }) => ({
      id: formatId('enrollment', id), customerId: formatId('customer', customerId), name: called, nodeId: at, class: what, wakeAt: isoOrNull(waiting?.wakeAt ?? null),
      wakesThen: isoOrNull(outcome.kind === 'wait' ? outcome.waiting.wakeAt : outcome.kind === 'finish' ? (waiting?.wakeAt ?? null) : null),
    }));
  },
});

const MoveOut = z.object({
  id: Id('move'), journeyId: Id('journey'), undoes: Id('move').nullable(), undoneBy: Id('move').nullable(), version: Count, state: z.enum(['running', 'done', 'cancelled']), total: Count, done: Count,
  counts: z.record(z.string(), Count).meta({ description: 'By what became of them: the classes of the preview, `left` who left meanwhile, `failed` who stayed because of an error; of an undo `restored`, `wentOn`, `left`.' }),
  canUndo: Count.meta({ description: 'Who has not gone on since and could be put back.' }), startedBy: z.string(), startedAt: Iso, finishedAt: Iso.nullable(),
}).meta({ id: 'JourneyMove' });
const moveId = (id: string | null): string | null => (id === null ? null : formatId('move', id));
const toMove = (row: MoveRow): z.input<typeof MoveOut> => ({
  ...row, id: formatId('move', row.id), journeyId: formatId('journey', row.journeyId), undoes: moveId(row.undoes), undoneBy: moveId(row.undoneBy), startedAt: iso(row.startedAt), finishedAt: isoOrNull(row.finishedAt),
});

const list = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/moves', noun: 'Journeys', summary: 'List the moves of people between versions, newest first', scope: 'journeys:read', params, query: z.strictObject(pageQuery), response: PageOf(MoveOut), errors: ['journey.unknown'],
  async read({ transaction, params: { journeyId }, query: { limit, after } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    return pageOf(await listMoves(transaction, journeyId, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 }), limit, ({ id }) => [id], toMove);
  },
});

type OnMove = (context: CommandContext, moveId: string) => Promise<unknown>;
const onMove = (name: string, summary: string, description: string, run: OnMove) => defineRoute({
  method: 'POST', path: `/moves/{moveId}/${name}`, noun: 'Journeys', summary, description, scope: 'journeys:publish', params: z.object({ moveId: IdOf('move') }), body: z.strictObject({}), response: MoveOut, errors: ['move.unknown', 'move.state', 'move.running'],
  async write({ command, transaction, params: { moveId: id } }) {
    const answer = z.object({ moveId: z.string() }).safeParse(await run(command, id));
    const only = answer.success ? answer.data.moveId : id;
    const [row] = await listMoves(transaction, (await journeyOfMove(transaction, only)) ?? '', { before: null, limit: 1, only });
    if (!row) throw new PermanentError('move.unknown', 'There is no such move.');
    return { body: toMove(row) };
  },
});

const moves = [
  onMove('cancel', 'Stop moving people', 'Who has been moved stays where they are; the others finish on their version.', cancelMove),
  onMove('resume', 'Go on with a cancelled move', 'It goes on where it stopped.', goOnWithMove),
  onMove('undo', 'Put people back on their version', 'Everyone who has not gone on since the move; the answer is the undo, which runs as a move does and says how many could not be put back.', undoMove),
];

const Held = z.object({ kept: Count, late: Count, asking: Count.meta({ description: 'Late ones that wait for a decision.' }) });
const readLate = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/late-messages', noun: 'Journeys', summary: 'Count the messages that a pause has kept', scope: 'journeys:read', params, response: Held, errors: ['journey.unknown'],
  async read({ transaction, workspaceId, params: { journeyId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    return countHeld(transaction, workspaceId, journeyId);
  },
});
const decide = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/late-messages', noun: 'Journeys', summary: 'Decide on the late messages of a resumed journey', scope: 'journeys:publish', params, errors: ['journey.unknown'],
  body: z.strictObject({ decision: z.enum(['skip', 'send']) }), response: z.object({ messages: Count }),
  async write({ command, params: { journeyId }, body: { decision } }) {
    return { body: await decideLate(command, journeyId, decision) };
  },
});

const retry = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/failed/retry', noun: 'Journeys', summary: 'Try failed people again from the step that failed', scope: 'journeys:publish', params, errors: ['journey.unknown', 'journey.state', 'enrollment.unknown'],
  description: 'One enrollment, those of a step, or all, at most 200 in one call: pass `next` as `after` for the rest. The original end stays in the trace.',
  body: z.strictObject({ enrollmentId: IdOf('enrollment').optional(), nodeId: z.string().max(40).optional(), after: IdOf('enrollment').optional() }),
  response: z.object({ retried: Count, failedAgain: Count, inside: Count.meta({ description: 'Not tried again: they have come in again meanwhile.' }), next: Id('enrollment').nullable() }),
  async write({ command, engine, workspaceId, params: { journeyId }, body, afterCommit }) {
    const { report, next, ...answer } = await retryFailed(command, { journeyId, ...body });
    afterCommit(() => afterBurst(engine, workspaceId, report));
    return { body: { ...answer, next: next && formatId('enrollment', next) } };
  },
});

export const liveChangeRoutes = [preview, previewList, list, ...moves, readLate, decide, retry];
