import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { putProofList, removeProofList } from '#engine/commands/proof-lists.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { listProofs, sendProof, type ProofInput } from '#engine/send-proof.ts';
import { sendTest, TESTS_PER_HOUR } from '#engine/send-test.ts';
import { buildCustomer, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspaceId: string;
let listId: string;
withTestVendors((made) => ({ sql, engine, vendors } = made));

const put = async (name: string, recipients: Parameters<typeof putProofList>[2]['recipients']): Promise<string> => {
  const saved = await runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ command }) => putProofList(command, null, { name, recipients }));
  if (!saved.ok) throw new Error(saved.problems[0]?.message);
  return saved.value.id;
};
beforeEach(async () => {
  workspaceId = (await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: '2026-03-10T11:00:00Z' })).id;
  await saveTemplate(engine, workspaceId, { key: 'thanks', name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci {{ customer.firstName }}', html: '<p>Merci</p>' }, en: { subject: 'Thank you', html: '<p>Thanks</p>' } } } });
  await saveTemplate(engine, workspaceId, { key: 'text', name: 'Text', content: { channel: 'sms', variants: { fr: { text: 'Merci STOP' } } } });
  listId = await put('Relecture', [{ kind: 'email', value: 'Ada@lutin.test', name: 'Ada' }, { kind: 'email', value: 'refused+bo@lutin.test' }, { kind: 'phone', value: '06 39 98 00 01' }]);
});
const send = (input: Partial<ProofInput> = {}) => sendProof(engine, workspaceId, 'user:1', { key: 'thanks', listId, readers: [{}], ...input });
const inbox = () => sql<{ recipient: string; subject: string; text: string }[]>`select recipient, payload ->> 'subject' as subject, payload ->> 'text' as text from vendor_messages where workspace_id = ${workspaceId} order by seq`;
const codes = (sent: Awaited<ReturnType<typeof send>>): string[] => (sent.ok ? [] : sent.problems.map(({ code }) => code));

describe('a proof', () => {
  it('§9.8 goes to a named list as chosen readers would get it, marked [BAT], and who got which version is kept', async () => {
    const customerId = await buildCustomer(sql, workspaceId, { profile: { firstName: 'Inès', language: 'fr' } });
    const sent = await send({ readers: [{ customerId }, { language: 'en' }] });
    expect(sent.ok && sent.value.copies.map(({ recipient, language, outcome }) => [recipient, language, outcome])).toEqual([
      ['ada@lutin.test', 'fr', 'sent'], ['refused+bo@lutin.test', 'fr', 'refused'], ['ada@lutin.test', 'en', 'sent'], ['refused+bo@lutin.test', 'en', 'refused'],
    ]);
    expect((await inbox()).map(({ recipient, subject }) => [recipient, subject])).toEqual([['ada@lutin.test', '[BAT] Merci Inès'], ['ada@lutin.test', '[BAT] Thank you']]);
    const [kept] = await inWorkspace(engine.database, workspaceId, (transaction) => listProofs(transaction, 'thanks', 10));
    expect(kept).toMatchObject({ number: 1, list: 'Relecture', actor: 'user:1', copies: [{ name: 'Ada', outcome: 'sent' }, { outcome: 'refused' }, {}, {}] });
  });

  it('§9.8 never counts, and a test does not either: no pressure, message, trace, event, link or report knows of them', async () => {
    const customerId = await buildCustomer(sql, workspaceId, { email: 'ada@lutin.test', phone: '+33639980001', profile: { firstName: 'Inès' } });
    await send({ readers: [{ customerId }] });
    await send({ key: 'text', readers: [{ customerId }] });
    await sendTest(engine, workspaceId, 'user:1', { key: 'thanks', to: 'ada@lutin.test', customerId });
    expect(await inbox()).toHaveLength(3);
    await fetch(`${vendors.url}/callbacks/run`, { method: 'POST' });
    for (const table of ['messages', 'outbox', 'batches', 'pressure_entries', 'traces', 'events', 'links', 'node_passes', 'attributed_sales']) {
      const [there] = await sql<{ there: boolean }[]>`select to_regclass(${table}) is not null as there`;
      if (there?.there) expect(await sql`select from ${sql(table)} where workspace_id = ${workspaceId}`, table).toHaveLength(0);
    }
  });

  it('by SMS begins its text with the mark, and reaches the numbers of the list alone', async () => {
    expect((await send({ key: 'text' })).ok).toBe(true);
    expect((await inbox()).map(({ recipient, text }) => [recipient, text])).toEqual([['+33639980001', '[BAT] Merci STOP']]);
  });

  it('says what is in the way before anything leaves', async () => {
    const phones = await put('Phones', [{ kind: 'phone', value: '+33639980001' }]);
    expect(codes(await send({ listId: phones }))).toEqual(['proof.noRecipients']);
    expect(codes(await send({ key: 'none' }))).toEqual(['template.unknown']);
    await expect(send({ listId: workspaceId })).rejects.toMatchObject({ code: 'proofList.unknown' });
    await expect(put('Phones', [{ kind: 'phone', value: '+33639980001' }])).rejects.toMatchObject({ code: 'proofList.nameTaken' });
    await expect(put('Wrong', [{ kind: 'phone', value: '12' }])).rejects.toThrow();
    expect(await inbox()).toEqual([]);
  });

  it('is counted with the tests of the same person, and stays in the log when its list is taken away', async () => {
    await send();
    await runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ command }) => removeProofList(command, listId));
    expect(await inWorkspace(engine.database, workspaceId, (transaction) => listProofs(transaction, 'thanks', 10))).toMatchObject([{ list: 'Relecture' }]);
    const again = await put('Again', [{ kind: 'email', value: 'ada@lutin.test' }]);
    for (let sent = 1; sent < TESTS_PER_HOUR; sent += 1) await sendTest(engine, workspaceId, 'user:1', { key: 'thanks', to: 'ada@lutin.test' });
    expect(codes(await send({ listId: again }))).toEqual(['test.limit']);
  });
});
