/** Journeys, the people in them, and the figures of their reports. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { withinStores } from '#db/queries/store-journeys.ts';
import { Journey } from '#domain/journeys/definition.ts';

const Row = z.object({
  id: z.string(), key: z.string(), name: z.string(), status: z.enum(['draft', 'live', 'paused', 'stopped']), drains: z.boolean(), draftRevision: z.number(), createdAt: z.date(), updatedAt: z.date(), archivedAt: z.date().nullable(),
  liveVersion: z.object({ id: z.string(), number: z.number(), publishedAt: z.string() }).nullable(), people: z.number(), stores: z.array(z.string()).nullable(),
});
export type JourneyRow = z.infer<typeof Row>;

const columns = (transaction: Transaction) => transaction`
  j.id, j.key, j.name, j.status, j.drains, j.draft_revision as "draftRevision", j.created_at as "createdAt", j.updated_at as "updatedAt", j.archived_at as "archivedAt", j.stores,
  (select jsonb_build_object('id', v.id, 'number', v.number, 'publishedAt', v.published_at) from journey_versions v where v.id = j.live_version_id) as "liveVersion",
  (select count(*)::int from enrollments e where e.journey_id = j.id and e.ended_at is null) as people`;

/** Journeys in the order of their keys, those after `after`; those in the archive, or all others (§8.6); of `storeIds` those alone that begin there. */
export async function listJourneys(transaction: Transaction, page: { after: string | null; limit: number; archived: boolean; storeIds?: readonly string[] | null }): Promise<JourneyRow[]> {
  const rows = await transaction`select ${columns(transaction)} from journeys j where (${page.after}::text is null or j.key > ${page.after}) and (j.archived_at is not null) = ${page.archived} and ${withinStores(transaction, page.storeIds ?? null)} order by j.key limit ${page.limit}`;
  return rows.map((row) => Row.parse(row));
}

export async function findJourney(transaction: Transaction, id: string): Promise<(JourneyRow & { draft: Journey }) | null> {
  const [row] = await transaction`select ${columns(transaction)}, j.draft from journeys j where j.id = ${id}`;
  return row ? { ...Row.parse(row), draft: Journey.parse(row['draft']) } : null;
}

export async function findJourneyByKey(transaction: Transaction, key: string): Promise<{ id: string; draftRevision: number; draft: Journey } | null> {
  const [row] = await transaction<{ id: string; draftRevision: number; draft: unknown }[]>`select id, draft_revision as "draftRevision", draft from journeys where key = ${key}`;
  return row ? { ...row, draft: Journey.parse(row.draft) } : null;
}

export type VersionRow = { id: string; number: number; publishedAt: Date; publishedBy: string };
export const listVersions = (transaction: Transaction, journeyId: string): Promise<VersionRow[]> => transaction<VersionRow[]>`
  select id, number, published_at as "publishedAt", published_by as "publishedBy" from journey_versions where journey_id = ${journeyId} order by number desc`;

export type EnrollmentRow = { id: string; customerId: string; versionNumber: number; entryKey: string; nodeId: string; enteredAt: Date; wakeAt: Date | null; endedAt: Date | null; ending: string | null; endingDetail: string | null };
/** People of a journey, newest first, those before `before`; only those inside, or on one node, when asked. */
export const listEnrollments = (transaction: Transaction, journeyId: string, page: { before: string | null; limit: number; inside: boolean; nodeId: string | null }): Promise<EnrollmentRow[]> => transaction<EnrollmentRow[]>`
  select e.id, e.customer_id as "customerId", v.number as "versionNumber", e.entry_key as "entryKey", e.node_id as "nodeId", e.entered_at as "enteredAt", e.wake_at as "wakeAt", e.ended_at as "endedAt", e.ending,
         e.state -> 'ending' ->> 'detail' as "endingDetail"
    from enrollments e join journey_versions v on v.id = e.version_id
   where e.journey_id = ${journeyId} and (${page.before}::uuid is null or e.id < ${page.before}) and (not ${page.inside} or e.ended_at is null) and (${page.nodeId}::text is null or e.node_id = ${page.nodeId})
   order by e.id desc limit ${page.limit}`;

export type JourneyFigures = {
  entered: number;
  inside: number;
  heldOut: number;
  waiting: { nodeId: string; count: number; next: Date | null; last: Date | null; endless: number }[];
  passed: { nodeId: string; port: string; count: number }[];
  endings: { ending: string; detail: string | null; count: number }[];
  /** Steps that failed, and entries that were refused, by the reason's code. */
  failed: { nodeId: string; code: string; count: number }[];
  refusedEntries: { code: string; count: number }[];
  messages: { nodeId: string; channel: string; status: string; reason: string | null; count: number }[];
};

