import { expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

it('makes another version of a template at each saving, and none can be written again or taken away, so that what was sent stays readable', async () => {
  const workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  const content = (text: string) => ({ key: 'text', name: 'Text', content: { channel: 'sms' as const, variants: { fr: { text } } } });
  const first = await saveTemplate(engine, workspace.id, content('Un'));
  expect(await saveTemplate(engine, workspace.id, content('Deux'))).toMatchObject({ ok: true, value: { number: 2 } });
  const id = first.ok ? first.value.versionId : '';
  const inApp = (statement: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<unknown>) => inWorkspace(engine.database, workspace.id, async (transaction) => { await statement(transaction); });
  await expect(inApp((transaction) => transaction`update template_versions set content = '{}' where id = ${id}`)).rejects.toThrow('permission denied');
  await expect(inApp((transaction) => transaction`delete from template_versions where id = ${id}`)).rejects.toThrow('permission denied');
  const [kept] = await sql`select content -> 'source' -> 'variants' -> 'fr' ->> 'text' as text from template_versions where id = ${id}`;
  expect(kept?.['text']).toBe('Un');
});
