import { expect, test, type Locator, type Page } from '@playwright/test';
import { footOf } from '#tests/e2e/draw-journey.ts';
import { openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let owner: { email: string; password: string };

const cardSaying = (page: Page, sentence: string | RegExp): Locator => page.locator('.react-flow [data-card]').filter({ hasText: sentence });
const receipt = (page: Page): Locator => page.getByRole('region', { name: 'Done' });

test.beforeAll(async () => {
  brand = await openBrand('six-stages');
  await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/programmes/club', { key: 'club', name: { en: 'Club', fr: 'Club' }, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 } } });
  await brand.call('PUT', '/templates/thanks', { name: 'Thank you', content: { channel: 'email', variants: { fr: { subject: 'Merci {{ customer.firstName }}', html: '<!doctype html><html lang="fr"><head><title>Merci</title></head><body><main><p>Vous avez {{ balance }} points.</p><p><a href="https://shop.example.org/bottes">Voir les bottes</a></p></main></body></html>' } } } });
  owner = await brand.addPerson('owner');
});

/** Stage 0: draws entry → wait 3 days → 50 points → e-mail, and publishes it. Answers its address. */
async function drawAndPublish(page: Page): Promise<string> {
  await page.goto('/journeys/new');
  await page.getByRole('tab', { name: 'From nothing' }).click();
  await page.getByLabel('Name').fill('Thank you');
  await page.getByRole('button', { name: 'Create the journey' }).click();
  await page.waitForURL(/\/journeys\/jrn_/);
  const add = async (from: Locator, port: string, kind: string): Promise<void> => {
    const id = await from.getAttribute('data-card');
    await page.locator(`[data-port-node="${id}"][data-port="${port}"] button`).click();
    await page.locator(`[role="menu"] [data-kind="${kind}"]`).click();
  };
  await add(page.locator('.react-flow [data-card="entry"]'), 'next', 'wait');
  await expect(cardSaying(page, 'Wait 1 day')).toBeVisible();
  await page.getByLabel(/: amount$/i).fill('3');
  await add(cardSaying(page, 'Wait 3 days'), 'next', 'givePoints');
  await add(cardSaying(page, 'Give 50 points, available at once'), 'next', 'sendEmail');
  await page.getByRole('combobox', { name: 'Template' }).or(page.getByRole('textbox', { name: 'Template' })).first().click();
  await page.getByRole('option', { name: 'Thank you' }).click();
  await expect(cardSaying(page, 'Send the e-mail “Thank you”')).toBeVisible();
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Live v1')).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Stage 1: enrols Dora at the counter, with her yes to e-mail, and rings up 62.50 €. */
async function ringUp(page: Page): Promise<void> {
  await page.goto('/till');
  await expect(page.getByLabel('Card, phone, e-mail or voucher')).toBeFocused();
  await page.keyboard.type('06 39 98 45 67');
  await page.keyboard.press('Enter');
  await page.getByLabel('First name (optional)').fill('Dora');
  await page.getByLabel('E-mail (optional)').fill('dora@example.org');
  await page.getByLabel('Yes, by e-mail').check();
  await page.getByRole('button', { name: 'Enrol' }).click();
  await expect(page.getByRole('heading', { name: 'Dora' })).toBeVisible();
  await page.getByLabel('Amount').fill('62.50');
  await page.keyboard.press('Enter');
  await expect(receipt(page)).toContainText('62 points earned');
}

/** Stages 2 and 3: she waits, and the clock in the header takes her to what is due next. */
async function jumpOverTheWait(page: Page, journey: string): Promise<void> {
  await page.goto(journey);
  await expect(footOf(page, 'Wait 3 days')).toContainText('1 here', { timeout: 30_000 });
  await page.getByRole('button', { name: /^Test clock:/ }).click();
  await page.getByRole('menuitem', { name: /^Jump to what is due next/ }).click();
  await expect(page.getByText(/It is now .* in this sandbox/)).toBeVisible({ timeout: 30_000 });
}

test('a brand’s owner draws a journey, rings up, jumps over the wait, reads the mail, clicks it, and finds it all in figures and on the card (issue 4 §4)', async ({ page }) => {
  test.setTimeout(150_000);
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, owner);
  const journey = await drawAndPublish(page);
  await ringUp(page);
  await jumpOverTheWait(page, journey);

  // 4: the mail has left through the vendor, with the balance of that moment, and its link is followed.
  await page.goto('/mailbox');
  await page.getByRole('button', { name: /dora@example.org/ }).click();
  const opened = page.getByRole('region', { name: 'Message', exact: true });
  await expect(opened.getByRole('heading', { name: 'Merci Dora' })).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('Vous avez 112 points.')).toBeVisible();
  await page.frameLocator('iframe').getByRole('link', { name: 'Voir les bottes' }).click();
  await expect(opened.getByText('Clicked:')).toBeVisible();

  // 5: the vendor's signed webhook has come back: the message is delivered, and clicked.
  await opened.getByRole('link', { name: 'Why it was sent' }).click();
  const facts = page.getByRole('region', { name: 'Facts' });
  await expect(page.getByText('Delivered', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(facts.getByText('Clicked')).toBeVisible();

  // 6: the counters of each step, the points, and the timeline with its reasons.
  await page.goto(journey);
  for (const step of ['Wait 3 days', 'Give 50 points', 'Send the e-mail “Thank you”']) await expect(footOf(page, step)).toContainText('0 here1 passed0 stopped');
  await page.goto('/customers');
  await page.getByLabel('Name, e-mail, phone or card').fill('dora@example.org');
  await page.getByRole('link', { name: 'Dora' }).click();
  await expect(page.getByText('Balance, Club').locator('..')).toContainText('112');
  for (const line of [/Purchase of €62.50/, /62 points more/, /Entered “Thank you”/, /waits at “Wait 3 days”/, /50 points more, given by “Thank you”/, /passed “Wait 3 days” → “Give 50 points, available at once” → “Send the e-mail “Thank you””/, /E-mail of “Thank you”: Delivered/, /Message of “Thank you”: .*Clicked/]) await expect(page.getByRole('button', { name: line }).first()).toBeVisible();
  expect(errors).toEqual([]);
});
