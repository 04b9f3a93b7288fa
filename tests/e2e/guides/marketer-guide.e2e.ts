import { expect, test, type Page } from '@playwright/test';
import { card, footOf } from '#tests/e2e/draw-journey.ts';
import { openGuide } from '#tests/e2e/guides/follow-guide.ts';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';
import { drawPicture } from '#tests/harness/draw-picture.ts';

const guide = openGuide('marketer', 'en');
const SHOWN = 'Une vitrine d’automne';
const ADDRESS = '3 rue des Lutins, Lyon';
const within = (seconds: number) => ({ timeout: seconds * 1_000 });

/** What the guide takes for granted: customers who read French, and one purchase, by which the product knows what customers do. */
async function openShop(): Promise<Brand> {
  const brand = await openBrand('marketer-guide');
  const { id } = await brand.call('PUT', '/customers', { identifiers: { email: 'emma@shop.test' }, profile: { firstName: 'Emma', language: 'fr' } });
  await brand.call('PUT', `/customers/${String(id)}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  return brand;
}

async function sayHowTheBrandLooks(page: Page): Promise<void> {
  await guide.go(page, 'Settings', 'Brand kit');
  await guide.seen(page, 'Links and buttons', 'Who sends');
  await guide.field(page, 'Postal address').fill(ADDRESS);
  await expect(page.frameLocator('iframe').getByText(ADDRESS)).toBeVisible();
  await expectSound(page);
  await guide.press(page, 'Save the brand kit');
  await expect(page.getByText(guide.on('The brand kit is saved. Customers’ pages show it from now on, and new e-mails begin with it.'))).toBeVisible();
}

async function bringAPicture(page: Page): Promise<void> {
  await guide.go(page, 'Content', 'Pictures');
  await guide.seen(page, 'Choose files');
  await page.locator('input[type=file]').setInputFiles({ name: 'window.png', mimeType: 'image/png', buffer: await drawPicture('#b4532a', 900, 600) });
  await page.getByPlaceholder(guide.said('What it shows')).fill(SHOWN);
  await guide.press(page, 'Add the picture');
  await expect(page.getByRole('button', { name: guide.on('Open window.png') })).toBeVisible();
  await guide.go(page, 'Content', 'Products');
  await expect(page.getByRole('heading', { level: 1, name: guide.on('Products') })).toBeVisible();
}

async function write(page: Page): Promise<void> {
  await guide.go(page, 'Content', 'Templates');
  await guide.press(page, 'New template');
  await guide.choose(page, 'E-mail');
  await guide.field(page, 'Name').fill('Welcome');
  await guide.field(page, 'Key').fill('welcome');
  await guide.field(page, 'Subject').fill('Bienvenue');
  await page.getByRole('textbox', { name: guide.on('Text') }).click();
  await page.getByRole('list', { name: guide.on('Blocks') }).getByRole('button', { name: guide.said('Add a block') }).last().click();
  // A new picture shows one of nobody's until it is chosen.
  await page.route('https://www.example.com/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }));
  await guide.choose(page, 'Picture');
  await guide.press(page, 'Choose from the library');
  await page.getByRole('button', { name: guide.on('Take window.png') }).click();
  const preview = page.getByRole('region', { name: guide.said('Preview') });
  const mail = preview.frameLocator('iframe');
  await expect(mail.getByRole('img', { name: SHOWN })).toBeVisible();
  await expect(mail.getByText(ADDRESS)).toBeVisible();
  await expectSound(page);
  await guide.press(page, 'Create template');
  await expect(page).toHaveURL(/\/content\/templates\/welcome$/);
  await guide.press(page, 'Send a test');
  const test = page.getByRole('dialog');
  await test.getByLabel(guide.on('To which address')).fill('proof@example.org');
  await test.getByRole('button', { name: guide.on('Send') }).click();
  await expect(page.getByText(guide.on('Sent to proof@example.org.'))).toBeVisible();
  await guide.go(page, 'Mailbox');
  await expect(page.getByText('[Test] Bienvenue').first()).toBeVisible(within(30));
}

/** Answers where the journey is drawn. */
async function draw(page: Page): Promise<string> {
  await guide.go(page, 'Journeys');
  await page.getByRole('link', { name: guide.said('New journey') }).first().click();
  await page.getByRole('tab', { name: guide.said('From nothing') }).click();
  await guide.field(page, 'Name').fill('First hour');
  await expect(page.getByRole('combobox', { name: guide.on('It begins when this event happens') })).toHaveValue('purchase');
  await guide.press(page, 'Create the journey');
  await expect(card(page, 'entry')).toBeVisible(within(30));
  await page.locator('[data-port-node="entry"][data-port="next"] button').click();
  await guide.choose(page, 'Send an e-mail');
  const field = guide.said('Template');
  await page.getByRole('combobox', { name: field }).or(page.getByRole('textbox', { name: field })).first().click();
  await page.getByRole('option', { name: 'Welcome' }).click();
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
  return new URL(page.url()).pathname;
}

async function tryIt(page: Page): Promise<void> {
  await guide.press(page, 'Try…');
  const trial = page.getByRole('complementary', { name: guide.on('Try it on someone') });
  await trial.getByText(guide.said('An invented person')).click();
  await guide.press(trial, 'Begin');
  await guide.press(trial, 'To the end');
  await guide.press(trial, 'Read the message');
  await expect(page.getByRole('dialog', { name: 'Bienvenue' }).locator('iframe')).toBeVisible();
  await page.getByRole('button', { name: guide.on('Close the message') }).click();
  await page.getByRole('button', { name: guide.on('Close the trial') }).click();
}

async function simulate(page: Page): Promise<void> {
  await page.getByRole('link', { name: guide.said('Simulate…') }).click();
  await guide.press(page.getByRole('form', { name: guide.on('Simulate journeys') }), 'Simulate');
  await expect(page.getByRole('heading', { level: 1, name: 'First hour' })).toBeVisible();
}

async function publishAndRead(page: Page, canvas: string): Promise<void> {
  await page.goto(canvas);
  const publish = guide.said('Publish version 1');
  await page.getByRole('button', { name: publish }).click();
  await page.getByRole('dialog').getByRole('button', { name: publish }).click();
  await expect(page.getByText(guide.on('Live v1'))).toBeVisible();

  await guide.go(page, 'Till');
  await page.getByLabel(guide.on('Card, phone, e-mail or voucher')).fill('emma@shop.test');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Emma' })).toBeVisible();
  await page.getByLabel(guide.on('Amount')).fill('45');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: guide.on('Done') })).toBeVisible();
  await guide.go(page, 'Events');
  await expect(page.getByText('purchase').first()).toBeVisible(within(30));
  await guide.go(page, 'Mailbox');
  await expect(page.getByRole('button', { name: /emma@shop\.test/ })).toBeVisible(within(30));

  await page.goto(canvas);
  await expect(footOf(page, 'Welcome')).toContainText(guide.language === 'fr' ? /1\spassée?/ : '1 passed', within(30));
}

test('a marketer follows the guide from the brand kit to a mail that a purchase at the till sends, and reads the figures', async ({ page }) => {
  test.setTimeout(90_000);
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  const brand = await openShop();
  await walkIn(page, await brand.addPerson('marketer'), guide.language);
  await page.goto('/journeys');
  await guide.seen(page, 'Sandbox');
  guide.told('Live');

  await sayHowTheBrandLooks(page);
  await bringAPicture(page);
  await write(page);
  const canvas = await draw(page);
  await tryIt(page);
  await simulate(page);
  await publishAndRead(page, canvas);
  guide.end();
  expect(errors).toEqual([]);
});
