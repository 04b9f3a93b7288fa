import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;

test.beforeAll(async () => {
  brand = await openBrand('settings');
  await brand.call('PUT', '/stores/lyon', { name: 'Lyon Bellecour', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('POST', '/events', [
    { id: 'p-1', type: 'purchase', customer: { email: 'lea@example.org' }, properties: { orderId: 'o-1', amountMinor: 4_590, currency: 'EUR' } },
    { id: 'far', type: 'purchase', customer: { email: 'lea@example.org' }, properties: { orderId: 'o-2', amountMinor: 4_590, currency: 'USD' } },
    { id: 'early', type: 'visit', customer: { email: 'lea@example.org' }, store: 'nice' },
  ]);
});

test('events show their last sample, what was kept without effect and why, and lead to a journey', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/events');
  await page.getByRole('button', { name: 'Last sample of purchase' }).click();
  await expect(page.getByRole('dialog')).toContainText('"amountMinor": 4590');
  await page.keyboard.press('Escape');
  await expectSound(page);
  await page.getByRole('tab', { name: 'Kept without effect' }).click();
  await expect(page.getByRole('row', { name: /far/ })).toContainText('The event is in another currency than the workspace.');
  // Its store is opened now: replayed, the event is taken in as it was posted, and the other one stays with its reason.
  await brand.call('PUT', '/stores/nice', { name: 'Nice', country: 'FR', timeZone: 'Europe/Paris' });
  await page.getByRole('button', { name: 'Replay all' }).click();
  await expect(page.getByText('1 of 2 is taken in now')).toBeVisible();
  await expect(page.getByRole('row', { name: /early/ })).toHaveCount(0);
  await expect(page.getByRole('row', { name: /far/ })).toBeVisible();
  await page.getByRole('tab', { name: 'Types seen' }).click();
  await page.getByRole('link', { name: 'Start a journey from purchase' }).click();
  await expect(page.getByRole('combobox', { name: 'It begins when this event happens' })).toHaveValue('purchase');
  expect(errors).toEqual([]);
});

test('a test event is sent from its form, and its curl says the same', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/events?tab=send&type=purchase');
  const body = page.getByRole('textbox', { name: 'Event', exact: true });
  await expect(body).toHaveValue(/"type": "purchase"/);
  await expect(page.getByText('Authorization: Bearer $PARCOURS_KEY')).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Send the event' }).click();
  await expect(page.getByText('Accepted', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Send the event' }).click();
  await expect(page.getByText('Known already: nothing was done twice')).toBeVisible();
  await body.fill('{"id": "x-1", "type": "Purchase"}');
  await page.getByRole('button', { name: 'Send the event' }).click();
  await expect(page.getByText('The event was refused; nothing was changed')).toBeVisible();
});

test('an owner makes a key that works once shown, and revokes it', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/keys');
  await page.getByRole('button', { name: 'Create a key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Web shop');
  await expectSound(page);
  await dialog.getByRole('button', { name: 'Create the key' }).click();
  const key = await page.getByTestId('secret').innerText();
  const asks = () => page.request.post('/api/v1/customers/search', { data: {}, headers: { authorization: `Bearer ${key}` } });
  expect((await asks()).status()).toBe(200);
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await page.getByRole('button', { name: 'Revoke Web shop' }).click();
  await page.getByRole('dialog', { name: 'Revoke “Web shop”' }).getByRole('button', { name: 'Revoke the key' }).click();
  await expect(page.getByRole('row', { name: /Web shop/ }).getByText('Revoked')).toBeVisible();
  expect((await asks()).status()).toBe(401);
});

test('an owner adds a merchant of a store, who signs in with the first password', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/members');
  await expect(page.getByRole('heading', { name: 'What each role may do' })).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Add a member' }).click();
  const dialog = page.getByRole('dialog');
  const email = `nora-${brand.workspaceId.slice(-12)}@example.test`;
  await dialog.getByLabel('Name').fill('Nora');
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('combobox', { name: 'Role' }).or(dialog.getByRole('textbox', { name: 'Role' })).first().click();
  await page.getByRole('option', { name: 'Merchant' }).click();
  await dialog.getByRole('combobox', { name: 'Stores' }).or(dialog.getByRole('textbox', { name: 'Stores' })).first().click();
  await page.getByRole('option', { name: 'Lyon Bellecour' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Add the member' }).click();
  const password = await page.getByTestId('secret').innerText();
  await dialog.getByRole('button', { name: 'I have handed it over' }).click();
  await expect(page.getByRole('row', { name: /Nora/ })).toContainText('Lyon Bellecour');
  await page.context().clearCookies();
  await walkIn(page, { email, password });
  await page.goto('/customers');
  await expect(page.getByRole('heading', { name: 'Customers' })).toBeVisible();
});

test('an owner changes in whose name e-mails leave, and tries the sender', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/senders');
  await page.getByRole('button', { name: 'Sender for E-mail' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Sender').fill('Maison Lutin');
  await expect(form.getByRole('button', { name: 'Save the sender' })).toBeDisabled();
  await form.getByLabel('Sender').fill('Maison Lutin <hello@lutin.test>');
  await form.getByRole('button', { name: 'Save the sender' }).click();
  await expect(page.getByRole('region', { name: 'E-mail' }).getByText('Maison Lutin <hello@lutin.test>')).toBeVisible();
  await page.getByRole('button', { name: 'Test of E-mail' }).click();
  await page.getByLabel('E-mail address').fill('camille@lutin.test');
  await page.getByRole('button', { name: 'Send the test' }).click();
  await expect(page.getByText('The vendor has taken the test to camille@lutin.test.')).toBeVisible();
  const { items } = await brand.call('POST', '/sandbox/mailbox/search', {});
  expect(JSON.stringify(items)).toContain('Maison Lutin <hello@lutin.test>');
});

test('an owner renames the workspace; the clock of a sandbox jumps to what is due next', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/workspace');
  await page.getByLabel('Name').fill('Demonstration');
  await page.getByRole('button', { name: 'Save the workspace' }).click();
  await expect(page.locator('header').getByText('Demonstration')).toBeVisible();
  await expectSound(page);
  const before = await brand.call('GET', '/clock');
  await page.getByRole('button', { name: /^Test clock/ }).click();
  await page.getByRole('menuitem', { name: 'Jump 1 day' }).click();
  await expect(page.getByText(/in this sandbox/)).toBeVisible({ timeout: 30_000 });
  const after = await brand.call('GET', '/clock');
  expect(Date.parse(String(after['now'])) - Date.parse(String(before['now']))).toBeGreaterThanOrEqual(86_400_000);
});
