import { expect, test, type Page } from '@playwright/test';
import { card } from '#tests/e2e/draw-journey.ts';
import { openGuide } from '#tests/e2e/guides/follow-guide.ts';
import { expectSound, openBrand, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';
import { totpOf } from '#tests/harness/totp.ts';

const guide = openGuide('campaign-manager', 'fr');
const PASSWORD = 'a password of the tests';
const within = (seconds: number) => ({ timeout: seconds * 1_000 });
const heading = (page: Page, word: string) => expect(page.getByRole('heading', { level: 1, name: guide.on(word) })).toBeVisible();

async function comeIn(page: Page, brand: Brand): Promise<void> {
  const email = `invited-${Date.now()}@example.test`;
  await brand.call('POST', '/invitations', { email, role: 'campaignManager' });
  const { items } = await brand.call('POST', '/sandbox/mailbox/search', { search: email });
  const [link = ''] = /\/invitation\/[\w-]+/.exec(JSON.stringify(items)) ?? [];
  await page.goto(link);
  await guide.field(page, 'Your name').fill('Camille Martin');
  await page.locator('input[name=password]').fill(PASSWORD);
  await guide.press(page, 'Join');
  await expect(page).toHaveURL(/\/journeys$/);
  await heading(page, 'Journeys');
  const [account, yours] = [guide.said('Account'), guide.said('Your account')];
  // Whoever has just joined has the page drawn twice, and a menu that was opened between is closed.
  await expect(async () => {
    await page.getByRole('button', { name: account, exact: true }).click();
    await page.getByRole('menuitem', { name: yours, exact: true }).click({ timeout: 2_000 });
  }).toPass();

  await guide.seen(page, 'Two-factor sign-in');
  await guide.press(page, 'Set it up');
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD);
  await page.getByRole('button', { name: guide.on('Go on') }).click();
  const key = (await page.getByTestId('totp-key').innerText()).replaceAll(' ', '');
  await guide.field(page, 'Digits of the app').fill(totpOf(`otpauth://totp/x?secret=${key}`));
  await guide.press(page, 'Turn it on');
  await expect(page.getByTestId('recovery-codes').getByRole('listitem')).toHaveCount(8);
  await page.getByRole('button', { name: guide.on('I have kept them') }).click();
  await guide.seen(page, 'Add a passkey', 'Where you are signed in', 'Sandbox');
  guide.told('Live');
}

/** Answers where the journey is drawn. */
async function takeAReadyOne(page: Page): Promise<string> {
  await guide.go(page, 'Journeys');
  await heading(page, 'Journeys');
  guide.told('Journeys');
  await page.getByRole('link', { name: guide.said('New journey') }).first().click();
  await page.getByRole('radio').first().check();
  await guide.field(page, 'Your website').fill('https://www.lutin.test');
  await guide.press(page, 'Start from this one');
  await expect(card(page, 'entry')).toBeVisible(within(30));
  return new URL(page.url()).pathname;
}

async function askHowMuchIsTooMuch(page: Page): Promise<void> {
  await guide.go(page, 'Settings', 'Pressure policy');
  await guide.seen(page, 'Rules', 'Categories', 'An ordinary customer’s week');
  await expect(page.getByRole('button', { name: guide.on('Save policy') })).toHaveCount(0);
  await guide.go(page, 'Customers');
  await page.getByRole('link', { name: 'Emma' }).first().click();
  await guide.seen(page, 'Pressure');
}

