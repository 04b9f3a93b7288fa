/**
 * Stage 3, advance. In: customer ids of one workspace. Out: committed effects and cohorts to arm. One transaction locks, gathers, loads, lets the
 * domain fold, and writes; whoever locks first does all of it, whoever comes next finds nothing to do (ARCHITECTURE 1.2).
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { advanceCustomer, type AdvanceInput, type AdvanceResult } from '#domain/enrollments/advance-customer.ts';
import type { Moved } from '#domain/enrollments/burst.ts';
import type { Command } from '#domain/enrollments/carry-out.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import type { CustomerFacts, SharedFacts } from '#domain/enrollments/facts.ts';
import { hasWork } from '#domain/enrollments/has-work.ts';
import { readEntries } from '#domain/enrollments/read-entries.ts';
import { MAXIMUM_EVENT_DEPTH } from '#domain/events/customer-event.ts';
import type { Instant } from '#domain/shared/time.ts';
import { appendSystemEvents } from './append-system-events.ts';
import { armAlarms } from './arm-alarms.ts';
import { armCohorts } from './arm-cohorts.ts';
import { loadAlarms, writeAlarms } from './burst/alarms.ts';
import { countEntries, lockEntryCaps } from './burst/entry-counts.ts';
import { gatherEvents, loadEnrollments, lockHeads, readNow, takeDeferrals, type Head, type Pending } from './burst/gather.ts';
import { loadFacts } from './burst/load-facts.ts';
import { writeEnrollments, writeTraces, type Advanced } from './burst/write-enrollments.ts';
import { writeFacts } from './burst/write-facts.ts';
import { withdrawMessages, writeMessages, type CustomerEffect } from './burst/write-messages.ts';
import type { Engine } from './engine.ts';
import { loadVersions, loadWorkspace, type LoadedWorkspace } from './load-workspace.ts';
import { tell, timed } from './measured.ts';
import { isOfOneMember, tryAgain } from './try-again.ts';

/** `caused`: whether the bursts left events for the routers. `moved`: whom commands brought to another version. `entries`: what became of wishes to take customers in. */
export type AdvanceReport = { customers: number; cohortIds: string[]; alarmMinutes: Instant[]; caused: boolean; moved: Moved[]; entries: { customerId: string; reason: Reason | null }[] };

const NOBODY: AdvanceReport = { customers: 0, cohortIds: [], alarmMinutes: [], caused: false, moved: [], entries: [] };

/** Versions that commands name, beside those that hold the customers now. */
const versionsOf = (command: Command): string[] =>
  command.kind === 'move' ? [command.toVersionId] : command.kind === 'restore' ? [command.versionId] : command.kind === 'retry' ? [command.enrollment.versionId] : [];

type Work = AdvanceInput & { customerId: string };

/** What many customers share is locked after the facts are loaded, in (kind, id) order: caps on entries, then offers with a limited stock. */
async function lockShared(transaction: Transaction, workspace: LoadedWorkspace, work: Parameters<typeof lockEntryCaps>[2]): Promise<SharedFacts> {
  const entryCounts = await lockEntryCaps(transaction, workspace, work);
  const offerKeys = new Set(work.length > 0 ? [...workspace.plans.values()].flatMap((plan) => plan.offerStock) : []);
  const offerStock: SharedFacts['offerStock'] = {};
  if (offerKeys.size > 0) {
    const rows = await transaction<{ key: string; remaining: number }[]>`
      select key, stock_total - stock_granted as remaining from offers
      where key = any(${[...offerKeys]}) and stock_total is not null order by id for no key update`;
    for (const row of rows) offerStock[row.key] = row.remaining;
  }
  return { offerStock, entryCounts };
}

type Prepared = { workspace: LoadedWorkspace; now: Instant; work: Work[]; pending: Map<string, Pending> };

/** All that the domain is asked with. The workspace comes first: it is held `for share` while the rest is read, which is sent after it without waiting. */
async function prepare(transaction: Transaction, workspaceId: string, heads: Head[], commands: (Command & { customerId: string })[]): Promise<Prepared> {
  const ids = heads.map((head) => head.customer_id);
  const [workspace, now, pending, deferrals, { active, register }] = await Promise.all([
    loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId), gatherEvents(transaction, heads), takeDeferrals(transaction, ids), loadEnrollments(transaction, ids),
  ]);
  await loadVersions(transaction, workspace, [...[...active.values()].flatMap((mine) => mine.map((enrollment) => enrollment.versionId)), ...commands.flatMap(versionsOf)]);
  const alarms = await loadAlarms(transaction, workspace.plans, ids);
  const asked = ids.map((customerId) => ({
    customerId,
    plans: workspace.plans,
    listens: workspace.listens,
    enrollments: active.get(customerId)!,
    register: register.get(customerId)!,
    alarms: alarms.get(customerId) ?? [],
    events: [...(deferrals.get(customerId) ?? []), ...pending.get(customerId)!.events],
    commands: commands.filter((command) => command.customerId === customerId),
    now,
  }));
  const busy = asked.filter(hasWork);
  const facts = busy.length > 0
    ? await loadFacts(transaction, workspace, workspace.plans.values(), busy.map(({ customerId }) => customerId), new Map(heads.map((head) => [head.customer_id, head.last_routed_no])), now)
    : new Map<string, CustomerFacts>();
  const shared = await lockShared(transaction, workspace, busy);
  const work = busy.map((each) => ({ ...each, facts: facts.get(each.customerId)!, shared, rules: workspace.rules, newId }));
  return { workspace, now, work, pending };
}

