import { createHmac } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
test.beforeAll(async () => { brand = await openBrand('webhooks'); });

/** Pictures for whoever wants to look, when a folder is given. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['E2E_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('a developer adds a destination, reads its secret once, and sees why a test was not taken (§11.5)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/destinations');
  await page.getByRole('button', { name: 'Add a destination' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Order desk');
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('http://10.0.0.1/');
  const types = page.getByRole('combobox', { name: 'Events' });
  for (const type of ['offer.granted', 'purchase']) {
    await types.fill(type);
    await types.press('Enter');
  }
  await types.press('Tab');
  await page.getByRole('button', { name: 'Add the destination' }).click();
  await expect(page.getByText('Write the whole address, beginning with https:// and a host by name.')).toBeVisible();
  await picture(page, 'destination-form');
  await address.fill('https://desk.invalid/parcours');
  await page.getByRole('button', { name: 'Add the destination' }).click();
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_/);
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('link', { name: 'Order desk' }).click();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await expect(page.getByRole('row', { name: /webhook\.test/ })).toContainText('The server could not be reached.', { timeout: 30_000 });
  await expectSound(page);
  await picture(page, 'destination');
  await page.getByRole('row', { name: /webhook\.test/ }).getByRole('button').click();
  await picture(page, 'destination-attempts');
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Give it another secret…' }).click();
  await page.getByRole('button', { name: 'Make the secret' }).click();
  await expect(page.getByTestId('secret')).toHaveText(/^whsec_/);
  await picture(page, 'destination-rotated');
  expect(errors.filter((line) => !line.includes('422'))).toEqual([]);
});

test('a shop is wired without code: its mapping is tried on a sample, and a post that could not be taken is replayed (§11.4)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/connectors');
  await page.getByRole('button', { name: 'Add a connector' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Web shop');
  await page.getByLabel('Secret of the shop').fill('between the shop and us');
  await page.getByRole('button', { name: 'Add the connector' }).click();
  await expect(page.getByRole('heading', { name: 'Web shop' })).toBeVisible({ timeout: 20_000 });
  const url = String(await page.getByText('/api/hooks/').first().textContent());
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  const landed = page.getByRole('region', { name: 'What it becomes' });
  await expect(landed).toContainText('Would be taken');
  await expect(landed).toContainText('"amountMinor": 5400');
  await picture(page, 'connector');
  const body = await page.getByLabel('Body (JSON)').inputValue();
  const sent = JSON.stringify({ ...(JSON.parse(body) as object), total: 'free' });
  const answer = await fetch(url, { method: 'POST', body: sent, headers: { 'x-wc-webhook-signature': createHmac('sha256', 'between the shop and us').update(sent).digest('base64') } });
  expect(answer.status).toBe(202);
  await page.getByRole('textbox', { name: 'Amount', exact: true }).first().fill('$.shipping_total');
  await page.getByRole('button', { name: 'Save the mapping' }).click();
  await expect(page.getByText('The mapping is saved.')).toBeVisible();
  await page.reload();
  const row = page.getByRole('row', { name: /In quarantine/ });
  await expect(row).toContainText('no number');
  await row.getByRole('button').click();
  await expect(page.getByRole('dialog')).toContainText('"free"');
  await picture(page, 'connector-post');
  await page.getByRole('button', { name: 'Take it again' }).click();
  await expect(page.getByRole('row', { name: /woo-727/ })).toContainText('Taken');
  await expectSound(page);
  expect(errors).toEqual([]);
  if (process.env['E2E_PICTURES']) await showOff(page);
});

/** The pages in French, in the dark, on a telephone. */
async function showOff(page: Page): Promise<void> {
  await walkIn(page, await brand.addPerson('owner'), 'fr');
  const [connector] = (await brand.call('GET', '/connectors'))['items'] as [{ id: string }];
  const [destination] = (await brand.call('GET', '/destinations'))['items'] as [{ id: string }];
  for (const [name, address] of [['connectors', '/settings/connectors'], ['connector', `/settings/connectors/${connector.id}`], ['destinations', '/settings/destinations'], ['destination', `/settings/destinations/${destination.id}`]] as const) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    await picture(page, `fr-${name}`);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.emulateMedia({ colorScheme: 'light' });
    await picture(page, `narrow-${name}`);
  }
}
