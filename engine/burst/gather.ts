/**
 * The first two steps of a burst: lock the heads, then, in later statements, everything that is pending for each customer (ARCHITECTURE 1.2).
 * In one statement with the lock nearly everything would be lost: its snapshot is older than the lock.
 */
import type { Transaction } from '#db/connection.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { RegisterLine } from '#domain/enrollments/decide-entry.ts';
import { EnrollmentState, type Enrollment } from '#domain/enrollments/state.ts';
import { invariant } from '#domain/shared/invariant.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export type Head = { customer_id: string; last_routed_no: number; last_event_no: number; pending_since: Date | null };

/** Events of one customer that one burst takes at most; the rest stays pending. */
const MAXIMUM_EVENTS = 1_000;

/** Locks the heads of these customers in id order: the only mutex of a customer. */
export const lockHeads = (transaction: Transaction, customerIds: string[]): Promise<Head[]> =>
  transaction<Head[]>`
    select customer_id, last_routed_no, last_event_no, pending_since from heads
    where customer_id = any(${customerIds}) order by customer_id for no key update`;

/** Claims heads with unrouted events, oldest first; what another router holds is skipped, and so are those in `except`. The claim is the lock. */
export const claimHeads = (transaction: Transaction, limit: number, except: string[] = []): Promise<Head[]> =>
  transaction<Head[]>`
    select customer_id, last_routed_no, last_event_no, pending_since from heads where pending_since is not null and customer_id <> all(${except}::uuid[])
    order by pending_since limit ${limit} for no key update skip locked`;

/** Workspace time, read after the lock. */
export async function readNow(transaction: Transaction, workspaceId: string): Promise<Instant> {
  const [row] = await transaction<{ now: Date }[]>`select workspace_now(${workspaceId}) as now`;
  return row!.now.getTime();
}

type EventRow = {
  id: string; customer_id: string; no: number; type: string; source: 'merchant' | 'system'; occurred_at: Date; accepted_at: Date;
  store_id: string | null; historical: boolean; properties: Record<string, unknown>; depth: number;
};

export const readEvent = (row: EventRow): CustomerEvent => ({
  id: row.id,
  no: row.no,
  type: row.type,
  source: row.source,
  occurredAt: row.occurred_at.getTime(),
  acceptedAt: row.accepted_at.getTime(),
  storeId: row.store_id,
  historical: row.historical,
  properties: row.properties,
  depth: row.depth,
});

export type Pending = { events: { event: CustomerEvent; onlyJourneyId?: string }[]; routedTo: number };

/** The unrouted events of each locked head, strictly by number. A gap in the numbers is refused: something not yet visible would be lost. */
export async function gatherEvents(transaction: Transaction, heads: Head[]): Promise<Map<string, Pending>> {
  const gathered = new Map<string, Pending>(heads.map((head) => [head.customer_id, { events: [], routedTo: head.last_routed_no }]));
  const pending = heads.filter((head) => head.last_event_no > head.last_routed_no);
  if (pending.length === 0) return gathered;
  const since = Math.min(...pending.map((head) => head.pending_since?.getTime() ?? 0));
  const take = (rows: EventRow[]): void => {
    for (const row of rows) {
      const mine = gathered.get(row.customer_id)!;
      if (row.no !== mine.routedTo + 1) continue;
      mine.events.push({ event: readEvent(row) });
      mine.routedTo = row.no;
    }
  };
  take(await selectEvents(transaction, pending, formatInstant(Math.max(0, since - 60_000))));
  // An id made long before its event was pending, or by a machine whose clock is behind, lies in an older part: it is looked for everywhere.
  const missing = pending.filter((head) => {
    const { events, routedTo } = gathered.get(head.customer_id)!;
    return routedTo < head.last_event_no && events.length < MAXIMUM_EVENTS;
  });
  if (missing.length === 0) return gathered;
  for (const head of missing) gathered.set(head.customer_id, { events: [], routedTo: head.last_routed_no });
  take(await selectEvents(transaction, missing, formatInstant(0)));
  for (const head of missing) {
    const { events, routedTo } = gathered.get(head.customer_id)!;
    invariant(routedTo === head.last_event_no || events.length === MAXIMUM_EVENTS, `events of ${head.customer_id} come without a gap: ${routedTo} of ${head.last_event_no}`);
  }
  return gathered;
}

const selectEvents = (transaction: Transaction, heads: Head[], idsSince: string): Promise<EventRow[]> =>
  transaction<EventRow[]>`
    select e.id, e.customer_id, e.no, e.type, e.source, e.occurred_at, e.accepted_at, e.store_id, e.historical, e.properties, e.depth
    from unnest(${heads.map((head) => head.customer_id)}::uuid[], ${heads.map((head) => head.last_routed_no)}::bigint[]) h(c, r)
    cross join lateral (
      select * from events where customer_id = h.c and no > h.r and id >= uuid_floor(${idsSince}::text::timestamptz)
      order by no limit ${MAXIMUM_EVENTS}
    ) e order by e.customer_id, e.no`;

/** Events that paused journeys kept, for the journeys that run again; they are taken out of the register of deferrals (§8.4). */
export async function takeDeferrals(transaction: Transaction, customerIds: string[]): Promise<Map<string, { event: CustomerEvent; onlyJourneyId: string }[]>> {
  const taken = new Map<string, { event: CustomerEvent; onlyJourneyId: string }[]>();
  const rows = await transaction<(EventRow & { journey_id: string })[]>`
    with taken as (
      delete from deferrals d using journeys j
      where d.customer_id = any(${customerIds}) and j.id = d.journey_id and j.status <> 'paused' returning d.journey_id, d.event_id)
    select t.journey_id, e.* from taken t join events e on e.id = t.event_id order by e.customer_id, e.no`;
  for (const row of rows) {
    const mine = taken.get(row.customer_id) ?? [];
    mine.push({ event: readEvent(row), onlyJourneyId: row.journey_id });
    taken.set(row.customer_id, mine);
  }
  return taken;
}

type EnrollmentRow = {
  id: string; journey_id: string; version_id: string; customer_id: string; entry_key: string; burst: number;
  entered_at: Date; ended_at: Date | null; state: unknown;
};

/** Who is in which journey now, and every entry ever: the register that re-entry is decided on (§1.2). */
export async function loadEnrollments(transaction: Transaction, customerIds: string[]): Promise<{ active: Map<string, Enrollment[]>; register: Map<string, RegisterLine[]> }> {
  const active = new Map<string, Enrollment[]>(customerIds.map((id) => [id, []]));
  const register = new Map<string, RegisterLine[]>(customerIds.map((id) => [id, []]));
  const rows = await transaction<EnrollmentRow[]>`
    select id, journey_id, version_id, customer_id, entry_key, burst, entered_at, ended_at, case when ended_at is null then state end as state
    from enrollments where customer_id = any(${customerIds}) order by entered_at, id`;
  for (const row of rows) {
    register.get(row.customer_id)!.push({ journeyId: row.journey_id, entryKey: row.entry_key, enteredAt: row.entered_at.getTime(), endedAt: row.ended_at?.getTime() ?? null });
    if (row.ended_at) continue;
    active.get(row.customer_id)!.push({
      id: row.id,
      journeyId: row.journey_id,
      versionId: row.version_id,
      entryKey: row.entry_key,
      burst: row.burst,
      enteredAt: row.entered_at.getTime(),
      state: EnrollmentState.parse(row.state),
    });
  }
  return { active, register };
}
