/** Journeys: drawn, checked, published, run, stopped, put away. */
import { z } from 'zod';
import { findJourney, listJourneys, type JourneyRow } from '#db/queries/journeys.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { formatId } from '#domain/shared/ids.ts';
import { parseInstant } from '#domain/shared/time.ts';
import { archiveJourney, restoreJourney } from '#engine/commands/archive-journey.ts';
import { createJourney, replaceDraft } from '#engine/commands/change-journey.ts';
import { publishJourney, validateDraft } from '#engine/commands/publish-journey.ts';
import { moveJourney, type JourneyMove, type MoveOptions } from '#engine/commands/run-journey.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { LATE_CHOICES } from '#engine/release-held.ts';
import { warnDraft } from '#engine/warn-draft.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';
import { requireWithinStores } from '#app/api/require-within-stores.ts';
import { People } from '#app/api/v1/routes/live-changes.ts';

const JourneyOut = z.object({
  id: Id('journey'), key: z.string(), name: z.string(), status: z.enum(['draft', 'live', 'paused', 'stopped']), drains: z.boolean().meta({ description: 'Live for the people inside, closed for everyone else.' }), draftRevision: z.number().int(), people: z.number().int().meta({ description: 'Who is inside now.' }),
  liveVersion: z.object({ id: Id('journeyVersion'), number: z.number().int(), publishedAt: Iso }).nullable(), createdAt: Iso, updatedAt: Iso, archivedAt: Iso.nullable().meta({ description: 'Since when it is in the archive.' }),
  stores: z.array(z.string()).nullable().meta({ description: 'The stores in which the draft begins, by your own ids; null when it may begin anywhere. A merchant reads and changes journeys of their stores alone.' }),
}).meta({ id: 'JourneySummary' });

const toJourney = ({ liveVersion, ...row }: JourneyRow): z.input<typeof JourneyOut> => ({
  id: formatId('journey', row.id), key: row.key, name: row.name, status: row.status, drains: row.drains, draftRevision: row.draftRevision, people: row.people,
  liveVersion: liveVersion && { id: formatId('journeyVersion', liveVersion.id), number: liveVersion.number, publishedAt: iso(parseInstant(liveVersion.publishedAt) ?? 0) },
  createdAt: iso(row.createdAt), updatedAt: iso(row.updatedAt), archivedAt: row.archivedAt && iso(row.archivedAt), stores: row.stores,
});

/** The draft as it leaves: what was parsed on its way in, so its schema is not checked again. */
const JourneyWithDraft = JourneyOut.extend({ draft: z.looseObject({ key: z.string(), name: z.string() }).meta({ description: 'See /api/v1/schemas/journey.json.' }) });

const params = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');
const Reason = z.string().min(1).max(500).optional();

const EXAMPLE = {
  formatVersion: 1, key: 'thank-you', name: 'Thank you, three days later',
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, next: 'wait' },
  nodes: [
    { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thank-you', category: 'information' } },
  ],
};

const create = defineRoute({
  method: 'POST', path: '/journeys', noun: 'Journeys', summary: 'Create a journey from its draft', scope: 'journeys:write', status: 201,
  body: Journey, example: EXAMPLE, response: JourneyWithDraft, errors: ['journey.keyTaken', 'journey.beyondStores'],
  async write({ command, transaction, storeIds, body }) {
    await requireWithinStores(transaction, storeIds, body, ['body']);
    const { journeyId } = await createJourney(command, body);
    const row = await findJourney(transaction, journeyId);
    if (!row) throw unknown();
    return { body: { ...toJourney(row), draft: row.draft } };
  },
});

const list = defineRoute({
  method: 'GET', path: '/journeys', noun: 'Journeys', summary: 'List journeys by key', scope: 'journeys:read', query: z.strictObject({ ...pageQuery, archived: z.enum(['true', 'false']).default('false').meta({ description: 'Those in the archive, instead of all others.' }) }), response: PageOf(JourneyOut),
  async read({ transaction, storeIds, query: { limit, after, archived } }) {
    const rows = await listJourneys(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, limit: limit + 1, archived: archived === 'true', storeIds });
    return pageOf(rows, limit, ({ key }) => [key], toJourney);
  },
});

const get = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}', noun: 'Journeys', summary: 'Read a journey with its draft', scope: 'journeys:read', params, response: JourneyWithDraft, errors: ['journey.unknown'],
  async read({ transaction, params: { journeyId } }) {
    const row = await findJourney(transaction, journeyId);
    if (!row) throw unknown();
    return { ...toJourney(row), draft: row.draft };
  },
});

const draft = defineRoute({
  method: 'PUT', path: '/journeys/{journeyId}/draft', noun: 'Journeys', summary: 'Replace the draft', scope: 'journeys:write', params,
  description: '`revision` is the `draftRevision` that was read; when somebody has changed the draft since, nothing is written.',
  body: z.strictObject({ revision: z.number().int().min(1), draft: Journey }), example: { revision: 1, draft: EXAMPLE }, response: z.object({ draftRevision: z.number().int() }), errors: ['journey.unknown', 'journey.archived', 'journey.revision', 'journey.keyTaken', 'journey.beyondStores'],
  async write({ command, transaction, storeIds, params: { journeyId }, body }) {
    await requireWithinStores(transaction, storeIds, body.draft, ['body', 'draft']);
    return { body: { draftRevision: await replaceDraft(command, journeyId, body.draft, body.revision) } };
  },
});

