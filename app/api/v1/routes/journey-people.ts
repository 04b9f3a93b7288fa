/** Who is in a journey, who left it and how, and its report (§12.2). */
import { z } from 'zod';
import { findJourney, listEnrollments, listVersions, readFigures, readToday } from '#db/queries/journeys.ts';
import { countStopped } from '#db/queries/journey-people.ts';
import { AttributionWindows } from '#domain/measurement/attribute.ts';
import { formatId } from '#domain/shared/ids.ts';
import { afterBurst } from '#engine/advance-customers.ts';
import { attributeSales } from '#engine/attribute-sales.ts';
import { removeEnrollment } from '#engine/commands/remove-enrollment.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const params = z.object({ journeyId: IdOf('journey') });
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');
const Count = z.number().int();
const Endings = z.array(z.object({ ending: z.string(), detail: z.string().nullable(), count: Count }));
const Refusals = z.array(z.object({ code: z.string(), count: Count }));

const report = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/report', noun: 'Journeys', summary: 'Read the counters of each node, over all versions', scope: 'journeys:read', params, errors: ['journey.unknown'],
  response: z.object({
    entered: Count, inside: Count, heldOut: Count.meta({ description: 'Who entered and receives nothing, to measure the journey (§1.7).' }),
    versions: z.array(z.object({ id: Id('journeyVersion'), number: Count, publishedAt: Iso, publishedBy: z.string() })),
    nodes: z.array(z.object({
      nodeId: z.string(), kind: z.string().nullable(), waiting: Count, wait: z.object({ next: Iso.nullable(), last: Iso.nullable(), endless: Count.meta({ description: 'Who waits for an event without an end.' }) }).nullable().meta({ description: 'When the first and the last of those who wait here go on; null when nobody does.' }),
      passed: z.record(z.string(), Count).meta({ description: 'By port; the empty port is an end.' }), capped: Count, stopped: Count.meta({ description: 'Who ended here early: left, taken out, failed, or stopped with the journey.' }),
      failed: z.array(z.object({ code: z.string(), count: Count })), failedHere: Count.meta({ description: 'Whose journey ended here as failed and can be tried again.' }), messages: z.array(z.object({ channel: z.string(), status: z.string(), reason: z.string().nullable(), count: Count })),
    })),
    endings: Endings, refusedEntries: Refusals,
    today: z.object({ since: Iso, entered: Count, passed: z.array(z.object({ nodeId: z.string(), port: z.string(), count: Count })), endings: Endings, refusedEntries: Refusals }).meta({ description: 'Since midnight of the workspace’s time zone.' }),
  }),
  async read({ transaction, workspaceId, params: { journeyId } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw unknown();
    const figures = await readFigures(transaction, journeyId);
    const stopped = await countStopped(transaction, journeyId);
    const today = await readToday(transaction, workspaceId, journeyId);
    const versions = await listVersions(transaction, journeyId);
    const kinds = new Map<string, string>([['entry', 'entry'], ...journey.draft.nodes.map((node): [string, string] => [node.id, node.kind])]);
    const nodeIds = [...new Set([...kinds.keys(), ...figures.passed.map(({ nodeId }) => nodeId), ...figures.waiting.map(({ nodeId }) => nodeId)])];
    return {
      entered: figures.entered, inside: figures.inside, heldOut: figures.heldOut,
      versions: versions.map((version) => ({ ...version, id: formatId('journeyVersion', version.id), publishedAt: iso(version.publishedAt) })),
      nodes: nodeIds.map((nodeId) => {
        const messages = figures.messages.filter((line) => line.nodeId === nodeId);
        const passed = Object.fromEntries(figures.passed.filter((line) => line.nodeId === nodeId).map(({ port, count }) => [port, count]));
        const refused = messages.filter(({ reason }) => reason === 'capped' || reason === 'displaced').reduce((sum, { count }) => sum + count, 0);
        const waiting = figures.waiting.find((line) => line.nodeId === nodeId);
        return {
          nodeId, kind: kinds.get(nodeId) ?? null, waiting: waiting?.count ?? 0, wait: waiting ? { next: isoOrNull(waiting.next), last: isoOrNull(waiting.last), endless: waiting.endless } : null, passed,
          // A message that takes its capped way is refused and passes it.
          capped: Math.max(refused, passed['capped'] ?? 0),
          stopped: stopped.find((line) => line.nodeId === nodeId)?.count ?? 0,
          failedHere: stopped.find((line) => line.nodeId === nodeId)?.failed ?? 0,
          failed: figures.failed.filter((line) => line.nodeId === nodeId).map(({ code, count }) => ({ code, count })),
          messages: messages.map(({ channel, status, reason, count }) => ({ channel, status, reason, count })),
        };
      }),
      endings: figures.endings, refusedEntries: figures.refusedEntries, today: { ...today, since: iso(today.since) },
    };
  },
});

