/** The people of a journey as a file for another program: each time is an audit line (§12.2). */
import { z } from 'zod';
import { findJourney } from '#db/queries/journeys.ts';
import { exportPeople, type ExportRow } from '#db/queries/journey-people.ts';
import { formatId } from '#domain/shared/ids.ts';
import { csvText } from '#domain/shared/csv.ts';
import { WORDS } from '#components/words/words.ts';
import { audit } from '#engine/commands/command-context.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { IdOf, iso, isoOrNull, readCursor, UUID_KEY, writeCursor } from '#app/api/edge.ts';

const MOST_ROWS = 20_000;
const COLUMNS = ['customerId', 'externalId', 'firstName', 'lastName', 'email', 'phone', 'step', 'version', 'enteredAt', 'waitsUntil', 'leftAt', 'how', 'detail'] as const;

const cellsOf = (row: ExportRow, how: (ending: string) => string): (string | number | null)[] => [
  formatId('customer', row.customerId), row.externalId, row.firstName, row.lastName, row.email, row.phone, row.nodeId, row.versionNumber, iso(row.enteredAt), row.endedAt === null ? isoOrNull(row.wakeAt) : null, isoOrNull(row.endedAt),
  row.ending === null ? null : how(row.ending), row.failure,
];

const exportRoute = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/people/export', noun: 'Journeys', summary: 'Save the people of a journey, or of one of its nodes, as CSV', scope: 'customers:read', errors: ['journey.unknown'], produces: 'text/csv',
  description: `The people that a search with the same body finds, newest first, ${MOST_ROWS} at most: more follow with \`after\`, which is the answer's header \`x-next\` when there are any. No cell can run as a formula in a spreadsheet. Each call is a line of the audit log.`,
  params: z.object({ journeyId: IdOf('journey') }),
  body: z.strictObject({
    nodeId: z.string().max(40).optional(), find: z.string().min(1).max(200).optional(), who: z.enum(['inside', 'failed', 'left']).default('inside'), after: z.string().max(500).optional(),
    language: z.enum(['en', 'fr']).optional().meta({ description: 'Heads the columns and says how people left in this language. Absent: fixed names, for programs.' }),
  }),
  response: z.string(),
  async run({ engine, workspaceId, actor, params: { journeyId }, body: { nodeId, find, who, after, language } }) {
    const before = readCursor(after, [UUID_KEY])?.[0] ?? null;
    const { rows, next } = await runInWorkspace(engine, { workspaceId, actor }, async ({ transaction, command }) => {
      if (!(await findJourney(transaction, journeyId))) throw new PermanentError('journey.unknown', 'There is no such journey.');
      const found = await exportPeople(transaction, journeyId, { who, nodeId: nodeId ?? null, find: find ?? null, before, limit: MOST_ROWS + 1 });
      const given = found.slice(0, MOST_ROWS);
      // Whom it was about, never by which name they were looked for.
      await audit(command, { action: 'journey.export', subject: formatId('journey', journeyId), after: { people: given.length, who, ...(nodeId !== undefined && { nodeId }), ...(find !== undefined && { filtered: true }) } });
      return { rows: given, next: found.length > MOST_ROWS ? (given.at(-1)?.id ?? null) : null };
    });
    const words = language ? WORDS[language] : null;
    const endings: Record<string, string> = words?.canvas.ending ?? {};
    const header = COLUMNS.map((name) => words?.understand.exportColumns[name] ?? name);
    return { body: csvText(header, rows.map((row) => cellsOf(row, (ending) => endings[ending] ?? ending))), headers: { 'content-disposition': 'attachment; filename="people.csv"', ...(next !== null && { 'x-next': writeCursor([next]) }) } };
  },
});

export const journeyExportRoutes = [exportRoute];