export type TodayFigures = { since: Date; entered: number; passed: JourneyFigures['passed']; endings: JourneyFigures['endings']; refusedEntries: JourneyFigures['refusedEntries'] };

/** What happened in a journey since midnight of the workspace's time zone, by the workspace's time, over all its versions (§12.2). */
export async function readToday(transaction: Transaction, workspaceId: string, journeyId: string): Promise<TodayFigures> {
  const [day] = await transaction<{ since: Date }[]>`
    select date_trunc('day', workspace_now(id) at time zone time_zone) at time zone time_zone as since from workspaces where id = ${workspaceId}`;
  const since = day?.since ?? new Date(0);
  const [totals] = await transaction<{ entered: number }[]>`select count(*)::int as entered from enrollments where journey_id = ${journeyId} and entered_at >= ${since}`;
  const passed = await transaction<TodayFigures['passed']>`
    select p.node_id as "nodeId", p.port, sum(p.passed)::int as count from node_passes p join journey_versions v on v.id = p.version_id where v.journey_id = ${journeyId} and p.minute >= ${since} group by 1, 2 order by 1, 2`;
  const endings = await transaction<TodayFigures['endings']>`
    select ending, case when ending in ('exited', 'failed', 'converted') then state -> 'ending' ->> 'detail' end as detail, count(*)::int as count
      from enrollments where journey_id = ${journeyId} and ended_at >= ${since} group by 1, 2 order by 1, 2`;
  const refusedEntries = await transaction<TodayFigures['refusedEntries']>`
    select data -> 'reason' ->> 'code' as code, count(*)::int as count from traces where journey_id = ${journeyId} and kind = 'entryRefused' and at >= ${since} group by 1 order by 1`;
  return { since, entered: totals?.entered ?? 0, passed, endings, refusedEntries };
}

/** The counters of a journey over all its versions (§12.2), from the rows themselves. */
export async function readFigures(transaction: Transaction, journeyId: string): Promise<JourneyFigures> {
  const [totals] = await transaction<{ entered: number; inside: number; heldOut: number }[]>`
    select count(*)::int as entered, count(*) filter (where ended_at is null)::int as inside, count(*) filter (where state ? 'heldOut')::int as "heldOut" from enrollments where journey_id = ${journeyId}`;
  const waiting = await transaction<JourneyFigures['waiting']>`
    select node_id as "nodeId", count(*)::int as count, min(wake_at) as next, max(wake_at) as last, count(*) filter (where wake_at is null)::int as endless from enrollments where journey_id = ${journeyId} and ended_at is null group by 1 order by 1`;
  const passed = await transaction<JourneyFigures['passed']>`
    select p.node_id as "nodeId", p.port, sum(p.passed)::int as count from node_passes p join journey_versions v on v.id = p.version_id where v.journey_id = ${journeyId} group by 1, 2 order by 1, 2`;
  const endings = await transaction<JourneyFigures['endings']>`
    select ending, case when ending in ('exited', 'failed', 'converted') then state -> 'ending' ->> 'detail' end as detail, count(*)::int as count
      from enrollments where journey_id = ${journeyId} and ended_at is not null group by 1, 2 order by 1, 2`;
  const refusedEntries = await transaction<JourneyFigures['refusedEntries']>`
    select data -> 'reason' ->> 'code' as code, count(*)::int as count from traces where journey_id = ${journeyId} and kind = 'entryRefused' group by 1 order by 1`;
  const failed = await transaction<JourneyFigures['failed']>`
    select node_id as "nodeId", data -> 'reason' ->> 'code' as code, count(*)::int as count from traces where journey_id = ${journeyId} and kind = 'failed' group by 1, 2 order by 1, 2`;
  const messages = await transaction<JourneyFigures['messages']>`
    select node_id as "nodeId", channel, status, case when status in ('suppressed', 'held', 'failed') then reason ->> 'code' end as reason, count(*)::int as count
      from messages where journey_id = ${journeyId} group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  return { entered: totals?.entered ?? 0, inside: totals?.inside ?? 0, heldOut: totals?.heldOut ?? 0, waiting, passed, endings, failed, refusedEntries, messages };
}

/** Names of journeys by their ids. */
export async function journeyNames(transaction: Transaction, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction<{ id: string; name: string }[]>`select id, name from journeys where id = any(${ids})`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}
