/** What a journey's counters said at the end of a day of the workspace's time zone, and what moved on each of its last thirty days (§12.2). */
import type { Transaction } from '#db/connection.ts';
import type { JourneyFigures } from './journeys.ts';

export const DAYS_BACK = 30;
/** More people than these are counted by a sample, chosen by a hash of their ids. */
const MOST_LOOKED_AT = 20_000;

export type DayRow = { date: string; entered: number; left: number; failed: number };

/** The last thirty days and today, oldest first: who entered and who left on each. */
export const listDays = (transaction: Transaction, workspaceId: string, journeyId: string): Promise<DayRow[]> => transaction<DayRow[]>`
  with here as materialized (select id, time_zone as zone, (workspace_now(id) at time zone time_zone)::date as today from workspaces where id = ${workspaceId}),
  days as (select (here.today - back) as date from here, generate_series(${DAYS_BACK}::int, 0, -1) back),
  since as (select ((today - ${DAYS_BACK}::int)::timestamp at time zone zone) as at from here),
  came as (select (e.entered_at at time zone here.zone)::date as date, count(*)::int as n from enrollments e, here, since where e.journey_id = ${journeyId} and e.entered_at >= since.at group by 1),
  went as (select (e.ended_at at time zone here.zone)::date as date, count(*) filter (where e.ending <> 'failed')::int as n, count(*) filter (where e.ending = 'failed')::int as failed
             from enrollments e, here, since where e.journey_id = ${journeyId} and e.ended_at >= since.at group by 1)
  select to_char(days.date, 'YYYY-MM-DD') as date, coalesce(came.n, 0) as entered, coalesce(went.n, 0) as "left", coalesce(went.failed, 0) as failed
    from days left join came using (date) left join went using (date) order by days.date`;

type Ended = JourneyFigures['endings'];
export type DayFigures = {
  until: Date;
  entered: number;
  inside: number;
  /** People were counted by a sample. */
  isEstimate: boolean;
  passed: JourneyFigures['passed'];
  waiting: { nodeId: string; count: number }[];
  stopped: { nodeId: string; count: number; failed: number }[];
  endings: Ended;
  refusedEntries: JourneyFigures['refusedEntries'];
  /** Of the day alone. */
  onDay: { since: Date; entered: number; passed: JourneyFigures['passed']; endings: Ended; refusedEntries: JourneyFigures['refusedEntries'] };
};

/** Where people stood at an instant: at the step of the last line of their trace before it. */
async function standingAt(transaction: Transaction, journeyId: string, until: Date): Promise<Pick<DayFigures, 'inside' | 'isEstimate' | 'waiting'>> {
  const [all] = await transaction<{ count: number }[]>`select count(*)::int as count from enrollments where journey_id = ${journeyId} and entered_at < ${until} and (ended_at is null or ended_at >= ${until})`;
  const inside = all?.count ?? 0;
  const isEstimate = inside > MOST_LOOKED_AT;
  const rows = await transaction<{ nodeId: string; count: number }[]>`
    with them as materialized (
      select id from enrollments where journey_id = ${journeyId} and entered_at < ${until} and (ended_at is null or ended_at >= ${until})
       ${isEstimate ? transaction`order by md5(id::text) limit ${MOST_LOOKED_AT}` : transaction``})
    select last.node_id as "nodeId", count(*)::int as count
      from them cross join lateral (
        select coalesce(t.data ->> 'goesTo', t.node_id) as node_id, t.kind from traces t where t.enrollment_id = them.id and t.at < ${until} and t.node_id is not null order by t.id desc limit 1) last
     where last.kind in ('waiting', 'moved') group by 1 order by 1`;
  const project = (count: number): number => (isEstimate ? Math.round((count / MOST_LOOKED_AT) * inside) : count);
  return { inside, isEstimate, waiting: rows.map(({ nodeId, count }) => ({ nodeId, count: project(count) })) };
}

/** The counters over all versions as they stood at the end of a day, or now for today. Null for a day that has not begun. */
export async function readDay(transaction: Transaction, workspaceId: string, journeyId: string, date: string): Promise<DayFigures | null> {
  const [day] = await transaction<{ since: Date; until: Date }[]>`
    select ${date}::date::timestamp at time zone time_zone as since, least((${date}::date + 1)::timestamp at time zone time_zone, workspace_now(id)) as until from workspaces where id = ${workspaceId}`;
  if (!day || day.since >= day.until) return null;
  const { since, until } = day;
  const passed = await transaction<{ nodeId: string; port: string; count: number; onDay: number }[]>`
    select p.node_id as "nodeId", p.port, sum(p.passed)::int as count, coalesce(sum(p.passed) filter (where p.minute >= ${since}), 0)::int as "onDay"
      from node_passes p join journey_versions v on v.id = p.version_id where v.journey_id = ${journeyId} and p.minute < ${until} group by 1, 2 order by 1, 2`;
  const [totals] = await transaction<{ entered: number; onDay: number }[]>`
    select count(*)::int as entered, count(*) filter (where entered_at >= ${since})::int as "onDay" from enrollments where journey_id = ${journeyId} and entered_at < ${until}`;
  const endings = await transaction<(Ended[number] & { onDay: number })[]>`
    select ending, case when ending in ('exited', 'failed', 'converted') then state -> 'ending' ->> 'detail' end as detail, count(*)::int as count, count(*) filter (where ended_at >= ${since})::int as "onDay"
      from enrollments where journey_id = ${journeyId} and ended_at < ${until} group by 1, 2 order by 1, 2`;
  const refused = await transaction<{ code: string; count: number; onDay: number }[]>`
    select data -> 'reason' ->> 'code' as code, count(*)::int as count, count(*) filter (where at >= ${since})::int as "onDay" from traces where journey_id = ${journeyId} and kind = 'entryRefused' and at < ${until} group by 1 order by 1`;
  const stopped = await transaction<DayFigures['stopped']>`
    select node_id as "nodeId", count(*)::int as count, count(*) filter (where ending = 'failed')::int as failed from enrollments
     where journey_id = ${journeyId} and ended_at < ${until} and ending not in ('completed', 'converted') group by 1 order by 1`;
  const alone = <T extends { count: number; onDay: number }>(rows: readonly T[]): T[] => rows.filter(({ onDay }) => onDay > 0).map((row) => ({ ...row, count: row.onDay }));
  return {
    until, entered: totals?.entered ?? 0, ...(await standingAt(transaction, journeyId, until)), passed, stopped, endings, refusedEntries: refused,
    onDay: { since, entered: totals?.onDay ?? 0, passed: alone(passed), endings: alone(endings), refusedEntries: alone(refused) },
  };
}
