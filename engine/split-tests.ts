/**
 * The tests of splits: kept in step with what is published, decided once when their moment has come, and chosen or put back by hand (§4.2). The winner is a rule
 * of the workspace from then on: every later burst reads it with the epoch that the decision raised.
 */
import type { JSONValue } from 'postgres';
import { z } from 'zod';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { chooseWinner, countBranches, decidesAt, SplitTest, testSignature, type BranchFigures, type SplitPass } from '#domain/journeys/split-test.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { audit, raiseEpoch, type CommandContext } from '#engine/commands/command-context.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { findGoals } from '#engine/split-goals.ts';
import { tryAgain } from '#engine/try-again.ts';

export const SPLIT_STATES = ['running', 'decided', 'level', 'chosen'] as const;
const Figures = z.array(z.object({ branch: z.string(), people: z.number(), converted: z.number() }));
const Row = z.object({
  journey_id: z.string(), node_id: z.string(), test: SplitTest, branches: z.array(z.string()), state: z.enum(SPLIT_STATES), asks_at: z.number(), decides_at: z.date().nullable(),
  winner: z.string().nullable(), figures: Figures.nullable(), decided_at: z.date().nullable(), decided_by: z.string().nullable(), started_at: z.date(),
});
export type StoredSplitTest = z.infer<typeof Row>;

const columns = (transaction: Transaction) => transaction`journey_id, node_id, test, branches, state, asks_at, decides_at, winner, figures, decided_at, decided_by, started_at`;

const testsOf = (journey: Journey): { nodeId: string; test: SplitTest; branches: string[] }[] =>
  journey.nodes.flatMap((node) => (node.kind === 'randomSplit' && node.settings.test ? [{ nodeId: node.id, test: node.settings.test, branches: node.settings.branches.map(({ key }) => key) }] : []));

/** Passages before which nobody can know when it is decided. */
const firstLook = ({ decideAfter }: SplitTest): number => ('people' in decideAfter ? decideAfter.people : 1);

/** With a publication: a test that is as it was goes on, winner and all; another one begins anew, and one that is gone is forgotten. */
export async function keepSplitTests({ transaction, workspaceId }: CommandContext, journeyId: string, journey: Journey): Promise<void> {
  const tests = testsOf(journey);
  await transaction`delete from split_tests where journey_id = ${journeyId} and node_id <> all(${tests.map(({ nodeId }) => nodeId)}::text[])`;
  for (const { nodeId, test, branches } of tests) {
    const signature = testSignature(test, branches);
    await transaction`
      insert into split_tests (workspace_id, journey_id, node_id, signature, test, branches, state, asks_at, started_at)
      values (${workspaceId}, ${journeyId}, ${nodeId}, ${signature}, ${transaction.json(test as JSONValue)}, ${branches}, 'running', ${firstLook(test)}, workspace_now(${workspaceId}))
      on conflict (workspace_id, journey_id, node_id) do update set signature = excluded.signature, test = excluded.test, branches = excluded.branches, state = 'running', asks_at = excluded.asks_at,
        decides_at = null, winner = null, figures = null, decided_at = null, decided_by = null, started_at = excluded.started_at
        where split_tests.signature <> excluded.signature`;
  }
}

/** Who passed the split since the test began, each by their first passage. Held-out people are compared with nobody here. */
async function loadPasses(transaction: Transaction, { journey_id, node_id, branches, started_at }: StoredSplitTest): Promise<SplitPass[]> {
  const rows = await transaction<{ customer_id: string; branch: string; at: Date }[]>`
    select distinct on (e.customer_id) e.customer_id, t.data ->> 'port' as branch, t.at from enrollments e join traces t on t.enrollment_id = e.id
     where e.journey_id = ${journey_id} and t.node_id = ${node_id} and t.kind = 'passed' and t.at >= ${started_at} and not (e.state ? 'heldOut') order by e.customer_id, t.at, t.id`;
  return rows.filter(({ branch }) => branches.includes(branch)).map(({ customer_id: customerId, branch, at }) => ({ customerId, branch, at: at.getTime() }));
}

/** What each branch has come to at an instant. */
export async function readFigures(transaction: Transaction, workspaceId: string, row: StoredSplitTest, at: Instant): Promise<BranchFigures[]> {
  const passes = await loadPasses(transaction, row);
  return countBranches(row.test, row.branches, passes, await findGoals(transaction, workspaceId, row.test, passes), at);
}

