import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
const waiting = (key: string, name: string) => ({
  formatVersion: 1, key, name, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } } }],
});

test.beforeAll(async () => {
  brand = await openBrand('journeys');
  const { id } = await brand.call('POST', '/journeys', waiting('thank-you', 'Thank you'));
  await brand.call('POST', `/journeys/${String(id)}/publish`, {});
  await brand.call('POST', '/journeys', waiting('later', 'For later'));
  await brand.call('POST', '/events', { id: 'p-1', type: 'purchase', customer: { email: 'lea@example.org', profile: { firstName: 'Léa', lastName: 'Martin' } }, properties: { orderId: 'o-1', amountMinor: 4_590, currency: 'EUR' } });
});

test('a marketer sees who is inside, pauses, resumes and stops a journey with its numbers', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/journeys');
  const line = page.getByRole('row', { name: /Thank you/ });
  await expect(line.getByText('Live', { exact: true })).toBeVisible();
  await expect(line.getByRole('cell').nth(3)).toHaveText('1', { timeout: 15_000 });
  await expectSound(page);
  await page.getByRole('button', { name: 'Actions for Thank you' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(line.getByText('Paused', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Thank you' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(line.getByText('Live', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Actions for Thank you' }).click();
  await page.getByRole('menuitem', { name: 'Stop…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop “Thank you”' });
  await expect(dialog.getByText('1 person leaves now.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('The season is over');
  await dialog.getByRole('button', { name: 'Stop the journey' }).click();
  await expect(line.getByText('Stopped', { exact: true })).toBeVisible();
  expect(errors).toEqual([]);
});

test('a marketer finds journeys by name and status, and begins a new one', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/journeys?status=draft');
  await expect(page.getByRole('row', { name: /For later/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Thank you/ })).toHaveCount(0);
  // What is left of setting the workspace up, until it is put away.
  const guide = page.getByRole('region', { name: 'Getting started' });
  await expect(guide.getByRole('link', { name: 'Write a message' })).toHaveAttribute('href', '/content/templates/new');
  await expect(guide.getByRole('link', { name: 'Publish your journey' })).toHaveCount(0);
  await guide.getByRole('button', { name: 'Put this guide away' }).click();
  await page.reload();
  await expect(page.getByRole('row', { name: /For later/ })).toBeVisible();
  await expect(guide).toHaveCount(0);
  await page.getByRole('link', { name: 'New journey' }).click();
  await expect(page.getByRole('heading', { name: 'New journey' })).toBeVisible();
  await expectSound(page);
  await page.getByRole('tab', { name: 'From nothing' }).click();
  await page.getByLabel('Name').fill('Été à la plage');
  await page.getByRole('button', { name: 'Create the journey' }).click();
  await page.waitForURL(/\/journeys\/jrn_/);
  const { items } = await brand.call('GET', '/journeys');
  expect(JSON.stringify(items)).toContain('"key":"ete-a-la-plage"');
});

test('a newcomer is led from a ready journey to its first run in five steps', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/journeys/new');
  await page.getByRole('radio', { name: /Abandoned cart/ }).click();
  await page.getByLabel('Your website').fill('https://www.lutin.test');
  await page.getByRole('button', { name: 'Start from this one' }).click();
  await page.waitForURL(/\/journeys\/jrn_.*first=1/);
  const steps = page.getByRole('region', { name: 'Your first journey in five steps' });
  await expect(steps.getByRole('listitem').filter({ has: page.getByLabel('Done:') })).toHaveText(['Choose']);
  await page.locator('[data-card="mail"]').click();
  await steps.getByRole('button', { name: 'Try it on someone' }).click();
  await expect(steps.getByRole('listitem').filter({ has: page.getByLabel('Done:') })).toHaveText(['Choose', 'Read', 'Try it']);
  await expectSound(page);
  await page.reload();
  await steps.getByRole('link', { name: 'Simulate' }).click();
  await page.waitForURL(/\/journeys\/simulations\?journey=jrn_/);
  await page.goBack();
  await steps.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Publish/ }).click();
  await expect(steps).toContainText('It is live.');
  await steps.getByRole('button', { name: 'Put these steps away' }).click();
  await expect(steps).toHaveCount(0);
});

test('a viewer reads and is offered no action', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'), 'fr');
  await page.goto('/journeys');
  await expect(page.getByRole('row', { name: /Thank you/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Nouveau scénario' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Actions pour/ })).toHaveCount(0);
});
