/** What must hold after every drill, whatever was killed: nothing that was accepted is lost, nothing is done twice, and the ledger sums to zero. */
import type postgres from 'postgres';
import type { DrillBrand } from '#tests/drills/drill-brand.ts';
import { DRILL_MESSAGES, POINTS_PER_CUSTOMER } from '#tests/drills/drill-journey.ts';

/** Numbers of things, each by the sentence that was broken; `ledgerSum` is 0 when every transfer has both its sides and every balance is its postings. */
export type Conservation = { lost: Record<string, number>; doubled: Record<string, number>; ledgerSum: number; enrollments: number; messages: number; refused: number; steps: Record<string, number> };

type Row = Record<string, number>;
type Brand = Pick<DrillBrand, 'workspaceId' | 'journeyId' | 'followers'>;

const one = async (rows: Promise<Row[]>): Promise<Row> => (await rows)[0] ?? {};

const countEvents = (owner: postgres.Sql, { workspaceId }: Brand, eventIds: string[]): Promise<Row> => one(owner<Row[]>`
  with accepted as (select unnest(${eventIds}::text[]) as id), stored as (select event_id, count(*) as n from events where workspace_id = ${workspaceId} and source = 'merchant' and outcome = 'accepted' group by 1)
  select count(*) filter (where s.n is null)::int as missing, coalesce(sum(s.n - 1) filter (where s.n > 1), 0)::int as extra,
    (select count(*) filter (where pending_since is not null or last_routed_no <> last_event_no) from heads where workspace_id = ${workspaceId})::int as unrouted
    from accepted a left join stored s on s.event_id = a.id`);

const countEnrollments = (owner: postgres.Sql, { workspaceId, journeyId }: Brand, eventIds: string[]): Promise<Row> => one(owner<Row[]>`
  with mine as (select e.*, k.id as cohort, k.armed_at from enrollments e left join cohorts k on k.id = e.cohort_id where e.workspace_id = ${workspaceId} and e.journey_id = ${journeyId}),
    entered as (select customer_id, count(*) as n from mine group by 1),
    bought as (select distinct k.customer_id from event_keys k where k.workspace_id = ${workspaceId} and k.event_id = any(${eventIds}))
  select (select count(*) from mine)::int as all,
    (select count(*) from mine where ended_at is not null)::int as ended,
    (select count(*) from bought where customer_id not in (select customer_id from entered))::int as missing,
    (select coalesce(sum(n - 1), 0) from entered where n > 1)::int as extra,
    (select count(*) from mine where (ended_at is not null) = (wake_at is not null))::int as stateless,
    (select count(*) from mine where ended_at is null and (cohort is null or armed_at is null))::int as asleep,
    (select count(*) from mine where ended_at is null and wake_at < workspace_now(${workspaceId}) - interval '30 seconds')::int as overdue,
    (select count(*) from mine where ended_at is not null and ending <> 'completed')::int as failed`);

/**
 * What has left, one line for each message and whoever had it: a mailbox or a phone at the simulated vendors, each of a customer's browsers, a batch of
 * letters, or the list of calls.
 */
const countMessages = (owner: postgres.Sql, { workspaceId }: Brand): Promise<Row> => one(owner<Row[]>`
  with gone as (
      select message_id, recipient, count(*) as n from vendor_messages where workspace_id = ${workspaceId} group by 1, 2
      union all select message_id, 'the post', count(*) from letters where workspace_id = ${workspaceId} group by 1
      union all select message_id, 'a caller', count(*) from tasks where workspace_id = ${workspaceId} and kind = 'call' group by 1),
    planned as (select m.*, exists (select from gone g where g.message_id = m.id) as has_left from messages m where m.workspace_id = ${workspaceId}),
    silent as (select *, status in ('suppressed', 'failed', 'unknown') and reason is not null as is_told from planned where not has_left)
  select (select count(*) from planned)::int as all,
    (select count(*) from silent where is_told)::int as refused,
    (select count(distinct key) from planned)::int as keys,
    (select count(*) - count(distinct key) from planned)::int as extra,
    (select coalesce(sum(n - 1), 0) from gone)::int as twice,
    (select count(*) from silent where not is_told)::int as silent,
    (select count(*) from gone g where not exists (select from planned p where p.id = g.message_id))::int as unknown`);

const countLedger = (owner: postgres.Sql, { workspaceId, journeyId }: Brand): Promise<Row> => one(owner<Row[]>`
  with moved as (select customer_id, account, sum(amount) as amount from postings where workspace_id = ${workspaceId} and account like 'customer:%' group by 1, 2),
    held as (select e.ended_at, coalesce(b.amount, 0) as amount from enrollments e left join balances b on b.customer_id = e.customer_id and b.account = 'customer:available' where e.journey_id = ${journeyId})
  select (select coalesce(sum(amount), 0) from postings where workspace_id = ${workspaceId})::int as total,
    (select coalesce(sum(abs(coalesce(b.amount, 0) - coalesce(m.amount, 0))), 0) from (select * from balances where workspace_id = ${workspaceId}) b full join moved m on m.customer_id = b.customer_id and m.account = b.account)::int as apart,
    (select count(*) from held where ended_at is not null and amount < ${POINTS_PER_CUSTOMER})::int as poor,
    (select count(*) from balances where workspace_id = ${workspaceId} and account = 'customer:available' and amount > ${POINTS_PER_CUSTOMER})::int as rich`);

