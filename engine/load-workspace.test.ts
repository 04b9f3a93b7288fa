import { expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { raiseEpoch } from './commands/command-context.ts';
import { loadWorkspace } from './load-workspace.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

it('forgets what a command read of its own that was rolled back', async () => {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  const change = (language: string, fails: boolean) => inWorkspace(engine.database, id, async (transaction) => {
    await transaction`update workspaces set language = ${language} where id = ${id}`;
    await raiseEpoch({ transaction, workspaceId: id, actor: 'test' });
    if (!fails) return;
    await loadWorkspace(transaction, id);
    throw new Error('rolled back');
  });
  await expect(change('de', true)).rejects.toThrow('rolled back');
  await change('en', false);
  expect((await inWorkspace(engine.database, id, (transaction) => loadWorkspace(transaction, id))).rules.language).toBe('en');
});
