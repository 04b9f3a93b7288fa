import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
test.beforeAll(async () => {
  brand = await openBrand('sign-in');
});

test('whoever is not signed in is led to the sign-in page and, signed in, back to where they wanted to go', async ({ page }) => {
  const errors = watchErrors(page);
  const person = await brand.addPerson('owner');
  await page.goto('/settings/keys');
  await expect(page).toHaveURL(/\/sign-in\?to=%2Fsettings%2Fkeys$/);
  await expectSound(page);
  expect(errors).toEqual([]);
  await page.getByLabel('E-mail').fill(person.email);
  await page.locator('input[name=password]').fill('not the password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('The e-mail or the password is not right.')).toBeVisible();
  await page.locator('input[name=password]').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/keys$/);
  await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name.includes('session_token'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('a person signs out, changes language and look, and both stay', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/journeys');
  await page.getByRole('button', { name: 'Account' }).click();
  await page.getByRole('menuitem', { name: 'Français' }).click();
  await expect(page.getByRole('heading', { name: 'Scénarios' })).toBeVisible();
  await page.getByRole('button', { name: 'Compte' }).click();
  await page.getByRole('menuitem', { name: 'Sombre' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: 'Compte' }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/journeys');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('too many attempts on one account are refused for a while', async ({ page }) => {
  const origin = new URL((await page.goto('/sign-in'))?.url() ?? '').origin;
  const attempt = () => page.request.post('/api/auth/sign-in/email', { data: { email: 'nobody@example.test', password: 'guess' }, headers: { origin } });
  const answers: number[] = [];
  for (let count = 0; count < 11; count += 1) answers.push((await attempt()).status());
  expect(answers.at(0)).toBe(401);
  expect(answers.at(-1)).toBe(429);
});

test('a request that writes needs more than the cookie, and scripts run by a nonce only', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  const shown = await page.goto('/journeys');
  const policy = shown?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'(;|$)/);
  expect(policy.split(';').find((part) => part.includes('script-src'))).not.toContain('unsafe-inline');
  const forged = await page.request.put('/api/v1/workspace', { data: { name: 'Taken', brand: 'Taken', language: 'fr' }, headers: { origin: 'https://elsewhere.example' } });
  expect(forged.status()).toBe(403);
  expect((await forged.json())['code']).toBe('session.otherSite');
});

test('each role finds the places that its scopes open, and no other', async ({ page }) => {
  const places = { owner: ['Journeys', 'Customers', 'All customers', 'Tasks and calls', 'Content', 'Loyalty', 'Stores', 'Till', 'Events', 'Mailbox', 'Settings'], viewer: ['Journeys', 'Customers', 'All customers', 'Tasks and calls', 'Content', 'Loyalty', 'Stores', 'Events', 'Settings'], merchant: ['Journeys', 'Customers', 'All customers', 'Tasks and calls', 'Loyalty', 'Stores', 'Till', 'Events'] } as const;
  for (const role of ['owner', 'viewer', 'merchant'] as const) {
    await page.context().clearCookies();
    await walkIn(page, await brand.addPerson(role));
    await page.goto('/customers');
    await expect(page.getByRole('heading', { name: 'Customers' })).toBeVisible();
    const shown = await page.getByRole('navigation', { name: 'Main navigation' }).locator('ul').first().getByRole('link').allInnerTexts();
    expect(shown.filter((name) => name !== 'Parcours')).toEqual(places[role]);
  }
  await page.goto('/settings/keys');
  await expect(page.getByText('You have no access to this')).toBeVisible();
});
