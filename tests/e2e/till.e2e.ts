import { expect, test, type Page } from '@playwright/test';
import { parseId } from '#domain/shared/ids.ts';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let merchant: { email: string; password: string };

const findField = (page: Page) => page.getByLabel('Card, phone, e-mail or voucher');
const receipt = (page: Page) => page.getByRole('region', { name: 'Done' });
const figure = (page: Page, name: string) => receipt(page).locator('div').filter({ hasText: new RegExp(`^${name}`) }).last();

async function openTill(page: Page): Promise<void> {
  await walkIn(page, merchant);
  await page.goto('/till');
  await expect(findField(page)).toBeFocused();
}

/** The till has fetched what it needs without a network, and the browser keeps its page. */
const waitUntilKept = (page: Page) => expect.poll(() => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).match('/till'))?.status))).join())).toBe('200');

/** What the server knows of a customer's balance. */
async function balanceOf(text: string): Promise<number | undefined> {
  const { customer } = await brand.call('POST', '/till/look-up', { text });
  return (customer as { balances: { balance: number }[] } | null)?.balances[0]?.balance;
}

/** What a keyboard wedge does: it types into whatever has the focus, and ends with Enter. */
async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

async function ringUp(page: Page, amount: string): Promise<void> {
  await page.getByLabel('Amount').fill(amount);
  await page.keyboard.press('Enter');
  await expect(receipt(page)).toBeVisible();
}

test.beforeAll(async () => {
  brand = await openBrand('till');
  const { id: storeId } = await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/stores/nantes', { name: 'Nantes Bouffay', city: 'Nantes', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/offers/five', { key: 'five', name: { en: 'Five euros off', fr: 'Cinq euros' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } });
  await brand.call('PUT', '/programmes/club', {
    key: 'club', name: { en: 'Club', fr: 'Club' }, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 } },
    rewards: [{ key: 'five', name: { en: 'A €5 voucher', fr: 'Un bon de 5 €' }, costPoints: 100, offerKey: 'five' }],
  });
  await brand.call('PUT', '/products/coat', { name: { en: 'Red coat', fr: 'Manteau rouge' }, categories: ['coats'], priceMinor: 4_900 });
  for (const [card, firstName] of [['2701000001', 'Anna'], ['2701000002', 'Bea'], ['2701000003', 'Cleo']]) await brand.call('PUT', '/customers', { identifiers: { card }, profile: { firstName } });
  const uuid = parseId('store', String(storeId));
  merchant = await brand.addPerson('merchant', uuid ? [uuid] : []);
});

test('a merchant scans a card, rings up, and reads out what was earned and what is missing', async ({ page }) => {
  const errors = watchErrors(page);
  await openTill(page);
  await expect(page.getByRole('textbox', { name: 'Store' }).or(page.getByRole('combobox', { name: 'Store' })).first()).toHaveValue('Lyon Croix-Rousse');
  await expectSound(page);
  await scan(page, '2701000001');
  await expect(page.getByRole('heading', { name: 'Anna' })).toBeVisible({ timeout: 1_000 });
  await expect(page.getByLabel('Amount')).toBeFocused();
  await ringUp(page, '62,50');
  await expect(receipt(page)).toContainText('62 points earned, 38 to your next reward: A €5 voucher.');
  await expect(figure(page, 'Balance')).toContainText('62');
  await expectSound(page);
  await scan(page, '2701000002');
  await expect(page.getByRole('heading', { name: 'Bea' })).toBeVisible();
  await expect(receipt(page)).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a merchant enrols a customer by phone with consent, in a few seconds and with the wording kept', async ({ page }) => {
  await openTill(page);
  const since = Date.now();
  await scan(page, '06 39 98 71 23');
  await expect(page.getByRole('heading', { name: 'New customer' })).toBeVisible();
  await expect(page.getByLabel('Phone number')).toHaveValue('06 39 98 71 23');
  await expectSound(page);
  await page.getByLabel('First name (optional)').fill('Dora');
  await page.getByLabel('Yes, by SMS').check();
  await page.getByRole('button', { name: 'Enrol' }).click();
  await expect(page.getByRole('heading', { name: 'Dora' })).toBeVisible();
  expect(Date.now() - since).toBeLessThan(45_000);
  const found = await brand.call('POST', '/customers/search', { identifier: { kind: 'phone', value: '+33639987123' } });
  const [{ id }] = found['items'] as [{ id: string }];
  expect((await brand.call('GET', `/customers/${id}`))['consents']).toEqual([expect.objectContaining({ purpose: 'marketing', channel: 'sms', state: 'granted', source: 'till', wordingVersion: 'till-1-en' })]);
});