export async function listSplitTests(transaction: Transaction, journeyId: string): Promise<StoredSplitTest[]> {
  return (await transaction`select ${columns(transaction)} from split_tests where journey_id = ${journeyId} order by node_id`).map((row) => Row.parse(row));
}

/** Finds out when the test is decided, or from how many passages on it is worth looking again. */
async function findMoment(transaction: Transaction, row: StoredSplitTest): Promise<void> {
  const passes = await loadPasses(transaction, row);
  const at = decidesAt(row.test, passes);
  const missing = 'people' in row.test.decideAfter ? Math.max(1, row.test.decideAfter.people - passes.length) : 1;
  await transaction`
    update split_tests set decides_at = ${at === null ? null : formatInstant(at)}, asks_at = case when ${at === null} then asks_at + ${missing} else asks_at end
     where journey_id = ${row.journey_id} and node_id = ${row.node_id}`;
}

/** Every burst in flight has read the rules without the winner and is before it in time: the epoch is raised first, then the instant is taken. */
async function decide(context: CommandContext, row: StoredSplitTest, at: Instant): Promise<void> {
  const { transaction, workspaceId } = context;
  const figures = await readFigures(transaction, workspaceId, row, at);
  const winner = chooseWinner(figures);
  await audit(context, { action: 'journey.splitDecided', subject: formatId('journey', row.journey_id), after: { node: row.node_id, winner, figures } });
  await raiseEpoch(context);
  await transaction`
    update split_tests set state = ${winner === null ? 'level' : 'decided'}, winner = ${winner}, figures = ${transaction.json(figures)}, decided_at = ${formatInstant(await readNow(transaction, workspaceId))}, decided_by = null
     where journey_id = ${row.journey_id} and node_id = ${row.node_id}`;
}

/** Looks at the tests of a workspace whose moment is unknown or has come; answers how many. Whoever else does so at once waits, and finds nothing to do. */
export async function decideSplits(engine: Pick<Engine, 'database'>, workspaceId: string): Promise<number> {
  return tryAgain(() => inWorkspace(engine.database, workspaceId, async (transaction) => {
    const now = await readNow(transaction, workspaceId);
    const rows = await transaction`
      select ${columns(transaction)} from split_tests s where state = 'running' and exists (select from journeys j where j.id = s.journey_id and j.status = 'live')
         and (decides_at <= ${formatInstant(now)} or (decides_at is null and has_passed(journey_id, node_id, asks_at))) order by journey_id, node_id for update`;
    for (const row of rows.map((each) => Row.parse(each))) {
      if (row.decides_at === null) await findMoment(transaction, row);
      else await decide({ transaction, workspaceId, actor: 'parcours' }, row, row.decides_at.getTime());
    }
    return rows.length;
  }));
}

/** A person sends everybody to a branch at once, or, with null, puts the test back: its own moment decides again. */
export async function chooseSplit(context: CommandContext, journeyId: string, nodeId: string, branch: string | null): Promise<void> {
  const { transaction, workspaceId, actor } = context;
  const [found] = await transaction`select ${columns(transaction)} from split_tests where journey_id = ${journeyId} and node_id = ${nodeId} for update`;
  if (!found) throw new PermanentError('splitTest.unknown', 'There is no published split with a test of this id.');
  const row = Row.parse(found);
  if (branch !== null && !row.branches.includes(branch)) throw new PermanentError('splitTest.noBranch', `The split has no branch «${branch}».`);
  const figures = branch === null ? null : await readFigures(transaction, workspaceId, row, await readNow(transaction, workspaceId));
  await audit(context, { action: branch === null ? 'journey.splitBack' : 'journey.splitChosen', subject: formatId('journey', journeyId), before: { winner: row.winner }, after: { node: nodeId, winner: branch } });
  await raiseEpoch(context);
  await transaction`
    update split_tests set state = ${branch === null ? 'running' : 'chosen'}, winner = ${branch}, figures = ${figures === null ? null : transaction.json(figures)},
      decided_at = ${branch === null ? null : formatInstant(await readNow(transaction, workspaceId))}, decided_by = ${branch === null ? null : actor}
     where journey_id = ${journeyId} and node_id = ${nodeId}`;
}
