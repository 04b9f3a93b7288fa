/** What must hold after every drill, whatever was killed: nothing that was accepted is lost, nothing is done twice, and the ledger sums to zero. */
import type postgres from 'postgres';
import { POINTS_PER_CUSTOMER } from '#tests/drills/drill-brand.ts';

/** Numbers of things, each by the sentence that was broken; `ledgerSum` is 0 when every transfer has both its sides and every balance is its postings. */
export type Conservation = { lost: Record<string, number>; doubled: Record<string, number>; ledgerSum: number; enrollments: number; messages: number; refused: number };

type Row = Record<string, number>;

/** `eventIds` are those that the API has said to have accepted, one purchase each. */
export async function checkConservation(owner: postgres.Sql, workspaceId: string, eventIds: string[]): Promise<Conservation> {
  const one = async (rows: Promise<Row[]>): Promise<Row> => (await rows)[0] ?? {};
  const events = await one(owner<Row[]>`
    with accepted as (select unnest(${eventIds}::text[]) as id), stored as (select event_id, count(*) as n from events where workspace_id = ${workspaceId} and source = 'merchant' and outcome = 'accepted' group by 1)
    select count(*) filter (where s.n is null)::int as missing, coalesce(sum(s.n - 1) filter (where s.n > 1), 0)::int as extra from accepted a left join stored s on s.event_id = a.id`);
  const heads = await one(owner<Row[]>`select count(*) filter (where pending_since is not null or last_routed_no <> last_event_no)::int as unrouted from heads where workspace_id = ${workspaceId}`);
  const enrollments = await one(owner<Row[]>`
    with mine as (select e.*, k.id as cohort, k.armed_at from enrollments e left join cohorts k on k.id = e.cohort_id where e.workspace_id = ${workspaceId}),
      entered as (select customer_id, count(*) as n from mine group by 1),
      bought as (select distinct k.customer_id from event_keys k where k.workspace_id = ${workspaceId} and k.event_id = any(${eventIds}))
    select (select count(*) from mine)::int as all,
      (select count(*) from bought where customer_id not in (select customer_id from entered))::int as missing,
      (select coalesce(sum(n - 1), 0) from entered where n > 1)::int as extra,
      (select count(*) from mine where (ended_at is not null) = (wake_at is not null))::int as stateless,
      (select count(*) from mine where ended_at is null and (cohort is null or armed_at is null))::int as asleep,
      (select count(*) from mine where ended_at is null and wake_at < workspace_now(${workspaceId}) - interval '30 seconds')::int as overdue,
      (select count(*) from mine where ended_at is not null and ending <> 'completed')::int as failed`);
  const messages = await one(owner<Row[]>`
    with planned as (select m.*, (select count(*) from vendor_messages v where v.message_id = m.id) as sent from messages m where m.workspace_id = ${workspaceId})
    select (select count(*) from planned)::int as all,
      (select count(*) from planned where sent = 0 and status in ('suppressed', 'failed', 'unknown') and reason is not null)::int as refused,
      (select count(*) from enrollments where workspace_id = ${workspaceId} and ended_at is not null)::int * 2 - (select count(distinct key) from planned)::int as unplanned,
      (select count(*) - count(distinct key) from planned)::int as extra,
      (select coalesce(sum(sent - 1), 0) from planned where sent > 1)::int as twice,
      (select count(*) from planned where sent = 0 and not (status in ('suppressed', 'failed', 'unknown') and reason is not null))::int as silent,
      (select count(*) from vendor_messages v where v.workspace_id = ${workspaceId} and not exists (select from planned p where p.id = v.message_id))::int as unknown`);
  const rewards = await one(owner<Row[]>`
    select (select count(*) from enrollments where workspace_id = ${workspaceId} and ended_at is not null)::int as ended,
      (select count(*) from vouchers where workspace_id = ${workspaceId})::int as vouchers,
      (select count(distinct customer_id) from vouchers where workspace_id = ${workspaceId})::int as rewarded,
      (select count(*) from balances where workspace_id = ${workspaceId} and account = 'customer:available' and amount > ${POINTS_PER_CUSTOMER})::int as rich`);
  const ledger = await one(owner<Row[]>`
    with moved as (select customer_id, account, sum(amount) as amount from postings where workspace_id = ${workspaceId} and account like 'customer:%' group by 1, 2)
    select (select coalesce(sum(amount), 0) from postings where workspace_id = ${workspaceId})::int as total,
      (select coalesce(sum(abs(coalesce(b.amount, 0) - coalesce(m.amount, 0))), 0) from (select * from balances where workspace_id = ${workspaceId}) b full join moved m on m.customer_id = b.customer_id and m.account = b.account)::int as apart`);
  const poor = await one(owner<Row[]>`
    select count(*)::int as n from enrollments e left join balances b on b.customer_id = e.customer_id and b.account = 'customer:available'
    where e.workspace_id = ${workspaceId} and e.ended_at is not null and coalesce(b.amount, 0) < ${POINTS_PER_CUSTOMER}`);
  return {
    lost: kept({
      'accepted events not stored': events['missing'], 'heads with unrouted events': heads['unrouted'], 'purchases without an enrollment': enrollments['missing'],
      'enrollments in no state or in two': enrollments['stateless'], 'sleepers without an armed cohort': enrollments['asleep'], 'sleepers overdue': enrollments['overdue'], 'enrollments that failed': enrollments['failed'],
      'messages not planned': Math.max(0, messages['unplanned'] ?? 0), 'messages neither sent nor refused with a reason': messages['silent'],
      'offers not granted': (rewards['ended'] ?? 0) - (rewards['rewarded'] ?? 0), 'people with too few points': poor['n'],
    }),
    doubled: kept({
      'events stored twice': events['extra'], 'enrollments too many': enrollments['extra'], 'messages planned twice': messages['extra'], 'messages sent twice': messages['twice'],
      'messages at the vendors that nobody planned': messages['unknown'], 'offers granted twice': (rewards['vouchers'] ?? 0) - (rewards['rewarded'] ?? 0), 'people with too many points': rewards['rich'],
    }),
    ledgerSum: Math.abs(ledger['total'] ?? 0) + (ledger['apart'] ?? 0),
    enrollments: enrollments['all'] ?? 0, messages: messages['all'] ?? 0, refused: messages['refused'] ?? 0,
  };
}

const kept = (counts: Record<string, number | undefined>): Record<string, number> => Object.fromEntries(Object.entries(counts).flatMap(([name, count]) => (count ? [[name, count]] : [])));