test('a merchant rings up articles, gives a reward, and takes its voucher on the next purchase', async ({ page }) => {
  await openTill(page);
  await scan(page, '2701000002');
  await expect(page.getByRole('heading', { name: 'Bea' })).toBeVisible();
  for (let times = 0; times < 3; times += 1) {
    await page.getByLabel('Articles (optional)').first().fill('coat');
    await page.getByRole('option', { name: /Red coat/ }).click();
  }
  await page.getByRole('button', { name: 'Ring up €147.00' }).click();
  await expect(receipt(page)).toContainText('147 points earned; every reward is within reach.');
  await page.getByRole('button', { name: 'Give: A €5 voucher' }).click();
  await expect(receipt(page)).toContainText('100 points became a voucher.');
  const code = (await receipt(page).getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? '';
  await receipt(page).getByRole('button', { name: 'Next customer' }).click();
  await scan(page, code);
  await expect(page.getByRole('heading', { name: 'Bea' })).toBeVisible();
  await page.getByLabel('Amount').fill('20');
  await page.getByRole('button', { name: 'Ring up €15.00' }).click();
  await expect(receipt(page)).toContainText('15 points earned');
  await expect(figure(page, 'Discount')).toContainText('€5.00');
  await receipt(page).getByRole('button', { name: 'Next customer' }).click();
  await scan(page, code);
  await expect(page.getByRole('alert').filter({ hasText: 'This voucher was used already' })).toBeVisible();
});

test('a merchant corrects a wrong amount in two touches with its reason', async ({ page }) => {
  await openTill(page);
  await scan(page, '2701000003');
  await expect(page.getByRole('heading', { name: 'Cleo' })).toBeVisible();
  await ringUp(page, '500');
  await receipt(page).getByRole('button', { name: 'Cancel this purchase' }).click();
  await page.getByRole('button', { name: 'Wrong amount' }).click();
  await expect(page.getByLabel('Amount')).toHaveValue('500.00');
  await expect(page.getByRole('region', { name: 'Customer' }).locator('strong').first()).toHaveText('0');
  await ringUp(page, '50');
  await expect(figure(page, 'Balance')).toContainText('50');
  const { items } = await brand.call('GET', '/event-types');
  expect(JSON.stringify(items)).toContain('wrongAmount');
});

test('a till without network goes on ringing up, says so, and counts each sale once when it is back', async ({ page, context }) => {
  await openTill(page);
  await waitUntilKept(page);
  await context.setOffline(true);
  await scan(page, '2701000001');
  await expect(page.getByText(/cannot be looked up/)).toBeVisible();
  await page.getByRole('button', { name: 'Go on without a card' }).click();
  await ringUp(page, '10');
  await expect(receipt(page)).toContainText('€10.00 is kept on this till and leaves as soon as the network is back.');
  await receipt(page).getByRole('button', { name: 'Next customer' }).click();
  await scan(page, '0639987124');
  await page.getByRole('button', { name: 'Enrol' }).click();
  await ringUp(page, '30');
  await expect(receipt(page)).toContainText('About 30 points');
  await expect(page.getByText('Offline: 3 operations are kept here and will be sent.')).toBeVisible();
  await page.reload().catch(() => {});
  await context.setOffline(false);
  await page.goto('/till');
  await expect(findField(page)).toBeFocused();
  await expect.poll(() => balanceOf('0639987124'), { timeout: 20_000 }).toBe(30);
  await expect(page.getByText(/to be sent|will be sent/)).toHaveCount(0);
  await scan(page, '0639987124');
  await expect(page.getByRole('region', { name: 'Customer' }).locator('strong').first()).toHaveText('30');
});

test('someone who may only look is told that the till is not theirs', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'));
  await page.goto('/till');
  await expect(page.getByRole('heading', { name: 'You have no access to this' })).toBeVisible();
  await expectSound(page);
});

test('a till that is reloaded without network comes up, rings up, and sends once the network is back', async ({ page, context }) => {
  await openTill(page);
  await waitUntilKept(page);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname))).toEqual(['/till']);
  await context.setOffline(true);
  await page.reload();
  await expect(findField(page)).toBeFocused();
  await scan(page, '2701000003');
  await page.getByRole('button', { name: 'Enrol' }).click();
  await ringUp(page, '20');
  await expect(receipt(page)).toContainText('€20.00 is kept on this till');
  await expect(receipt(page)).toContainText('About 20 points');
  await expect(page.getByText('You are offline.')).toHaveCount(0);
  await expectSound(page);
  await page.reload();
  await expect(page.getByText(/Offline: \d+ operations are kept here/)).toBeVisible();
  await context.setOffline(false);
  await page.reload();
  await expect(findField(page)).toBeFocused();
  await expect.poll(() => balanceOf('2701000003'), { timeout: 20_000 }).toBe(70);
  await expect(page.getByText(/to be sent|will be sent/)).toHaveCount(0);
});

test('nothing of the till is left on the machine for whoever signs in next', async ({ page }) => {
  await openTill(page);
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(1);
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
  expect(await page.evaluate(async () => caches.keys())).toEqual([]);
});
