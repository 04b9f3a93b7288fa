/**
 * How full journeys with a cap on entries are (§1.6). A burst that may enter one locks its row until the commit, so the counts it reads and the ones it
 * writes are exact whoever else enters. They are counted from the enrollments once per version, unit and zone, and kept in step from there on.
 */
import type { Transaction } from '#db/connection.ts';
import type { AdvanceInput } from '#domain/enrollments/advance-customer.ts';
import type { SharedFacts } from '#domain/enrollments/facts.ts';
import { mayEnter } from '#domain/enrollments/may-enter.ts';
import type { Enrollment } from '#domain/enrollments/state.ts';
import { capWindow, entryCountKey, type EntryCap } from '#domain/journeys/entry-cap.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { invariant } from '#domain/shared/invariant.ts';
import { formatInstant, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';

type Capped = { journeyId: string; cap: EntryCap };

/** Offsets of zones are whole quarters of an hour, so every window begins with one: each quarter lies in one window. */
const QUARTER_MS = 15 * MINUTE_MS;

const cappedOf = ({ journeyId, journey: { entry: { cap } } }: Plan): Capped[] => (cap ? [{ journeyId, cap }] : []);

/** Counts the entries of a journey anew, over all its versions, by the windows of its cap. */
async function countWindows(transaction: Transaction, { journeyId, cap }: Capped, zone: string): Promise<Map<Instant, number>> {
  const rows = await transaction<{ quarter: number; entered: number }[]>`
    select floor(extract(epoch from entered_at) * 1000 / ${QUARTER_MS})::int as quarter, count(*)::int as entered from enrollments
    where journey_id = ${journeyId} group by 1`;
  const counts = new Map<Instant, number>();
  for (const { quarter, entered } of rows) {
    const since = capWindow(cap, quarter * QUARTER_MS, zone);
    counts.set(since, (counts.get(since) ?? 0) + entered);
  }
  return counts;
}

async function put(transaction: Transaction, workspaceId: string, journeyId: string, counts: ReadonlyMap<Instant, number>): Promise<void> {
  if (counts.size === 0) return;
  await transaction`
    insert into entry_counts (workspace_id, journey_id, since, entered)
    select ${workspaceId}::uuid, ${journeyId}::uuid, n.since::timestamptz, n.entered from unnest(${[...counts.keys()].map(formatInstant)}::text[], ${[...counts.values()]}::int[]) n(since, entered)
    on conflict (journey_id, since) do update set entered = entry_counts.entered + excluded.entered`;
}

/** Locks the caps that this work may use up, in id order, and answers how full their windows are from the first instant on that it may enter at. */
export async function lockEntryCaps(transaction: Transaction, workspace: LoadedWorkspace, work: readonly Pick<AdvanceInput, 'alarms' | 'events' | 'commands' | 'now'>[]): Promise<SharedFacts['entryCounts']> {
  const plans = [...workspace.plans.values()].filter((plan) => plan.takesEntries && plan.journey.entry.cap !== undefined && work.some((each) => mayEnter(plan, each)));
  if (plans.length === 0) return {};
  const zone = workspace.rules.timeZone;
  const basisOf = (plan: Plan): string => `${plan.versionId} ${plan.journey.entry.cap?.per ?? ''} ${zone}`;
  const ids = plans.map(({ journeyId }) => journeyId).sort();
  await transaction`insert into entry_caps (workspace_id, journey_id, basis) select ${workspace.id}::uuid, id, '' from unnest(${ids}::uuid[]) id order by id on conflict do nothing`;
  const locked = await transaction<{ journey_id: string; basis: string }[]>`select journey_id, basis from entry_caps where journey_id = any(${ids}) order by journey_id for no key update`;
  const counts: SharedFacts['entryCounts'] = {};
  const first = Math.min(...work.flatMap(({ alarms, events, commands, now }) => [
    now, ...events.map(({ event }) => event.acceptedAt), ...alarms.flatMap(({ dueAt }) => dueAt ?? []), ...commands.flatMap((command) => (command.kind === 'reckon' ? [command.since] : [])),
  ]));
  for (const plan of plans) {
    const [capped] = cappedOf(plan);
    if (!capped) continue;
    const { journeyId, cap } = capped;
    if (locked.find((row) => row.journey_id === journeyId)?.basis !== basisOf(plan)) {
      await transaction`delete from entry_counts where journey_id = ${journeyId}`;
      await put(transaction, workspace.id, journeyId, await countWindows(transaction, capped, zone));
      await transaction`update entry_caps set basis = ${basisOf(plan)} where journey_id = ${journeyId}`;
    }
    const rows = await transaction<{ since: Date; entered: number }[]>`select since, entered from entry_counts where journey_id = ${journeyId} and since >= ${formatInstant(capWindow(cap, first, zone))}::text::timestamptz`;
    for (const { since, entered } of rows) counts[entryCountKey(journeyId, since.getTime())] = entered;
    counts[entryCountKey(journeyId, capWindow(cap, first, zone))] ??= 0;
  }
  return counts;
}

/** Adds those who entered in this burst to the windows of their instants. */
export async function countEntries(transaction: Transaction, workspace: LoadedWorkspace, enrollments: readonly Enrollment[], locked: SharedFacts['entryCounts']): Promise<void> {
  const entered = enrollments.filter(({ burst }) => burst === 0);
  if (entered.length === 0) return;
  for (const { journeyId, cap } of [...workspace.plans.values()].filter(({ takesEntries }) => takesEntries).flatMap(cappedOf)) {
    const counts = new Map<Instant, number>();
    for (const each of entered) {
      if (each.journeyId !== journeyId) continue;
      const since = capWindow(cap, each.enteredAt, workspace.rules.timeZone);
      counts.set(since, (counts.get(since) ?? 0) + 1);
    }
    invariant(counts.size === 0 || Object.keys(locked).some((key) => key.startsWith(`${journeyId} `)), 'who enters a capped journey has locked its cap');
    await put(transaction, workspace.id, journeyId, counts);
  }
}

/** How full these journeys are at `at`, for who asks and takes no place. `until`: entries from then on are left out. */
export async function readEntryCounts(transaction: Transaction, journeys: readonly Pick<Plan, 'journeyId' | 'journey'>[], zone: string, at: Instant, until: Instant | null = null): Promise<SharedFacts['entryCounts']> {
  const counts: SharedFacts['entryCounts'] = {};
  for (const { journeyId, journey: { entry: { cap } } } of journeys) {
    if (!cap) continue;
    const since = capWindow(cap, at, zone);
    const [row] = await transaction<{ entered: number }[]>`
      select count(*)::int as entered from enrollments
      where journey_id = ${journeyId} and entered_at >= ${formatInstant(since)}::text::timestamptz and (${until === null} or entered_at < ${formatInstant(until ?? 0)}::text::timestamptz)`;
    counts[entryCountKey(journeyId, since)] = row?.entered ?? 0;
  }
  return counts;
}
