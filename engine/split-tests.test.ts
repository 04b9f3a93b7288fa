import { beforeEach, describe, expect, it } from 'vitest';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { chooseBranch } from '#domain/journeys/nodes/random-split.ts';
import { importJourney } from './commands/import-journey.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';
import { runInWorkspace } from './run-command.ts';
import { chooseSplit, decideSplits, listSplitTests } from './split-tests.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
let workspaceId: string;
let journeyId: string;

withTestEngine((made) => { ({ sql, engine } = made); });

const STARTS_AT = Date.UTC(2026, 5, 16, 8);
const HOUR_MS = 3_600_000;
const PEOPLE = 24;
const BRANCHES = [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }];
const definition = (test: Record<string, unknown>, branches = BRANCHES) => ({
  formatVersion: 1, key: 'compare', name: 'Compare', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'split' },
  nodes: [
    { id: 'split', kind: 'randomSplit', settings: { branches, test: { goal: { type: 'order', where: { field: 'event.properties.amount', is: 'atLeast', value: 50 } }, withinHours: 24, decideAfter: { people: PEOPLE }, ...test } }, next: Object.fromEntries(branches.map(({ key }) => [key, 'w'])) },
    { id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 900, unit: 'hours' } } },
  ],
});
const publish = (journey: unknown) => runInWorkspace(engine, { workspaceId, actor: 'test' }, async ({ command }) => {
  const done = await importJourney(command, journey, { publish: true });
  if (!done.ok) throw new Error(JSON.stringify(done.problems));
});
const jumpTo = (hours: number) => sql`update clocks set stands_at = ${new Date(STARTS_AT + hours * HOUR_MS)} where workspace_id = ${workspaceId}`;
const happen = async (events: Record<string, unknown>[]): Promise<void> => {
  await ingestEvents(engine, workspaceId, events);
  while ((await routeOnce(engine, workspaceId)) > 0);
};
const visits = (from: number, count: number) => happen(Array.from({ length: count }, (_, index) => ({ id: `v${from + index}`, type: 'visit', customer: { card: `C${from + index}` } })));
const branchesTaken = async (): Promise<{ card: string; branch: string }[]> => [...await sql<{ card: string; branch: string }[]>`
  select i.value as card, t.data ->> 'port' as branch from traces t join customer_identifiers i on i.customer_id = t.customer_id and i.kind = 'card' where t.workspace_id = ${workspaceId} and t.kind = 'passed' and t.node_id = 'split' order by t.id`];
const stored = () => runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ transaction }) => listSplitTests(transaction, journeyId));

beforeEach(async () => {
  ({ id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: new Date(STARTS_AT).toISOString() }));
  await publish(definition({}));
  [{ id: journeyId }] = await sql<[{ id: string }]>`select id from journeys where workspace_id = ${workspaceId}`;
});

/** Everybody of a branch orders enough; of the other only one, and one too little. */
async function letWin(winner: string): Promise<void> {
  const taken = await branchesTaken();
  const orders = taken.flatMap(({ card, branch }, index) => (branch === winner || index < 1 ? [{ id: `o-${card}`, type: 'order', customer: { card }, properties: { amount: branch === winner ? 60 : 10 } }] : []));
  await happen(orders);
}