async function haveItRead(page: Page): Promise<void> {
  await guide.go(page, 'Content', 'Templates');
  await page.getByRole('table').getByRole('link').first().click();
  await guide.press(page, 'Send a test');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(guide.on('To which address')).fill('me@example.org');
  await dialog.getByRole('button', { name: guide.on('Send') }).click();
  await expect(page.getByText(guide.on('Sent to me@example.org.'))).toBeVisible();
  const template = page.url();
  await guide.go(page, 'Mailbox');
  await expect(page.getByText(/\[Test\]/).first()).toBeVisible(within(30));

  await page.goto(template);
  await guide.press(page, 'Send a proof');
  await dialog.getByLabel(guide.on('Name of the list')).fill('Siège');
  await dialog.getByLabel(guide.on('People, one a line')).fill('Camille <camille@example.org>');
  await dialog.getByRole('button', { name: guide.on('Save the list') }).click();
  await dialog.getByRole('button', { name: /^(Envoyer|Send) \d/ }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: guide.on('Send a proof') }).click();
  await guide.seen(dialog, 'Latest proofs');
  await expect(dialog.getByText(/Camille/).first()).toBeVisible();
}

async function tryAndSimulate(page: Page, canvas: string): Promise<void> {
  await page.goto(canvas);
  await guide.press(page, 'Try…');
  await expect(page.getByRole('complementary', { name: guide.on('Try it on someone') })).toBeVisible();
  await page.getByRole('button', { name: guide.on('Close the trial') }).click();
  await page.getByRole('link', { name: guide.said('Simulate…') }).click();
  await page.getByRole('button', { name: guide.on('Simulate') }).click();
  await expect(page.getByRole('link', { name: guide.on('See the funnel on the canvas') })).toBeVisible(within(30));
}

async function runIt(page: Page, canvas: string, brand: Brand): Promise<void> {
  await page.goto(canvas);
  const publish = guide.said('Publish version 1');
  await page.getByRole('button', { name: publish }).click();
  await page.getByRole('dialog').getByRole('button', { name: publish }).click();
  await expect(page.getByText(guide.on('Live v1'))).toBeVisible();
  await brand.call('POST', '/events', { id: 'first', type: 'purchase', customer: { email: 'emma@shop.test' }, properties: { orderId: 'o-1', amountMinor: 4_590, currency: 'EUR' } });
  await expect.poll(async () => (await brand.call('GET', `${canvas}/report`))['inside'], within(30)).toBe(1);

  const more = page.getByRole('button', { name: guide.said('More actions') });
  await more.click();
  await guide.choose(page, 'Pause: everything stays where it is');
  await expect(page.getByText(guide.on('Paused v1'))).toBeVisible();
  await more.click();
  await guide.choose(page, 'Resume');
  await expect(page.getByText(guide.on('Live v1'))).toBeVisible();
  await more.click();
  await guide.choose(page, 'Stop…');
  const confirmation = page.getByRole('dialog', { name: guide.on('Stop this journey') });
  await expect(confirmation.getByText(/^1 /).first()).toBeVisible();
  await confirmation.getByRole('button', { name: guide.on('Stop the journey') }).click();
  await expect(page.getByText(guide.on('Stopped')).first()).toBeVisible();
}

async function readTheFigures(page: Page): Promise<void> {
  await guide.press(page, 'Figures');
  await expect(page.getByRole('slider')).toBeVisible();
  await guide.go(page, 'Settings', 'Workspace', 'Content', 'Messages');
  await heading(page, 'Messages');
  await guide.go(page, 'Settings', 'Log of changes');
  await heading(page, 'Log of changes');
  await expect(page.getByRole('row', { name: /Camille Martin/ }).first()).toBeVisible();
  await expectSound(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: guide.said('Save as CSV') }).click();
  expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
}

test('a campaign manager follows the guide from the invitation to the log of what was changed', async ({ page }) => {
  test.setTimeout(90_000);
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  const brand = await openBrand('campaign-guide');
  await brand.call('PUT', '/customers', { identifiers: { email: 'emma@shop.test' }, profile: { firstName: 'Emma', language: 'fr' } });
  await page.context().addCookies([{ name: 'parcours.language', value: guide.language, url: process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000' }]);
  guide.told('Settings', 'API keys');

  await comeIn(page, brand);
  const canvas = await takeAReadyOne(page);
  await askHowMuchIsTooMuch(page);
  await haveItRead(page);
  await tryAndSimulate(page, canvas);
  await runIt(page, canvas, brand);
  await readTheFigures(page);
  guide.end();
  expect(errors).toEqual([]);
});
