/**
 * One step of a jump: with the clock standing at an instant, wakes what is due and waits until the sandbox is settled: no unrouted event,
 * nothing due, nothing sending, no callback held by the simulated vendors, nobody on the way to another version, nobody whose alarms are being reckoned, no event of the brand under way, no test of a split to decide. People are woken as in production, by their cohort's workflow.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Engine, SleepingAlarms, SleepingCohort } from '#engine/engine.ts';
import { DISPATCH_CHANNEL, ROUTE_CHANNEL } from '#engine/hints.ts';

/** What may keep a sandbox from being settled. */
export const UNSETTLED = ['routing', 'waking', 'dispatching', 'sending', 'callbacks', 'moving', 'ringing', 'reckoning', 'announcing', 'deciding'] as const;
export type Unsettled = (typeof UNSETTLED)[number];

/** `nextAt`: the next due moment after the standing clock's. */
export type SandboxState = { unsettled: Unsettled[]; due: SleepingCohort[]; ringing: SleepingAlarms[]; nextAt: Instant | null };

type StateRow = Record<Unsettled, boolean> & { now: Date; next_at: Date | null };
type DueRow = { id: string; version_id: string; journey_id: string; name: string; number: number; wake_at: Date };

/** Reads it in one round trip; a second one only when cohorts are due. Messages that wait for a sending account are not waited for: none may ever come. */
export async function readSandbox(transaction: Transaction, workspaceId: string): Promise<SandboxState> {
  const [state] = await transaction<StateRow[]>`
    select t.now,
      exists (select from heads where workspace_id = ${workspaceId} and pending_since is not null) as routing,
      exists (select from enrollments e join journeys j on j.id = e.journey_id
        where e.workspace_id = ${workspaceId} and j.status = 'live' and e.ended_at is null and e.wake_at <= t.now) as waking,
      exists (select from outbox where workspace_id = ${workspaceId} and state <> 'sending' and not_before <= t.now and coalesce(held_by, '') not in ('account', 'paused', 'late'))
        or exists (select from http_requests r join journeys j on j.id = r.journey_id where r.workspace_id = ${workspaceId} and r.state = 'queued' and j.status = 'live' and r.not_before <= t.now) as dispatching,
      exists (select from outbox where workspace_id = ${workspaceId} and state = 'sending')
        or exists (select from batches where workspace_id = ${workspaceId} and state = 'sending')
        or exists (select from http_requests where workspace_id = ${workspaceId} and state = 'sending') as sending,
      exists (select from vendor_callbacks where workspace_id = ${workspaceId} and state = 'pending' and due_at <= t.now) as callbacks,
      exists (select from journey_moves where workspace_id = ${workspaceId} and state = 'running') as moving,
      exists (select from alarms a join journeys j on j.id = a.journey_id
        where a.workspace_id = ${workspaceId} and j.status = 'live' and a.due_at <= t.now) as ringing,
      exists (select from alarm_reckonings where workspace_id = ${workspaceId} and state = 'running') as reckoning,
      exists (select from business_events where workspace_id = ${workspaceId} and state in ('planned', 'running') and due_at <= t.now) as announcing,
      exists (select from split_tests s join journeys j on j.id = s.journey_id
        where s.workspace_id = ${workspaceId} and s.state = 'running' and j.status = 'live' and (s.decides_at <= t.now or (s.decides_at is null and has_passed(s.journey_id, s.node_id, s.asks_at)))) as deciding,
      least(
        (select a.due_at from alarms a join journeys j on j.id = a.journey_id
          where a.workspace_id = ${workspaceId} and j.status = 'live' and a.due_at > t.now order by a.due_at limit 1),
        (select e.wake_at from enrollments e join journeys j on j.id = e.journey_id
          where e.workspace_id = ${workspaceId} and j.status = 'live' and e.ended_at is null and e.wake_at > t.now order by e.wake_at limit 1),
        (select min(not_before) from outbox where workspace_id = ${workspaceId} and state <> 'sending' and not_before > t.now),
        (select min(due_at) from vendor_callbacks where workspace_id = ${workspaceId} and state = 'pending' and due_at > t.now),
        (select min(due_at) from business_events where workspace_id = ${workspaceId} and state = 'planned' and due_at > t.now),
        (select min(s.decides_at) from split_tests s join journeys j on j.id = s.journey_id where s.workspace_id = ${workspaceId} and s.state = 'running' and j.status = 'live' and s.decides_at > t.now)) as next_at
    from (select workspace_now(${workspaceId}) as now offset 0) t`;
  if (!state) return { unsettled: [], due: [], ringing: [], nextAt: null };
  const rows = state.waking ? await readDueCohorts(transaction, workspaceId, state.now) : [];
  const due = rows.map((row): SleepingCohort => ({
    workspaceId, cohortId: row.id, versionId: row.version_id, journeyId: row.journey_id, journeyName: row.name, versionNumber: row.number, wakeAt: row.wake_at.getTime(), delayMs: 0,
  }));
  const ringing = state.ringing ? await readRinging(transaction, workspaceId, state.now) : [];
  return { ringing, unsettled: UNSETTLED.filter((kind) => state[kind]), due, nextAt: state.next_at?.getTime() ?? null };
}