/** Writes all effects; what depends on no other answer is sent without waiting. */
async function write(transaction: Transaction, { workspace, now, pending }: Prepared, heads: Head[], results: (AdvanceResult & Work)[]): Promise<AdvanceReport> {
  const effects: CustomerEffect[] = results.flatMap(({ customerId, effects: mine }) => mine.map((effect) => ({ customerId, effect })));
  // A changed enrollment is in `enrollments` of the result, which shadows the input's list of active ones.
  const advanced: Advanced[] = results.map(({ customerId, enrollments, traces, passes }) => ({ customerId, enrollments, traces, passes }));
  const [cohortIds, alarmMinutes] = await Promise.all([
    writeEnrollments(transaction, workspace.id, advanced),
    writeAlarms(transaction, workspace.id, effects),
    writeMessages(transaction, workspace, effects, now),
    writeFacts(transaction, workspace, effects, new Map(results.map(({ customerId, facts }) => [customerId, facts]))),
    writeTraces(transaction, workspace.id, advanced, now),
    markRouted(transaction, heads, pending),
    countEntries(transaction, workspace, advanced.flatMap(({ enrollments }) => enrollments), results[0]?.shared.entryCounts ?? {}),
  ]);
  await withdrawMessages(transaction, workspace, effects, now);
  const caused = await appendSystemEvents(transaction, workspace.id, results.flatMap(({ customerId, caused: events }) => events.map((event) => ({ customerId, ...event, depth: Math.min(event.depth, MAXIMUM_EVENT_DEPTH) }))));
  return { customers: results.length, cohortIds: [...cohortIds], alarmMinutes, caused: caused > 0, moved: results.flatMap(({ moved }) => moved), entries: results.flatMap(({ customerId, traces }) => readEntries(traces).map((entry) => ({ customerId, ...entry }))) };
}

/** Heads are marked as routed up to the highest number gathered, never further: what came after the lock stays pending. */
async function markRouted(transaction: Transaction, heads: Head[], pending: Map<string, Pending>): Promise<void> {
  const moved = heads.filter((head) => pending.get(head.customer_id)!.routedTo > head.last_routed_no);
  if (moved.length === 0) return;
  const ids = moved.map((head) => head.customer_id);
  await transaction`
    update heads h set last_routed_no = t.n, pending_since = case when last_event_no = t.n then null else pending_since end
    from unnest(${ids}::uuid[], ${moved.map((head) => pending.get(head.customer_id)!.routedTo)}::bigint[]) t(c, n)
    where h.customer_id = t.c`;
}

/** The burst for heads that this transaction has locked. */
export async function advanceHeads(transaction: Transaction, workspaceId: string, heads: Head[], commands: (Command & { customerId: string })[] = []): Promise<AdvanceReport> {
  if (heads.length === 0) return NOBODY;
  return timed(async () => {
    const prepared = await prepare(transaction, workspaceId, heads, commands);
    const results = prepared.work.map((input) => ({ ...input, ...advanceCustomer(input) }));
    return write(transaction, prepared, heads, results);
  }, (seconds, { ok }) => tell('burst', { seconds, customers: heads.length, failed: !ok }));
}

/** After the commit: hints the routers, arms the cohorts and the minutes of alarms. What is committed has happened: nothing here may fail it, and what is not reached the sweep finds. */
export async function afterBurst(engine: Engine, workspaceId: string, report: AdvanceReport): Promise<void> {
  if (report.caused) engine.hintRouters();
  if (report.cohortIds.length > 0) await armCohorts(engine, workspaceId, report.cohortIds).catch(() => {});
  if (report.alarmMinutes.length > 0) await armAlarms(engine, workspaceId, report.alarmMinutes).catch(() => {});
}

export type Failure = { customerId: string; error: unknown };

/**
 * Advances these customers and names those who failed. A batch that fails by the doing of one of its members is halved until that one is found, who
 * alone fails; a failure of the database itself, or of the way to it, is thrown for the caller to retry. A burst given up in a deadlock is done again.
 */
export async function advanceEach(
  engine: Engine, workspaceId: string, customerIds: string[], commands: (Command & { customerId: string })[] = [],
): Promise<{ report: AdvanceReport; failures: Failure[] }> {
  if (customerIds.length === 0) return { report: NOBODY, failures: [] };
  try {
    const report = await tryAgain(() => inWorkspace(engine.database, workspaceId, async (transaction) => advanceHeads(transaction, workspaceId, await lockHeads(transaction, customerIds), commands)));
    await afterBurst(engine, workspaceId, report);
    return { report, failures: [] };
  } catch (error) {
    if (!isOfOneMember(error)) throw error;
    const [alone] = customerIds;
    if (alone !== undefined && customerIds.length === 1) return { report: NOBODY, failures: [{ customerId: alone, error }] };
    const middle = Math.ceil(customerIds.length / 2);
    const first = await advanceEach(engine, workspaceId, customerIds.slice(0, middle), commands);
    const second = await advanceEach(engine, workspaceId, customerIds.slice(middle), commands);
    return {
      report: {
        customers: first.report.customers + second.report.customers,
        cohortIds: [...first.report.cohortIds, ...second.report.cohortIds],
        alarmMinutes: [...first.report.alarmMinutes, ...second.report.alarmMinutes],
        caused: first.report.caused || second.report.caused,
        moved: [...first.report.moved, ...second.report.moved],
        entries: [...first.report.entries, ...second.report.entries],
      },
      failures: [...first.failures, ...second.failures],
    };
  }
}

/** Advances these customers. It throws when nobody could be advanced; who fails beside others is found again by whoever comes next. */
export async function advanceCustomers(engine: Engine, workspaceId: string, customerIds: string[], commands: (Command & { customerId: string })[] = []): Promise<AdvanceReport> {
  const { report, failures } = await advanceEach(engine, workspaceId, customerIds, commands);
  if (failures.length > 0 && failures.length === new Set(customerIds).size) throw failures[0]?.error;
  return report;
}
