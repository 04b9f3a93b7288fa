/** The counters of a journey on a day of the last thirty: as they stood at its end, and of that day alone (§12.2). */
import { z } from 'zod';
import { DAYS_BACK, listDays, readDay } from '#db/queries/journey-days.ts';
import { findJourney } from '#db/queries/journeys.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { IdOf, iso, Iso } from '#app/api/edge.ts';
import { ApiError } from '#app/api/problem.ts';

const params = z.object({ journeyId: IdOf('journey') });
const Count = z.number().int();
const Day = z.iso.date().meta({ description: 'A day of the workspace’s time zone.' });
const Passed = z.array(z.object({ nodeId: z.string(), port: z.string(), count: Count }));
const Endings = z.array(z.object({ ending: z.string(), detail: z.string().nullable(), count: Count }));
const Refusals = z.array(z.object({ code: z.string(), count: Count }));
const unknown = () => new PermanentError('journey.unknown', 'There is no such journey.');

const days = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/days', noun: 'Journeys', summary: 'List the last thirty days and today, with who entered and who left on each', scope: 'journeys:read', params, errors: ['journey.unknown'],
  response: z.object({ items: z.array(z.object({ date: Day, entered: Count, left: Count.meta({ description: 'Who left, but for failures.' }), failed: Count })) }),
  async read({ transaction, workspaceId, params: { journeyId } }) {
    if (!(await findJourney(transaction, journeyId))) throw unknown();
    return { items: await listDays(transaction, workspaceId, journeyId) };
  },
});

const day = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/days/{date}', noun: 'Journeys', summary: 'Read the counters of each node and way out as they stood at the end of a day', scope: 'journeys:read',
  description: `Of a day of the last ${DAYS_BACK}, over all versions; today counts until now. People at each node are told by their trace; with more than 20,000 inside they are projected from a sample, and the answer says so.`,
  params: params.extend({ date: Day }), errors: ['journey.unknown'],
  response: z.object({
    date: Day, until: Iso, entered: Count, inside: Count, isEstimate: z.boolean(),
    nodes: z.array(z.object({ nodeId: z.string(), waiting: Count, passed: z.record(z.string(), Count).meta({ description: 'By port; the empty port is an end, or an entry.' }), capped: Count, stopped: Count, failedHere: Count })),
    endings: Endings, refusedEntries: Refusals,
    onDay: z.object({ since: Iso, entered: Count, passed: Passed, endings: Endings, refusedEntries: Refusals }),
  }),
  async read({ transaction, workspaceId, params: { journeyId, date } }) {
    const journey = await findJourney(transaction, journeyId);
    if (!journey) throw unknown();
    const known = await listDays(transaction, workspaceId, journeyId);
    const found = known.some((one) => one.date === date) ? await readDay(transaction, workspaceId, journeyId, date) : null;
    if (!found) throw new ApiError('request.invalid', 'The request is not valid.', [{ code: 'day', message: `Choose a day from ${known[0]?.date} to ${known.at(-1)?.date}.`, path: ['params', 'date'] }]);
    const { passed, waiting, stopped, onDay, until, ...rest } = found;
    const ids = [...new Set(['entry', ...journey.draft.nodes.map(({ id }) => id), ...[...passed, ...waiting, ...stopped].map(({ nodeId }) => nodeId)])];
    return {
      ...rest, date, until: iso(until), endings: found.endings.map(({ ending, detail, count }) => ({ ending, detail, count })), refusedEntries: found.refusedEntries.map(({ code, count }) => ({ code, count })),
      nodes: ids.map((nodeId) => {
        const ways = Object.fromEntries(passed.filter((line) => line.nodeId === nodeId).map(({ port, count }) => [port, count]));
        const ended = stopped.find((line) => line.nodeId === nodeId);
        return { nodeId, waiting: waiting.find((line) => line.nodeId === nodeId)?.count ?? 0, passed: ways, capped: ways['capped'] ?? 0, stopped: ended?.count ?? 0, failedHere: ended?.failed ?? 0 };
      }),
      onDay: {
        since: iso(onDay.since), entered: onDay.entered, passed: onDay.passed.map(({ nodeId, port, count }) => ({ nodeId, port, count })),
        endings: onDay.endings.map(({ ending, detail, count }) => ({ ending, detail, count })), refusedEntries: onDay.refusedEntries.map(({ code, count }) => ({ code, count })),
      },
    };
  },
});

export const journeyDayRoutes = [days, day];