describe('§4.2 the test of a split', () => {
  it('sends everybody by weight until n people have had their time, then everybody to the branch that reached the goal most often', async () => {
    await visits(0, PEOPLE - 1);
    expect(await decideSplits(engine, workspaceId)).toBe(0);
    await visits(PEOPLE - 1, 1);
    expect(await decideSplits(engine, workspaceId)).toBe(1);
    expect((await stored())[0]).toMatchObject({ state: 'running', decides_at: new Date(STARTS_AT + 24 * HOUR_MS) });
    await jumpTo(2);
    await letWin('b');
    await visits(100, 10);
    expect(await decideSplits(engine, workspaceId)).toBe(0);
    await jumpTo(24);
    expect(await decideSplits(engine, workspaceId)).toBe(1);
    const taken = await branchesTaken();
    expect(new Set(taken.map(({ branch }) => branch))).toEqual(new Set(['a', 'b']));
    const people = taken.slice(0, PEOPLE).filter(({ branch }) => branch === 'b').length;
    expect((await stored())[0]).toMatchObject({ state: 'decided', winner: 'b', figures: [{ branch: 'a', people: PEOPLE - people, converted: 0 }, { branch: 'b', people, converted: people }] });
    await jumpTo(25);
    await visits(200, 20);
    expect((await branchesTaken()).slice(-20).map(({ branch }) => branch)).toEqual(Array.from({ length: 20 }, () => 'b'));
    expect(await sql`select action, after ->> 'winner' as winner from audit_lines where workspace_id = ${workspaceId} and action like 'journey.split%'`).toEqual([{ action: 'journey.splitDecided', winner: 'b' }]);
  });

  it('is decided once, whoever looks at the same time', async () => {
    await visits(0, PEOPLE);
    await decideSplits(engine, workspaceId);
    await letWin('a');
    await jumpTo(30);
    await Promise.all([1, 2, 3, 4].map(() => decideSplits(engine, workspaceId)));
    expect(await sql`select count(*)::int as n from audit_lines where workspace_id = ${workspaceId} and action = 'journey.splitDecided'`).toEqual([{ n: 1 }]);
  });

  it('keeps the weights when nobody reached the goal', async () => {
    await visits(0, PEOPLE);
    await decideSplits(engine, workspaceId);
    await jumpTo(30);
    await decideSplits(engine, workspaceId);
    expect((await stored())[0]).toMatchObject({ state: 'level', winner: null });
    await visits(300, 20);
    expect(new Set((await branchesTaken()).slice(-20).map(({ branch }) => branch)).size).toBe(2);
  });

  it('goes on with a publication that leaves it as it was, winner and all, and begins anew with other branches', async () => {
    await visits(0, PEOPLE);
    await decideSplits(engine, workspaceId);
    await jumpTo(1);
    await letWin('b');
    await jumpTo(30);
    await decideSplits(engine, workspaceId);
    await publish({ ...definition({}), name: 'Compare again' });
    expect((await stored())[0]).toMatchObject({ state: 'decided', winner: 'b' });
    await publish(definition({}, [...BRANCHES, { key: 'c', weight: 50 }]));
    expect((await stored())[0]).toMatchObject({ state: 'running', winner: null, decides_at: null });
    await jumpTo(31);
    await visits(400, 30);
    expect(new Set((await branchesTaken()).slice(-30).map(({ branch }) => branch))).toEqual(new Set(['a', 'b', 'c']));
  });

  it('is chosen by hand, and put back to the test', async () => {
    const choose = (branch: string | null) => runInWorkspace(engine, { workspaceId, actor: 'user:1' }, ({ command }) => chooseSplit(command, journeyId, 'split', branch));
    await choose('a');
    await jumpTo(1);
    await visits(0, 12);
    expect((await branchesTaken()).every(({ branch }) => branch === 'a')).toBe(true);
    expect((await stored())[0]).toMatchObject({ state: 'chosen', winner: 'a', decided_by: 'user:1' });
    await choose(null);
    await jumpTo(2);
    await visits(50, 20);
    const ids = await sql<{ id: string }[]>`select customer_id as id from customer_identifiers where workspace_id = ${workspaceId} and value like 'C5%' and length(value) = 3 order by value`;
    const expected = ids.slice(0, 10).map(({ id }) => chooseBranch({ branches: BRANCHES }, id, 'split'));
    const taken = new Map((await branchesTaken()).map(({ card, branch }) => [card, branch]));
    expect(Array.from({ length: 10 }, (_, index) => taken.get(`C5${index}`))).toEqual(expected);
    await expect(choose('z')).rejects.toMatchObject({ code: 'splitTest.noBranch' });
  });
});
