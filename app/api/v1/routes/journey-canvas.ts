/** What the canvas of a journey shows beside its draft: a published version, the people at a step, and one customer's path. */
import { z } from 'zod';
import { findJourney } from '#db/queries/journeys.ts';
import { findLatestEnrollment, findPeople, findVersion, readPath } from '#db/queries/journey-people.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const params = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');
const Count = z.number().int();

const version = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/versions/{number}', noun: 'Journeys', summary: 'Read a published version', scope: 'journeys:read', errors: ['journey.unknown'],
  params: params.extend({ number: z.coerce.number().int().min(1) }),
  response: z.object({ number: Count, publishedAt: Iso, publishedBy: z.string(), definition: z.unknown().meta({ description: 'See /api/v1/schemas/journey.json.' }) }),
  async read({ transaction, params: { journeyId, number } }) {
    const row = await findVersion(transaction, journeyId, number);
    if (!row) throw unknown();
    return { ...row, number, publishedAt: iso(row.publishedAt) };
  },
});

const people = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/people/search', noun: 'Journeys', summary: 'Find the people inside a journey, those who failed in it, or all who left, newest first', scope: 'customers:read', params, errors: ['journey.unknown'],
  description: 'A POST, so that no name or address stands in a URL or a log. `find` is the beginning of a name, an e-mail address or a card, or a telephone number.',
  body: z.strictObject({ ...pageQuery, nodeId: z.string().max(40).optional(), find: z.string().min(1).max(200).optional(), who: z.enum(['inside', 'failed', 'left']).default('inside') }),
  response: PageOf(z.object({ id: Id('enrollment'), customerId: Id('customer'), name: z.string().nullable(), nodeId: z.string(), versionNumber: Count, enteredAt: Iso, wakeAt: Iso.nullable(), endedAt: Iso.nullable(), ending: z.string().nullable(), failure: z.string().nullable().meta({ description: 'Why it failed, as a code; or the exit that was taken.' }) })),
  async read({ transaction, params: { journeyId }, body: { limit, after, nodeId, find, who } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    const rows = await findPeople(transaction, journeyId, { who, nodeId: nodeId ?? null, find: find ?? null, before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], (row) => ({
      ...row, id: formatId('enrollment', row.id), customerId: formatId('customer', row.customerId), enteredAt: iso(row.enteredAt), wakeAt: isoOrNull(row.wakeAt), endedAt: isoOrNull(row.endedAt),
    }));
  },
});

const path = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/path/{customerId}', noun: 'Journeys', summary: "Read one customer's latest path through a journey", scope: 'customers:read', errors: ['journey.unknown', 'enrollment.unknown'],
  params: params.extend({ customerId: IdOf('customer') }),
  response: z.object({
    enrollmentId: Id('enrollment'), name: z.string().nullable(), versionNumber: Count, nodeId: z.string(), enteredAt: Iso, endedAt: Iso.nullable(), ending: z.string().nullable(),
    entries: Count.meta({ description: 'How often the customer has entered this journey.' }),
    steps: z.array(z.object({ kind: z.string(), nodeId: z.string().nullable(), visit: Count.nullable(), port: z.string().nullable(), at: Iso })),
  }),
  async read({ transaction, params: { journeyId, customerId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    const row = await findLatestEnrollment(transaction, journeyId, customerId);
    if (!row) throw new PermanentError('enrollment.unknown', 'This customer has not been in this journey.');
    const steps = await readPath(transaction, row.id);
    const { id, ...enrollment } = row;
    return { ...enrollment, enrollmentId: formatId('enrollment', id), enteredAt: iso(row.enteredAt), endedAt: isoOrNull(row.endedAt), steps: steps.map((step) => ({ ...step, at: iso(step.at) })) };
  },
});

export const journeyCanvasRoutes = [version, people, path];