const enrollments = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/enrollments', noun: 'Journeys', summary: 'List the people of a journey, newest first', scope: 'journeys:read', params, errors: ['journey.unknown'],
  query: z.strictObject({ ...pageQuery, inside: z.enum(['true', 'false']).default('false').meta({ description: 'Only who is inside now.' }), nodeId: z.string().max(40).optional() }),
  response: PageOf(z.object({
    id: Id('enrollment'), customerId: Id('customer'), versionNumber: Count, entryKey: z.string(), nodeId: z.string(), enteredAt: Iso, wakeAt: Iso.nullable(), endedAt: Iso.nullable(),
    ending: z.string().nullable(), endingDetail: z.string().nullable(),
  })),
  async read({ transaction, params: { journeyId }, query: { limit, after, inside, nodeId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    const rows = await listEnrollments(transaction, journeyId, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1, inside: inside === 'true', nodeId: nodeId ?? null });
    return pageOf(rows, limit, ({ id }) => [id], (row) => ({
      ...row, id: formatId('enrollment', row.id), customerId: formatId('customer', row.customerId), enteredAt: iso(row.enteredAt), wakeAt: isoOrNull(row.wakeAt), endedAt: isoOrNull(row.endedAt),
    }));
  },
});

const remove = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/enrollments/{enrollmentId}/remove', noun: 'Journeys', summary: 'Take one person out of a journey by hand', scope: 'journeys:write',
  params: params.extend({ enrollmentId: IdOf('enrollment') }), body: z.strictObject({ reason: z.string().min(1).max(500) }),
  response: z.object({ removed: z.boolean().meta({ description: 'False when they had left already.' }) }), errors: ['enrollment.unknown'],
  async write({ command, engine, workspaceId, params: { journeyId, enrollmentId }, body, afterCommit }) {
    const { removed, report: burst } = await removeEnrollment(command, { journeyId, enrollmentId, reason: body.reason });
    afterCommit(() => afterBurst(engine, workspaceId, burst));
    return { body: { removed } };
  },
});

const Minor = z.number().meta({ description: 'In the minor unit of the workspace’s currency.' });

const attributedSales = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/attributed-sales', noun: 'Journeys', summary: 'Read the sales attributed to the messages of each node', scope: 'customers:read', params, errors: ['journey.unknown'],
  description: 'A sale is attributed to the last message before it, of whatever journey, whose window still holds it (§12.9). Attributed is not caused; a return takes nothing back here.',
  response: z.object({
    windows: AttributionWindows,
    nodes: z.array(z.object({ nodeId: z.string(), sales: Count, amountMinor: Minor, latest: z.array(z.object({ customerId: Id('customer'), eventId: Id('event'), occurredAt: Iso, amountMinor: Minor })) })),
  }),
  async read({ transaction, workspaceId, params: { journeyId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    const { windows, nodes } = await attributeSales(transaction, workspaceId, journeyId);
    return { windows, nodes: nodes.map(({ latest, ...node }) => ({ ...node, latest: latest.map((sale) => ({ ...sale, customerId: formatId('customer', sale.customerId), eventId: formatId('event', sale.eventId), occurredAt: iso(sale.occurredAt) })) })) };
  },
});

export const journeyPeopleRoutes = [report, attributedSales, enrollments, remove];