const STEPS = ['offers granted', 'tasks on the list', 'requests made and answered', 'answers heard of', 'events made', 'entries by that event', 'entries by joining', 'attributes set', 'tags added'];

/** What everybody who has gone through the journey must have met once: counted by what it leaves behind. */
async function countSteps(owner: postgres.Sql, { workspaceId, journeyId, followers }: Brand): Promise<{ what: string; met: number; missed: number; extra: number }[]> {
  const { told = '', joined = '' } = followers;
  return owner`
    with mine as (select customer_id from enrollments where workspace_id = ${workspaceId} and journey_id = ${journeyId} and ended_at is not null),
      done as (
        select 'offers granted' as what, customer_id from vouchers where workspace_id = ${workspaceId}
        union all select 'tasks on the list', customer_id from tasks where workspace_id = ${workspaceId} and kind = 'task' and state = 'open'
        union all select 'requests made and answered', customer_id from http_requests where workspace_id = ${workspaceId} and state = 'answered'
        union all select 'answers heard of', customer_id from events where workspace_id = ${workspaceId} and type = 'http.answered'
        union all select 'events made', customer_id from events where workspace_id = ${workspaceId} and type = 'drill.told'
        union all select 'entries by that event', customer_id from enrollments where workspace_id = ${workspaceId} and journey_id = ${told} and ended_at is not null
        union all select 'entries by joining', customer_id from enrollments where workspace_id = ${workspaceId} and journey_id = ${joined} and ended_at is not null
        union all select 'attributes set', id from customers where workspace_id = ${workspaceId} and profile -> 'attributes' -> 'drilled' = 'true'
        union all select 'tags added', id from customers where workspace_id = ${workspaceId} and profile -> 'tags' ? 'drilled'),
      counted as (select what, customer_id, count(*) as n from done group by 1, 2)
    select w.what, coalesce(sum(c.n), 0)::int as met, ((select count(*) from mine) - count(m.customer_id))::int as missed, (coalesce(sum(c.n), 0) - count(c.customer_id))::int as extra
      from unnest(${STEPS}::text[]) w(what) left join counted c using (what) left join mine m using (customer_id) group by 1 order by 1`;
}

/** `eventIds` are those that the API has said to have accepted, one purchase each. */
export async function checkConservation(owner: postgres.Sql, brand: Brand, eventIds: string[]): Promise<Conservation> {
  const [events, enrollments, messages, ledger, steps] = [
    await countEvents(owner, brand, eventIds), await countEnrollments(owner, brand, eventIds), await countMessages(owner, brand), await countLedger(owner, brand), await countSteps(owner, brand),
  ];
  return {
    lost: kept({
      'accepted events not stored': events['missing'], 'heads with unrouted events': events['unrouted'], 'purchases without an enrollment': enrollments['missing'],
      'enrollments in no state or in two': enrollments['stateless'], 'sleepers without an armed cohort': enrollments['asleep'], 'sleepers overdue': enrollments['overdue'], 'enrollments that failed': enrollments['failed'],
      'messages not planned': Math.max(0, (enrollments['ended'] ?? 0) * DRILL_MESSAGES.length - (messages['keys'] ?? 0)), 'messages neither sent nor refused with a reason': messages['silent'], 'people with too few points': ledger['poor'],
      ...Object.fromEntries(steps.map(({ what, missed }) => [`people without ${what}`, missed])),
    }),
    doubled: kept({
      'events stored twice': events['extra'], 'enrollments too many': enrollments['extra'], 'messages planned twice': messages['extra'], 'messages sent twice': messages['twice'],
      'messages with a vendor, the post or a caller that nobody planned': messages['unknown'], 'people with too many points': ledger['rich'],
      ...Object.fromEntries(steps.map(({ what, extra }) => [`${what} too often`, extra])),
    }),
    ledgerSum: Math.abs(ledger['total'] ?? 0) + (ledger['apart'] ?? 0),
    enrollments: enrollments['all'] ?? 0, messages: messages['all'] ?? 0, refused: messages['refused'] ?? 0,
    steps: Object.fromEntries(steps.map(({ what, met }) => [what, met])),
  };
}

const kept = (counts: Record<string, number | undefined>): Record<string, number> => Object.fromEntries(Object.entries(counts).flatMap(([name, count]) => (count ? [[name, count]] : [])));
