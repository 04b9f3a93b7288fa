import { expect, test } from '@playwright/test';
import { expectSound, openBrand, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';
import { totpOf } from '#tests/harness/totp.ts';

let brand: Brand;
/** Browsers keep passkeys for names: this machine's address is opened by its name. */
const byName = (address: string): string => address.replace('127.0.0.1', 'localhost');

test.beforeAll(async () => {
  brand = await openBrand('account');
});

test('somebody invited by mail joins, is led to set two-factor sign-in up, signs in with its digits, and adds a passkey that needs neither', async ({ page, baseURL }) => {
  const errors = watchErrors(page);
  const home = byName(baseURL ?? 'http://127.0.0.1:3000');
  const person = { email: `invited-${Date.now()}@example.test`, password: 'a password of the tests' };
  await brand.call('PUT', '/workspace', { name: 'account', brand: 'Les Petits', language: 'fr', requiresTwoFactor: true });
  /** From a page that asks nothing: it would be told that nobody is signed in. */
  const leave = async (): Promise<void> => {
    await page.goto('about:blank');
    await page.context().clearCookies();
  };
  const enter = async (): Promise<void> => {
    await page.getByLabel('E-mail').fill(person.email);
    await page.locator('input[name=password]').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  expect(await brand.call('POST', '/invitations', { email: person.email, role: 'owner' })).toMatchObject({ mail: 'sent', link: null });
  const { items } = await brand.call('POST', '/sandbox/mailbox/search', { search: person.email });
  const [link = ''] = /\/invitation\/[\w-]+/.exec(JSON.stringify(items)) ?? [];
  await page.goto(`${home}${link}`);
  await expect(page.getByRole('heading', { name: 'account invites you' })).toBeVisible();
  await page.getByLabel('Your name').fill('Inès Martin');
  await page.locator('input[name=password]').fill(person.password);
  await expectSound(page);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('heading', { name: 'Two-factor sign-in is needed' })).toBeVisible();
  await page.locator('input[autocomplete=current-password]').fill(person.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  const key = (await page.getByTestId('totp-key').innerText()).replaceAll(' ', '');
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  await expectSound(page);
  const digits = (): string => totpOf(`otpauth://totp/x?secret=${key}`);
  await page.getByLabel('Digits of the app').fill(digits());
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await expect(page.getByTestId('recovery-codes').getByRole('listitem')).toHaveCount(8);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page).toHaveURL(/\/journeys$/);
  await page.goto(`${home}/account`);
  await expect(page.getByText('8 recovery codes are left.')).toBeVisible();
  await expect(page.getByText('This device')).toBeVisible();

  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name').fill('Test laptop');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByText('Test laptop')).toBeVisible();

  await leave();
  await page.goto(`${home}/sign-in?to=%2Faccount`);
  await enter();
  await page.getByLabel('Six digits of your authenticator app').fill(digits());
  await expectSound(page);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();

  await leave();
  await page.goto(`${home}/sign-in?to=%2Faccount`);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
  await page.getByRole('button', { name: 'End the 2 other sessions' }).click();
  await expect(page.getByText('You are signed in on this device alone.')).toBeVisible();
  expect(errors).toEqual([]);
});
