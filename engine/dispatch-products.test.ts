import { expect, it } from 'vitest';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
withTestVendors((made) => ({ sql, engine, vendors } = made));

const PICTURE = `/i/${'b'.repeat(40)}.jpg`;

it('§13.2 shows products with the price and the stock of the hand-over, not of the day on which somebody wrote', async () => {
  const workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: '2026-03-10T11:00:00Z' });
  const put = (sku: string, fr: string, priceMinor: number, stock: number | null) => sql`insert into products (workspace_id, sku, name, price_minor, stock, picture) values (${workspace.id}, ${sku}, ${sql.json({ fr })}, ${priceMinor}, ${stock}, ${PICTURE})`;
  await put('coat', 'Manteau', 8_900, null);
  await put('hat', 'Bonnet', 1_500, 2);
  const saved = await saveTemplate(engine, workspace.id, {
    key: 'shelf', name: 'Shelf', content: { channel: 'email', variants: { fr: { subject: 'Dès {{ products["coat"].price }}', blocks: {
      formatVersion: 1, look: { accent: '#2b5cad', background: '#f2f1ee', font: 'sans' }, footer: { text: '', preferences: 'Choisir' },
      blocks: [{ id: 'p', kind: 'picture', url: PICTURE, alt: 'Une vitrine' }, { id: 's', kind: 'products', source: { from: 'catalogue', skus: ['hat', 'coat'], perRow: 2 } }],
    } } } },
  });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test', profile: { firstName: 'Anna', language: 'fr' } });
  await buildMessages(sql, workspace.id, [{ customerId, templateId: saved.value.templateId }]);
  await sql`update products set price_minor = 7_000 where sku = 'coat'`;
  await sql`update products set stock = 0 where sku = 'hat'`;
  while ((await dispatchOnce(engine, workspace.id)) > 0);
  const answer = await fetch(`${vendors.url}/mailbox?workspaceId=${workspace.id}&limit=10`);
  const { messages: [mail] } = (await answer.json()) as { messages: { subject: string; html: string }[] };
  expect(mail?.subject.replace(/\s/g, ' ')).toBe('Dès 70,00 €');
  expect(mail?.html).toContain('Manteau');
  expect(mail?.html).not.toContain('Bonnet');
  expect(mail?.html.match(new RegExp(`src="http://127.0.0.1:1${PICTURE}"`, 'g'))).toHaveLength(2);
});
