/** The log of changes: who did what, when, and what it was before. Read page by page, or saved as one file by the same filters. */
import { z } from 'zod';
import { nameSubjects } from '#db/queries/audit-subjects.ts';
import { listAudit, nameActors, type AuditFilter, type AuditRow } from '#db/queries/settings.ts';
import type { Transaction } from '#db/connection.ts';
import { IsoDate } from '#domain/customers/profile.ts';
import { csvText } from '#domain/shared/csv.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { audit } from '#engine/commands/command-context.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, iso, Iso, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';

const AuditOut = z.object({
  id: Id('audit'), at: Iso, actor: z.string(), actorName: z.string().nullable(), action: z.string(), subject: z.string(), subjectName: z.string().nullable(), before: z.unknown(), after: z.unknown(), reason: z.string().nullable(),
}).meta({ id: 'AuditLine', description: '`actor` is `user:`, `key:`, `till:` or `staff:` with an id, or the name of a command; names are those of today, null when there is none.' });

const filters = {
  about: z.string().regex(/^[a-zA-Z]{1,40}$/).optional(), action: z.string().regex(/^[a-zA-Z]{1,40}\.[a-zA-Z]{1,40}$/).optional(), actor: z.string().min(1).max(200).optional(), subject: z.string().min(1).max(200).optional(), from: IsoDate.optional(), until: IsoDate.optional(),
};
type Given = { [name in keyof AuditFilter]?: string | undefined };
const filterOf = ({ about, action, actor, subject, from, until }: Given): AuditFilter => ({ about: about ?? null, action: action ?? null, actor: actor ?? null, subject: subject ?? null, from: from ?? null, until: until ?? null });
const FILTERS_SAY = '`about` is the noun before the point of an action, such as `journey`; `action` is a whole one, such as `journey.publish`. `from` and `until` are days in the workspace’s time zone, both included.';

const nounOf = (action: string): string => action.split('.')[0] ?? action;
const personOf = (actor: string): string => actor.replace(/^user:/, '');
/** Actors that are no person with an account, by the word before their id. */
const ACTOR_KINDS = [['key:', 'apiKey'], ['till:', 'till'], ['staff:', 'staff']] as const;
function idOfActor(who: string): string | null {
  for (const [prefix, kind] of ACTOR_KINDS) if (who.startsWith(prefix)) return parseId(kind, who.slice(prefix.length));
  return null;
}

/** Lines with what their people, keys and subjects are called today. */
async function named(transaction: Transaction, rows: AuditRow[]): Promise<(row: AuditRow) => z.input<typeof AuditOut>> {
  const people = rows.flatMap((row) => [personOf(row.actor), ...(row.action.startsWith('member.') ? [row.subject] : [])]);
  const actors = await nameActors(transaction, [...new Set(people)], [...new Set(rows.flatMap((row) => idOfActor(row.actor) ?? []))]);
  const names = new Map(actors.map(({ id, name }) => [id, name]));
  const subjects = await nameSubjects(transaction, rows.map((row) => ({ noun: nounOf(row.action), subject: row.subject })));
  return (row) => ({
    ...row, id: formatId('audit', row.id), at: iso(row.at), actorName: names.get(idOfActor(row.actor) ?? personOf(row.actor)) ?? null,
    subjectName: (row.action.startsWith('member.') ? names.get(row.subject) : subjects.get(`${nounOf(row.action)} ${row.subject}`)) ?? null,
  });
}

const list = defineRoute({
  method: 'GET', path: '/audit', noun: 'Settings', summary: 'Read the audit log, newest first', scope: 'settings:read', response: PageOf(AuditOut), description: FILTERS_SAY, query: z.strictObject({ ...pageQuery, ...filters }),
  async read({ transaction, query: { limit, after, ...given } }) {
    const rows = await listAudit(transaction, filterOf(given), { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1 });
    return pageOf(rows, limit, ({ id }) => [id], await named(transaction, rows));
  },
});

const COLUMNS = ['at', 'actor', 'actorName', 'action', 'subject', 'subjectName', 'before', 'after', 'reason'] as const;
const MOST_ROWS = 20_000;
const cell = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value));

const exported = defineRoute({
  method: 'GET', path: '/audit/export', noun: 'Settings', summary: 'Save the audit log by the filters of the list, as CSV', scope: 'settings:read', produces: 'text/csv', query: z.strictObject(filters), response: z.string(),
  description: `${FILTERS_SAY} UTF-8 with its mark. A cell that a spreadsheet would run as a formula begins with a quote mark. At most 20,000 lines, the newest; the export leaves a line of its own.`,
  async read({ transaction, command, query }) {
    const rows = await listAudit(transaction, filterOf(query), { before: null, limit: MOST_ROWS });
    const toLine = await named(transaction, rows);
    await audit(command, { action: 'audit.export', subject: 'audit', after: { rows: rows.length, ...query } });
    return `\ufeff${csvText([...COLUMNS], rows.map(toLine).map((line) => COLUMNS.map((column) => cell(line[column]))))}\r\n`;
  },
});

export const auditRoutes = [list, exported];
