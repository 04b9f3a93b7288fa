import { expect, test } from '@playwright/test';
import { openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';
import { parseId } from '#domain/shared/ids.ts';

let brand: Brand;
let merchant: { email: string; password: string };
const customers: Record<'Lina' | 'Nora', string> = { Lina: '', Nora: '' };

const bought = (id: string, store: string, name: string) => ({ id, type: 'purchase', store, customer: { externalId: name }, properties: { orderId: id, amountMinor: 4_200, currency: 'EUR' } });

test.beforeAll(async () => {
  brand = await openBrand('store-journeys');
  const { id: storeId } = await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/stores/nantes', { name: 'Nantes Graslin', city: 'Nantes', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/templates/thanks', { name: 'Thank you', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<!doctype html><html lang="fr"><head><title>Merci</title></head><body><p>Merci.</p></body></html>' } } } });
  for (const name of ['Lina', 'Nora'] as const) customers[name] = String((await brand.call('PUT', '/customers', { identifiers: { externalId: name, email: `${name.toLowerCase()}@example.test` }, profile: { firstName: name } }))['id']);
  for (const id of Object.values(customers)) await brand.call('PUT', `/customers/${id}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  await brand.call('POST', '/events', bought('before', 'lyon', 'Lina'));
  merchant = await brand.addPerson('merchant', [parseId('store', String(storeId)) ?? '']);
});

test('§11.8 a merchant starts a journey from an event, which mails who buys in their store and nobody else', async ({ page }) => {
  const errors = watchErrors(page);
  const refused: string[] = [];
  page.on('response', (response) => { if (response.url().includes('/api/v1/') && response.status() >= 400) refused.push(`${response.status()} ${new URL(response.url()).pathname}`); });
  await walkIn(page, merchant);
  await page.goto('/events');
  await page.getByRole('link', { name: 'purchase', exact: true }).click();
  await page.getByRole('link', { name: 'Start a journey from this' }).click();
  await expect(page.getByText('It begins with what happens at Lyon Croix-Rousse, and nowhere else.')).toBeVisible();
  await page.getByLabel('Name').fill('Thanks from Lyon');
  await page.getByRole('button', { name: 'Create the journey' }).click();
  await page.waitForURL(/\/journeys\/jrn_/);
  const journeyId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const entry = page.locator('.react-flow [data-card="entry"]');
  await expect(entry).toContainText('When a purchase happens at Lyon Croix-Rousse');
  await page.locator('[data-port-node="entry"][data-port="next"] button').click();
  const menu = page.locator('[role="menu"]');
  await expect(menu.locator('[data-kind="sendEmail"]')).toBeVisible();
  await expect(menu.locator('[data-kind="givePoints"], [data-kind="joinJourney"], [data-kind="httpRequest"]')).toHaveCount(0);
  await menu.locator('[data-kind="sendEmail"]').click();
  await page.getByRole('combobox', { name: 'Template' }).or(page.getByRole('textbox', { name: 'Template' })).first().click();
  await page.getByRole('option', { name: 'Thank you' }).click();
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Live v1')).toBeVisible();
  await brand.call('POST', '/events', [bought('at-nantes', 'nantes', 'Nora'), bought('at-lyon', 'lyon', 'Lina')]);
  const mailed = async (name: 'Lina' | 'Nora'): Promise<number> => ((await brand.call('GET', `/customers/${customers[name]}/messages`))['items'] as unknown[]).length;
  await expect.poll(() => mailed('Lina'), { timeout: 15_000 }).toBe(1);
  expect([await mailed('Nora'), await brand.call('GET', `/journeys/${journeyId}/report`)]).toMatchObject([0, { entered: 1, refusedEntries: [] }]);
  await page.goto('/journeys');
  await expect(page.getByRole('row', { name: /Thanks from Lyon/ })).toContainText('Lyon Croix-Rousse');
  expect([errors, refused]).toEqual([[], []]);
});
