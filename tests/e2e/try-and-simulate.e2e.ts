import { expect, test, type Page } from '@playwright/test';
import { openCanvas } from '#tests/e2e/draw-journey.ts';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let journeyId: string;
let customerId: string;
const SIMULATED_WITHIN_MS = 60_000;

test.beforeAll(async () => {
  brand = await openBrand('try');
  await brand.call('PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { en: { subject: 'Thank you {{ customer.firstName }}', html: '<!doctype html><html lang="en"><head><title>Thanks</title></head><body><main><h1>Hello</h1></main></body></html>' } } } });
  const journey = await brand.call('POST', '/journeys', {
    formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' },
    nodes: [
      { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion' }, next: { next: 'again' } },
      { id: 'again', kind: 'waitForEvent', settings: { event: { type: 'purchase' }, timeout: { amount: 7, unit: 'calendarDays' } }, next: { event: 'lyon', timeout: null } },
      { id: 'lyon', kind: 'condition', settings: { condition: { all: [{ field: 'customer.city', is: 'equals', value: 'Lyon' }, { field: 'event.properties.amountMinor', is: 'atLeast', value: 5_000 }] } }, next: { yes: null, no: null } },
    ],
  });
  journeyId = String(journey['id']);
  const customer = await brand.call('PUT', '/customers', { identifiers: { email: 'emma@shop.test' }, profile: { firstName: 'Emma', language: 'en', city: 'Lyon' } });
  customerId = String(customer['id']);
  await brand.call('PUT', `/customers/${customerId}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
});

const panel = (page: Page) => page.getByRole('complementary', { name: 'Try it on someone' });
const steps = (page: Page) => panel(page).getByRole('list', { name: 'Steps so far' }).locator('> li');
const card = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);

async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try…' }).click();
  await panel(page).getByRole('combobox', { name: 'Customer' }).or(panel(page).getByRole('textbox', { name: 'Customer' })).first().fill('Emma');
  await page.getByRole('option', { name: 'Emma' }).click();
  await panel(page).getByRole('button', { name: 'Begin' }).click();
  await expect(steps(page)).toHaveCount(1);
}

test('a marketer tries a draft on a customer, reads the mail and the branch with its reasons, and supposes that she buys on day 2; nothing is sent (§12.3)', async ({ page }) => {
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  await begin(page);
  const next = panel(page).getByRole('button', { name: 'Next step' });
  for (let taken = 1; taken < 5; taken += 1) await next.click();
  await expect(steps(page).last()).toContainText('The e-mail leaves');
  await expect(steps(page).last()).toContainText('Thank you Emma');
  await expect(page.locator('.react-flow__edge[data-id="mail next"] [data-taken="yes"]')).toHaveCount(1);
  await panel(page).getByRole('button', { name: 'Read the message' }).click();
  await expect(page.getByRole('dialog', { name: 'Thank you Emma' }).locator('iframe')).toBeVisible();
  await page.getByRole('button', { name: 'Close the message' }).click();
  await panel(page).getByRole('button', { name: 'To the end' }).click();
  await expect(steps(page).filter({ hasText: 'not within 7 days' })).toHaveCount(1);
  await expect(panel(page).getByText('Nothing more happens by itself.')).toBeVisible();

  for (let back = 0; back < 2; back += 1) await panel(page).getByRole('button', { name: 'Step back' }).click();
  await panel(page).getByText('Suppose something').click();
  await panel(page).getByRole('textbox', { name: 'Suppose they' }).or(panel(page).getByRole('combobox', { name: 'Suppose they' })).first().click();
  await page.getByRole('option', { name: 'buy', exact: true }).click();
  await panel(page).getByLabel('Amount').fill('60');
  await panel(page).getByLabel('After').fill('2');
  await panel(page).getByRole('button', { name: 'Suppose it' }).click();
  await panel(page).getByRole('button', { name: 'To the end' }).click();
  await expect(steps(page).filter({ hasText: 'it happened' })).toHaveCount(1);
  const decided = steps(page).filter({ hasText: 'True:' });
  await expect(decided).toContainText('→ yes');
  await expect(decided).toContainText('“Lyon”');
  await expect(card(page, 'lyon').locator('[data-path="passed"]')).toHaveCount(1);
  await expectSound(page);
  const { items } = await brand.call('GET', '/messages');
  expect(items).toEqual([]);
  expect(errors).toEqual([]);
});

test('a marketer tries an invented person who says no to e-mails, from the keyboard and at 320 px, and reads why nothing is sent', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 800 });
  await walkIn(page, await brand.addPerson('marketer'), 'fr');
  await page.goto(`/journeys/${journeyId}`);
  await page.getByRole('button', { name: 'Essayer…' }).press('Enter');
  await page.getByText('Une personne inventée').click();
  await page.getByRole('checkbox', { name: 'Accepte les e-mails' }).press('Space');
  await page.getByRole('button', { name: 'Commencer' }).press('Enter');
  await page.getByRole('button', { name: 'Jusqu’à la fin' }).press('Enter');
  await expect(page.getByText('Le message n’est pas envoyé (e-mail)')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expectSound(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'Essayer sur quelqu’un' })).toHaveCount(0);
});

test('a marketer simulates a draft over the customers, leaves the page, and finds volume, refusals and the funnel on the canvas (§12.3)', async ({ page }) => {
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  const past = (day: number) => new Date(Date.now() - day * 86_400_000).toISOString();
  await brand.call('POST', '/events', { id: 'past-1', type: 'purchase', occurredAt: past(0), customer: { email: 'emma@shop.test' }, properties: { orderId: 'past-1', amountMinor: 6_000, currency: 'EUR' } });
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  await page.getByRole('link', { name: 'Simulate…' }).click();
  const form = page.getByRole('form', { name: 'Simulate journeys' });
  await expect(form.getByText('Thanks')).toBeVisible();
  await expectSound(page);
  await form.getByRole('button', { name: 'Simulate' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Thanks' })).toBeVisible();
  const address = page.url();
  await page.goto('/journeys/simulations');
  await expect(page.getByText('Done').first()).toBeVisible({ timeout: SIMULATED_WITHIN_MS });
  await page.goto(address);
  await expect(page.getByText('Messages per day and channel')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Messages per day and channel' })).toBeVisible();
  await page.getByText('As a table').first().click();
  await expect(page.getByRole('region', { name: 'Messages per day and channel' }).getByRole('columnheader', { name: 'E-mail' })).toBeVisible();
  await expectSound(page);
  await page.getByRole('link', { name: 'See the funnel on the canvas' }).click();
  await expect(page.getByText('The figures on the steps are those of a simulation')).toBeVisible({ timeout: 30_000 });
  await expect(card(page, 'mail')).toContainText('1 passed');
  expect(errors).toEqual([]);
});
