/**
 * A command: customers enter a journey by hand or by a key (§1.1), a page at a time, under the rules of its entry; each refusal leaves its line (§1.6).
 * Asked only to try, it answers what would happen now and changes nothing.
 */
import type { Transaction } from '#db/connection.ts';
import type { Condition } from '#domain/audiences/condition.ts';
import { conditionNeeds } from '#domain/audiences/condition-needs.ts';
import { matchesCondition } from '#domain/audiences/matches.ts';
import { conditionSubject } from '#domain/enrollments/condition-subject.ts';
import { countEntry } from '#domain/enrollments/decide-entry.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import { decideByHand, type EnteredBy } from '#domain/enrollments/enter.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import { formatId } from '#domain/shared/ids.ts';
import { advanceHeads, type AdvanceReport } from '#engine/advance-customers.ts';
import { readEntryCounts } from '#engine/burst/entry-counts.ts';
import { loadEnrollments, lockHeads, readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** How many customers one call looks at. */
export const AT_A_TIME = 200;

/** These customers, or those of all for whom the condition holds, page by page in the order of their ids. */
export type Whom = { customerIds: string[] } | { audience: Condition; after: string | null };
/** `entryId` names the wish; `properties` are what steps and messages read as the event in hand. */
export type EnterInput = { journeyId: string; whom: Whom; by: EnteredBy; entryId: string; properties: Record<string, unknown>; tries: boolean };
/** `reason` is null for who enters (or, when only tried, would). */
export type EntryOutcome = { customerId: string; reason: Reason | null };
/** `next`: the last customer looked at when there may be more. */
export type Entered = { looked: number; outcomes: EntryOutcome[]; next: string | null };

const factsOf = async (transaction: Transaction, workspaceId: string, ids: string[], conditions: Condition[]) => {
  const [workspace, now] = await Promise.all([loadWorkspace(transaction, workspaceId), readNow(transaction, workspaceId)]);
  const facts = await loadFacts(transaction, workspace, [...workspace.plans.values(), { needs: conditionNeeds(...conditions) }], ids, new Map(ids.map((id) => [id, Number.MAX_SAFE_INTEGER])), now);
  return { workspace, now, facts };
};

/** The customers of this page: of a list those who are there, of a condition those it holds for. */
async function choose({ transaction, workspaceId }: CommandContext, whom: Whom): Promise<{ ids: string[]; looked: number; next: string | null }> {
  if ('customerIds' in whom) {
    const rows = await transaction<{ id: string }[]>`select id from customers where id = any(${whom.customerIds}) order by id`;
    if (rows.length < new Set(whom.customerIds).size) throw new PermanentError('customer.unknown', 'One of these customers does not exist.');
    return { ids: rows.map(({ id }) => id), looked: rows.length, next: null };
  }
  const rows = await transaction<{ id: string }[]>`select id from customers where (${whom.after}::uuid is null or id > ${whom.after}) order by id limit ${AT_A_TIME + 1}`;
  const page = rows.slice(0, AT_A_TIME).map(({ id }) => id);
  const { facts, now } = await factsOf(transaction, workspaceId, page, [whom.audience]);
  const holds = (each: CustomerFacts | undefined): boolean => each !== undefined && matchesCondition(whom.audience, conditionSubject(each, null, {}), now);
  return { ids: page.filter((id) => holds(facts.get(id))), looked: page.length, next: rows.length > AT_A_TIME ? (page.at(-1) ?? null) : null };
}

/** What would happen to these customers now, by the kernel's own decision: who would enter takes a place from those after. */
export async function tryEntries(transaction: Transaction, workspaceId: string, asked: Pick<EnterInput, 'journeyId' | 'entryId' | 'properties'>, ids: string[]): Promise<EntryOutcome[]> {
  const [{ workspace, now, facts }, { register }] = await Promise.all([factsOf(transaction, workspaceId, ids, []), loadEnrollments(transaction, ids)]);
  const plan = [...workspace.plans.values()].find(({ journeyId, takesEntries }) => journeyId === asked.journeyId && takesEntries);
  const { rules } = workspace;
  const shared = { offerStock: {}, entryCounts: await readEntryCounts(transaction, plan ? [plan] : [], rules.timeZone, now) };
  return ids.flatMap((customerId) => {
    const mine = facts.get(customerId);
    if (!mine) return [];
    const lines = (register.get(customerId) ?? []).filter(({ journeyId }) => journeyId === asked.journeyId);
    const decision = decideByHand(plan, asked, { facts: mine, rules, shared }, lines, now);
    if (plan && decision.kind === 'enter') countEntry(plan, { rules, shared }, now);
    return [{ customerId, reason: decision.kind === 'refuse' ? decision.reason : null }];
  });
}

/** Call `afterBurst` with the report after the commit. A journey that does not run is refused; a running one that takes nobody in refuses each customer. */
export async function enterCustomers(context: CommandContext, input: EnterInput): Promise<Entered & { report: AdvanceReport | null }> {
  const { transaction, workspaceId } = context;
  const { journeyId, whom, by, entryId, properties, tries } = input;
  const [journey] = await transaction<{ status: string }[]>`select status from journeys where id = ${journeyId}`;
  if (!journey) throw new PermanentError('journey.unknown', 'There is no such journey.');
  if (journey.status !== 'live') throw new PermanentError('journey.state', `A journey that is ${journey.status} takes nobody in.`);
  if ('audience' in whom && conditionNeeds(whom.audience).event) throw new PermanentError('entries.event', 'A choice of customers cannot read an event: there is none.');
  const { ids, looked, next } = await choose(context, whom);
  if (tries) return { looked, outcomes: await tryEntries(transaction, workspaceId, input, ids), next, report: null };
  const heads = await lockHeads(transaction, ids);
  const report = await advanceHeads(transaction, workspaceId, heads, ids.map((customerId) => ({ kind: 'enter', customerId, journeyId, entryId, by, properties })));
  const entered = report.entries.filter(({ reason }) => reason === null).length;
  await audit(context, { action: 'journey.enter', subject: formatId('journey', journeyId), after: { entered, refused: report.entries.length - entered } });
  return { looked, outcomes: report.entries, next, report };
}
