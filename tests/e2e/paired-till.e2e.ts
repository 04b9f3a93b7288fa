import { expect, test, type Page } from '@playwright/test';
import { parseId } from '#domain/shared/ids.ts';
import { expectSound, openBrand, walkIn } from '#tests/e2e/open-brand.ts';

const WITHIN_A_MINUTE_MS = 60_000;
const kept = (page: Page) => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).match('/till'))?.status))).join());

/** What a scanner does on a machine that is not busy: all keys within some milliseconds, into whatever has the focus. */
const scanAtOnce = (page: Page, text: string) => page.evaluate((keys) => {
  for (const key of keys) {
    const goesOn = (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    if (goesOn && key.length === 1) document.execCommand('insertText', false, key);
  }
}, [...text, 'Enter']);

test('§11.6 a merchant pairs a till in three clicks and under a minute; it works without an account, by PIN, by scanner and without network, until it is revoked', async ({ page, browser }) => {
  const brand = await openBrand('paired');
  const { id } = await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/customers', { identifiers: { card: '2701000001' }, profile: { firstName: 'Anna' } });
  const merchant = await brand.addPerson('merchant', [parseId('store', String(id)) ?? '']);
  const context = await browser.newContext();
  const device = await context.newPage();
  await context.addCookies([{ name: 'parcours.language', value: 'en', url: new URL(process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000').origin }]);
  await walkIn(page, merchant);
  await page.goto('/tills');

  const since = Date.now();
  await page.getByRole('button', { name: 'Add a till' }).click();
  await page.getByRole('button', { name: 'Get the code' }).click();
  const code = (await page.getByTestId('till-code').textContent()) ?? '';
  await device.goto('/till');
  await device.getByLabel('Code').fill(code.toLowerCase());
  await device.getByRole('button', { name: 'Pair' }).click();
  await expect(device.getByLabel('Card, phone, e-mail or voucher')).toBeFocused();
  await expect(page.getByText('Counter 1 is paired and ready.')).toBeVisible();
  expect(Date.now() - since).toBeLessThan(WITHIN_A_MINUTE_MS);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('Name').fill('Nadia');
  await page.getByLabel('PIN').fill('4071');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Lyon Croix-Rousse' })).toContainText('Connected');
  await expectSound(page);

  await device.reload();
  await device.getByLabel('PIN of Nadia').fill('4071');
  await device.keyboard.press('Enter');
  await device.getByLabel('Amount').fill('12');
  await device.getByLabel('Amount').focus();
  await scanAtOnce(device, '2701000001');
  await expect(device.getByRole('heading', { name: 'Anna' })).toBeVisible();
  await expect(device.getByLabel('Amount')).toHaveValue('12');
  await device.getByLabel('Amount').press('Enter');
  await expect(device.getByRole('region', { name: 'Done' })).toContainText('€12.00');
  await expectSound(device);

  await expect.poll(() => kept(device)).toBe('200');
  await context.setOffline(true);
  await device.reload();
  await device.getByLabel('Amount').fill('30');
  await device.getByLabel('Amount').press('Enter');
  await expect(device.getByText('€30.00 is kept on this till')).toBeVisible();
  await context.setOffline(false);
  await device.reload();
  await expect(device.getByText(/to be sent|will be sent/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for Counter 1' }).click();
  await page.getByRole('menuitem', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Counter 1 is revoked.')).toBeVisible();
  await device.reload();
  await expect(device.getByText(/is none any more/)).toBeVisible();
  await expectSound(device);
  await context.close();
});
