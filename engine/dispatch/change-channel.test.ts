import { beforeAll, expect, it } from 'vitest';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
withTestVendors((made) => ({ sql, engine, vendors } = made));
beforeAll(async () => {
  const policy: PressurePolicy = { ...DEFAULT_PRESSURE_POLICY, rules: [{ key: 'mails', scope: { kind: 'channel', channel: 'email' }, window: { kind: 'calendar', unit: 'week' }, maximumCount: 1 }] };
  workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: '2026-03-10T11:00:00Z', policy });
});

async function template(key: string, content: unknown): Promise<string> {
  const saved = await saveTemplate(engine, workspace.id, { key, name: key, content });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.value.templateId;
}

async function dispatchUntilQuiet(): Promise<void> {
  for (let round = 0; round < 50; round += 1) if ((await dispatchOnce(engine, workspace.id)) === 0) return;
}

it('sends what is capped at its hand-over by its other channel, once and under its key, and the trace keeps both (§5.8, §7.8)', async () => {
  const mail = await template('thanks', { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } });
  const text = await template('thanks-sms', { channel: 'sms', variants: { fr: { text: 'Merci. STOP au 36111' } } });
  const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test', phone: '+33639980123' });
  const [, switched = ''] = await buildMessages(sql, workspace.id, [
    { customerId, templateId: mail, priority: 90 },
    { customerId, templateId: mail, whenCapped: { kind: 'otherChannel', channel: 'sms', templateKey: 'thanks-sms' } },
  ]);
  await Promise.all([dispatchUntilQuiet(), dispatchUntilQuiet()]);
  await dispatchUntilQuiet();
  const [message] = await sql`select status, channel, template_id, when_capped, address from messages where id = ${switched}`;
  expect(message).toEqual({ status: 'sent', channel: 'sms', template_id: text, when_capped: { kind: 'skip' }, address: '+33639980123' });
  const answer = await fetch(`${vendors.url}/mailbox?workspaceId=${workspace.id}&limit=10`);
  const { messages } = (await answer.json()) as { messages: { channel: string }[] };
  expect(messages.map(({ channel }) => channel).sort()).toEqual(['email', 'sms']);
  const [changed] = await sql`select data from traces where customer_id = ${customerId} and data ->> 'code' = 'message.channelChanged'`;
  expect(changed?.['data']).toMatchObject({ channel: 'email', reason: { code: 'channelChanged', figures: { from: 'email', to: 'sms' } } });
  const states = await sql<{ state: string }[]>`select state from pressure_entries where customer_id = ${customerId}`;
  expect(states.map(({ state }) => state)).toEqual(['handedOver', 'handedOver']);
});