const ProblemOut = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string(), code: z.string() });

const validate = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/validate', noun: 'Journeys', summary: 'Say all that keeps the draft from being published, and what deserves a second look', scope: 'journeys:read', params,
  description: '`warnings` keep nothing from being published: what can run and will not do what its author thinks, such as a message that customers would read in another language than theirs. `values` are the figures of the sentence.',
  response: z.object({ problems: z.array(ProblemOut), warnings: z.array(ProblemOut.extend({ values: z.record(z.string(), z.union([z.string(), z.number()])) })) }), errors: ['journey.unknown'],
  async read({ transaction, engine, workspaceId, storeIds, params: { journeyId } }) {
    return { problems: await validateDraft(transaction, workspaceId, journeyId, { vendorAccounts: engine.vendorAccounts, storeIds }), warnings: await warnDraft(transaction, workspaceId, journeyId, storeIds) };
  },
});

const publish = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/publish', noun: 'Journeys', summary: 'Publish the draft as an immutable version', scope: 'journeys:publish', params,
  description: 'Whoever is inside finishes on the version they entered, unless `people` says otherwise; they are then moved in steps, see `moves`. With `revision`, only that revision of the draft is published.',
  body: z.strictObject({ revision: z.number().int().min(1).optional(), reason: Reason, people: People.optional() }), response: z.object({ versionId: Id('journeyVersion'), number: z.number().int(), moveId: Id('move').nullable() }),
  errors: ['journey.unknown', 'journey.archived', 'journey.revision', 'journey.state', 'journey.invalid', 'move.running'],
  async write({ command, engine, storeIds, params: { journeyId }, body }) {
    const published = await publishJourney(command, journeyId, { ...body, storeIds, vendorAccounts: engine.vendorAccounts });
    if (!published.ok) throw new ApiError('journey.invalid', published.problems[0]?.message ?? '', published.problems.slice(1));
    return { body: { versionId: formatId('journeyVersion', published.value.versionId), number: published.value.number, moveId: published.value.moveId && formatId('move', published.value.moveId) } };
  },
});

const MOVES: Record<JourneyMove, string> = {
  pause: 'Pause: people, events and messages stay where they are, or people go on and nobody enters', resume: 'Resume: kept events, messages and moments that passed are answered', stop: 'Stop: everyone leaves, messages not handed over are withdrawn',
};
const Mode = z.enum(['hold', 'drain']).default('hold').meta({ description: '`hold`: everything stays where it is. `drain`: people inside go on, nobody enters.' });
const Late = z.enum(LATE_CHOICES).default('skip').meta({ description: 'What happens to messages that are later than their expiry; `ask` keeps them for `late-messages`.' });

const move = <B extends z.ZodType<MoveOptions>>(name: JourneyMove, body: B) => defineRoute({
  method: 'POST', path: `/journeys/{journeyId}/${name}`, noun: 'Journeys', summary: MOVES[name], scope: 'journeys:publish', params,
  body, response: z.object({ status: z.string(), drains: z.boolean(), people: z.number().int() }), errors: ['journey.unknown', 'journey.state'],
  async write({ command, engine, params: { journeyId }, body: options, afterCommit }) {
    afterCommit(engine.hintRouters);
    return { body: await moveJourney(command, journeyId, name, options as MoveOptions) };
  },
});
const moves = [
  move('pause', z.strictObject({ reason: Reason, mode: Mode }).transform(({ reason, mode }) => ({ reason, drains: mode === 'drain' }))),
  move('resume', z.strictObject({ reason: Reason, late: Late })), move('stop', z.strictObject({ reason: Reason })),
];

const archiveBody = z.strictObject({ reason: Reason });
const archive = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/archive', noun: 'Journeys', summary: 'Archive: a draft or stopped journey leaves the lists, its reports and traces stay', scope: 'journeys:publish', params,
  body: archiveBody, response: z.object({ archivedAt: Iso }), errors: ['journey.unknown', 'journey.archived', 'journey.state'],
  async write({ command, params: { journeyId }, body: { reason } }) {
    return { body: { archivedAt: iso((await archiveJourney(command, journeyId, reason)).archivedAt) } };
  },
});

const restore = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/restore', noun: 'Journeys', summary: 'Bring a journey back from the archive, as it was', scope: 'journeys:publish', params,
  body: archiveBody, response: z.object({ archivedAt: z.null() }), errors: ['journey.unknown', 'journey.state'],
  async write({ command, params: { journeyId }, body: { reason } }) {
    return { body: await restoreJourney(command, journeyId, reason) };
  },
});

export const journeyRoutes = [create, list, get, draft, validate, publish, ...moves, archive, restore];
