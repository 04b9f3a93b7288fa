/** An import is a row and a workflow: whoever runs it may be killed at any instant, and another process goes on after the last row that was committed. */
import { afterEach, expect, it } from 'vitest';
import { startImport } from '#engine/commands/imports.ts';
import { armImports } from '#engine/imports/arm-imports.ts';
import { stageFile } from '#engine/imports/stage-file.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { openSleepingBrand, type SleepingBrand, until, wordsOf } from '#tests/integration/sleeping-brand.ts';
import { openWorkerProcesses } from '#tests/integration/worker-processes.ts';

const ROWS = 20_000;
const KILLED_AFTER_ROWS = 2_000;

let brand: SleepingBrand;
const workers = openWorkerProcesses();
afterEach(async () => {
  workers.killAll();
  await brand.close();
});

async function* fileOf(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('external id,email,first name\n');
  for (let index = 0; index < rows; index += 1_000) yield Buffer.from(Array.from({ length: 1_000 }, (_, more) => `C${index + more},lutine.${index + more}@brand.test,Lutine\n`).join(''));
}

it('§11.3 an import whose process is killed with SIGKILL goes on where it was: every row once, one workflow, nothing personal in its history', { timeout: 180_000 }, async () => {
  brand = await openSleepingBrand({ startsAt: Date.UTC(2026, 5, 1, 8) });
  const who = { workspaceId: brand.workspaceId, actor: 'test' };
  const staged = await stageFile(brand.engine, who, { kind: 'customers', fileName: 'lutines.csv' }, fileOf(ROWS));
  if (!staged.ok) throw new Error(JSON.stringify(staged.problems));
  const file = { workspaceId: brand.workspaceId, importId: staged.value };
  expect(await runInWorkspace(brand.engine, who, ({ command }) => startImport(command, file.importId))).toMatchObject({ ok: true });
  const progress = async () => {
    const [row] = await brand.owner<[{ state: string; done: number; counts: Record<string, number> }]>`select state, done, counts from imports`;
    return row;
  };

  const first = workers.start(brand);
  await armImports(brand.engine, [file]);
  await until('the import is on its way', async () => (await progress()).done > KILLED_AFTER_ROWS, 60_000);
  await workers.kill(first);
  const left = await progress();
  expect(left.state).toBe('running');
  expect(left.done).toBeLessThan(ROWS);

  workers.start(brand);
  const done = await until('another process has finished it', async () => {
    const now = await progress();
    return now.state === 'done' && now;
  }, 120_000);
  expect(done).toEqual({ state: 'done', done: ROWS, counts: { created: ROWS } });
  const [counted] = await brand.owner`select (select count(*)::int from customers) as customers, (select count(*)::int from heads) as heads, (select count(distinct value)::int from customer_identifiers where kind = 'email') as emails`;
  expect(counted).toEqual({ customers: ROWS, heads: ROWS, emails: ROWS });
  const handle = brand.client.workflow.getHandle(`import/${file.importId}`);
  await until('its workflow has ended', async () => (await handle.describe()).status.name === 'COMPLETED', 30_000);
  const history = wordsOf(await handle.fetchHistory());
  for (const personal of ['utine', 'brand.test']) expect(history).not.toContain(personal);
});