const readDueCohorts = (transaction: Transaction, workspaceId: string, now: Date): Promise<DueRow[]> => transaction<DueRow[]>`
  select k.id, k.version_id, v.journey_id, j.name, v.number, k.wake_at
  from (select distinct cohort_id from enrollments where workspace_id = ${workspaceId} and ended_at is null and wake_at <= ${now}) e
    join cohorts k on k.id = e.cohort_id join journey_versions v on v.id = k.version_id join journeys j on j.id = v.journey_id
  where j.status = 'live' order by k.wake_at, k.id limit 1000`;

async function readRinging(transaction: Transaction, workspaceId: string, now: Date): Promise<SleepingAlarms[]> {
  const rows = await transaction<{ minute: Date }[]>`
    select distinct date_trunc('minute', a.due_at) as minute from alarms a join journeys j on j.id = a.journey_id
    where a.workspace_id = ${workspaceId} and j.status = 'live' and a.due_at <= ${now} order by 1 limit 1000`;
  return rows.map(({ minute }) => ({ workspaceId, kind: 'entry', minute: minute.getTime(), delayMs: 0 }));
}

/** What a step does its work with. `hint` tells routers or dispatchers of a channel that something waits. */
export type Hands = { engine: Engine; workspaceId: string; hint: (channel: string) => void; runCallbacks: () => Promise<void>; stillMine: () => Promise<void> };

/** How far the work of this instant has come: another answer than before means that it goes on. */
async function readProgress(transaction: Transaction, workspaceId: string): Promise<string> {
  const [{ progress } = { progress: '' }] = await transaction<{ progress: string }[]>`
    select concat_ws(' ',
      (select sum(last_routed_no) from heads where workspace_id = ${workspaceId}),
      (select count(*) from enrollments e where e.workspace_id = ${workspaceId} and e.ended_at is null and e.wake_at <= t.now),
      (select count(*) from outbox where workspace_id = ${workspaceId} and not_before <= t.now),
      (select count(*) from http_requests where workspace_id = ${workspaceId} and state in ('queued', 'sending')),
      (select count(*) from vendor_callbacks where workspace_id = ${workspaceId} and state = 'pending' and due_at <= t.now),
      (select sum(done) from journey_moves where workspace_id = ${workspaceId}),
      (select count(*) from alarms where workspace_id = ${workspaceId} and due_at <= t.now),
      (select sum(done) from alarm_reckonings where workspace_id = ${workspaceId} and state = 'running'),
      (select sum(looked) from business_events where workspace_id = ${workspaceId} and state = 'running')) as progress
    from (select workspace_now(${workspaceId}) as now offset 0) t`;
  return progress;
}

/** Most steps settle within some tens of milliseconds: it looks often at first. */
const pauseMs = (passedMs: number): number => (passedMs < 200 ? 4 : 25);
const HINT_AGAIN_MS = 50;
const SIGNAL_AGAIN_MS = 2_000;
const RENEW_MS = 3_000;
const PROGRESS_EVERY_MS = 500;

/** Answers whether it is time to do something again: the first time, and then after so many milliseconds. */
function everySoOften(): (what: string, afterMs: number) => boolean {
  const doneAt = new Map<string, number>();
  return (what, afterMs) => {
    const now = performance.now();
    if (now - (doneAt.get(what) ?? -Infinity) < afterMs) return false;
    doneAt.set(what, now);
    return true;
  };
}

/**
 * Answers the state in which the step ended: settled, or stuck after `patienceMs(what)` of machine time in which nothing moved.
 * The moment's cohorts are signalled all at once, each again after two seconds.
 */
export async function settleSandbox(hands: Hands, first: SandboxState, patienceMs: (what: Unsettled[]) => number): Promise<SandboxState> {
  const { engine, workspaceId } = hands;
  const startedAt = performance.now();
  const isTime = everySoOften();
  isTime('renew', 0);
  isTime('progress', 0);
  let state = first;
  let moved = { progress: '', at: startedAt };
  while (state.unsettled.length > 0) {
    const passedMs = performance.now() - startedAt;
    if (isTime('progress', PROGRESS_EVERY_MS)) {
      const progress = await inWorkspace(engine.database, workspaceId, (transaction) => readProgress(transaction, workspaceId));
      if (progress !== moved.progress) moved = { progress, at: performance.now() };
    }
    if (performance.now() - moved.at > patienceMs(state.unsettled)) return state;
    if (isTime('renew', RENEW_MS)) await hands.stillMine();
    if (state.unsettled.includes('routing') && isTime('route', HINT_AGAIN_MS)) hands.hint(ROUTE_CHANNEL);
    if (state.unsettled.includes('dispatching') && isTime('dispatch', HINT_AGAIN_MS)) hands.hint(DISPATCH_CHANNEL);
    const unsignalled = state.due.filter((cohort) => isTime(cohort.cohortId, SIGNAL_AGAIN_MS));
    const unrung = state.ringing.filter(({ minute }) => isTime(`minute ${minute}`, SIGNAL_AGAIN_MS));
    await Promise.all([engine.timer.arm(unsignalled), engine.timer.armAlarms(unrung), state.unsettled.includes('callbacks') ? hands.runCallbacks() : undefined]);
    await pause(pauseMs(passedMs));
    state = await inWorkspace(engine.database, workspaceId, (transaction) => readSandbox(transaction, workspaceId));
  }
  return state;
}
