/** The test of a split on real servers: a sandbox's clock stops at the moment of the decision, and what comes after goes to the winner (§4.2). */
import { afterEach, expect, it } from 'vitest';
import { importJourney } from '#engine/commands/import-journey.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { readJump, startJump } from '#engine/jump-clock.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { openSleepingBrand, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';

const STARTS_AT = Date.UTC(2026, 5, 1, 8);
const HOUR_SECONDS = 3_600;

let brand: SleepingBrand;
afterEach(() => brand.close());

it('§4.2 a jump over the moment of a decision decides at that moment, and whoever waited until after it goes to the winner', { timeout: 120_000 }, async () => {
  brand = await openSleepingBrand({ startsAt: STARTS_AT, stands: true });
  const { engine, workspaceId, owner } = brand;
  const test = { goal: { type: 'order' }, withinHours: 24, decideAfter: { people: 20 } };
  await runInWorkspace(engine, { workspaceId, actor: 'test' }, async ({ command }) => {
    const done = await importJourney(command, {
      formatVersion: 1, key: 'compare', name: 'Compare', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'late' },
      nodes: [
        { id: 'late', kind: 'condition', settings: { condition: { field: 'event.properties.late', is: 'equals', value: true } }, next: { yes: 'wait', no: 'split' } },
        { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 48, unit: 'hours' } }, next: { next: 'split' } },
        { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }], test }, next: { a: 'tag', b: 'tag' } },
        { id: 'tag', kind: 'changeTag', settings: { does: 'add', tag: 'split' }, next: {} },
      ],
    }, { publish: true });
    if (!done.ok) throw new Error(JSON.stringify(done.problems));
  });
  brand.work();
  const visits = (count: number, late: boolean) => ingestEvents(engine, workspaceId, Array.from({ length: count }, (_, index) => ({ id: `${String(late)}-${index}`, type: 'visit', customer: { card: `${late ? 'L' : 'E'}${index}` }, properties: { late } })));
  const passed = () => owner<{ card: string; branch: string }[]>`
    select i.value as card, t.data ->> 'port' as branch from traces t join customer_identifiers i on i.customer_id = t.customer_id where t.kind = 'passed' and t.node_id = 'split' order by t.id`;
  await visits(20, false);
  await visits(20, true);
  const early = await until('the first twenty have passed', async () => (await passed()).length === 20 && passed());
  const jump = async (hours: number): Promise<void> => {
    const jumpId = await startJump(engine, workspaceId, { bySeconds: hours * HOUR_SECONDS, freeze: true });
    await until('the clock has jumped', async () => (await readJump(engine, jumpId))?.state === 'done', 60_000);
  };
  await jump(1);
  await ingestEvents(engine, workspaceId, early.filter(({ branch }) => branch === 'b').map(({ card }) => ({ id: `o-${card}`, type: 'order', customer: { card } })));
  await jump(60);
  expect((await passed()).slice(20).map(({ branch }) => branch)).toEqual(Array.from({ length: 20 }, () => 'b'));
  expect(await owner`select state, winner, decides_at, decided_at from split_tests`).toEqual([{ state: 'decided', winner: 'b', decides_at: new Date(STARTS_AT + 24 * HOUR_SECONDS * 1_000), decided_at: new Date(STARTS_AT + 24 * HOUR_SECONDS * 1_000) }]);
});
