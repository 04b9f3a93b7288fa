import { beforeEach, describe, expect, it } from 'vitest';
import { createMember } from '#db/create-member.ts';
import { inWorkspace } from '#db/connection.ts';
import { formatId } from '#domain/shared/ids.ts';
import type { Attempt } from '#domain/requests/retry.ts';
import { createDestination } from '#engine/commands/destinations.ts';
import type { Vendor } from '#engine/dispatch/vendor.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { sendNotices } from '#engine/notices/send-notices.ts';
import { writeNotice } from '#engine/notices/write-notice.ts';
import { webhooksOnce } from '#engine/webhooks/send-webhooks.ts';
import { buildWorkspace, TEST_SECRET } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspaceId: string;
let destinationId: string;
let people = 0;
withTestVendors((made) => ({ sql, engine, vendors } = made));
beforeEach(async () => {
  await sql`delete from owner_notices`;
  workspaceId = (await buildWorkspace(sql, { vendorUrl: vendors.url, kind: 'live' })).id;
  for (const role of ['owner', 'owner', 'marketer']) await createMember(engine.database, { workspaceId, email: `p${(people += 1)}@lutin.test`, name: 'P', role });
  ({ id: destinationId } = await inWorkspace(engine.database, workspaceId, (transaction) => createDestination({ transaction, workspaceId, actor: 'user:test' }, TEST_SECRET, { name: 'ERP <Lyon>', address: 'https://erp.example.com/in', types: ['purchase'] })));
});

const gone: Attempt = { kind: 'answered', status: 410, body: null, retryAfterSeconds: null };
/** A purchase whose webhook is answered 410: nobody takes any there. */
async function disable(): Promise<void> {
  await ingestEvents(engine, workspaceId, ['o-1', 'o-2'].map((id) => ({ id, type: 'purchase', customer: { externalId: 'c-1' }, properties: { orderId: id, amountMinor: 500, currency: 'EUR' } })));
  await webhooksOnce(engine, { workspaceId, destinationId }, async () => gone);
}
const mails = () => sql<{ recipient: string; subject: string; text: string }[]>`select recipient, payload ->> 'subject' as subject, payload ->> 'text' as text from vendor_messages where workspace_id = ${workspaceId} order by recipient`;

describe('the owners of a workspace', () => {
  it('§11.5 are written to once when a destination is disabled, each, in the language of the workspace, and nobody else is', async () => {
    await disable();
    expect(await sendNotices(engine)).toBe(2);
    const sent = await mails();
    expect(sent.map(({ recipient }) => recipient)).toEqual([`p${people - 2}@lutin.test`, `p${people - 1}@lutin.test`]);
    expect(sent[0]?.subject).toBe('Lutin\u00a0: les webhooks vers ERP <Lyon> sont arrêtés');
    expect(sent[0]?.text).toContain(`/settings/destinations/${formatId('destination', destinationId)}`);
    expect(await sendNotices(engine)).toBe(0);
    for (const table of ['messages', 'pressure_entries', 'traces']) expect(await sql`select from ${sql(table)} where workspace_id = ${workspaceId} and ${table === 'traces' ? sql`kind = 'message'` : sql`true`}`).toHaveLength(0);
  });

  it('are written to once although the sender died between the mail and its record', async () => {
    await disable();
    await sendNotices(engine);
    await sql`update owner_notices set state = 'queued', due_at = now()`;
    expect(await sendNotices(engine)).toBe(2);
    expect(await mails()).toHaveLength(2);
  });

  it('are written to later when the vendor cannot be reached, and the notice is not lost', async () => {
    await disable();
    const away: Vendor = { kind: 'resend', batchLimit: 100, repeatable: true, send: async () => ({ kind: 'unavailable', reason: 'down', rate: null }) };
    await sendNotices(engine, () => away);
    expect(await mails()).toHaveLength(0);
    expect(await sendNotices(engine)).toBe(0);
    await sql`update owner_notices set due_at = now()`;
    expect(await sendNotices(engine)).toBe(2);
    expect(await mails()).toHaveLength(2);
  });
});

it('shows a name as it is, whatever signs are in it', () => {
  const { html } = writeNotice({ kind: 'destinationDisabled', workspace: 'Lutin', name: '<b>', days: 5, link: 'https://x.example/?a=1&b=2', language: 'en' });
  expect(html).not.toContain('<b>');
  expect(html).toContain('href="https://x.example/?a=1&#38;b=2"');
});
