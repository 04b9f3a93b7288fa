import { expect, test } from '@playwright/test';
import { openCanvas } from '#tests/e2e/draw-journey.ts';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let journeyId: string;

test.beforeAll(async () => {
  brand = await openBrand('entrycheck');
  const journey = await brand.call('POST', '/journeys', {
    formatVersion: 1, key: 'club', name: 'Club', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, audience: { field: 'customer.city', is: 'equals', value: 'Lyon' }, reentry: { mode: 'onceEver' }, next: 'end' },
    nodes: [{ id: 'end', kind: 'exit', settings: {} }],
  });
  journeyId = String(journey['id']);
  await brand.call('PUT', '/customers', { identifiers: { email: 'emma@shop.test' }, profile: { firstName: 'Emma', language: 'en', city: 'Nice' } });
});

test('a marketer caps the entries, asks for a consent, publishes, and reads line by line why a customer is not in the journey (§1.6, §12.1)', async ({ page }) => {
  const errors = watchErrors(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, await brand.addPerson('owner'));
  await openCanvas(page, journeyId);
  const inspector = page.locator('[data-inspector]');
  const entry = page.locator('[data-card="entry"]').first();
  await entry.click();
  await inspector.getByRole('switch', { name: 'Only so many entries' }).click();
  await inspector.getByLabel('Entries at most').fill('25');
  await inspector.getByRole('switch', { name: 'Only with consent' }).click();
  await expect(entry).toContainText('at most 25 customers a day');
  await expect(entry).toContainText('only with consent to offers by e-mail');
  await expect.poll(async () => JSON.stringify(await brand.call('GET', `/journeys/${journeyId}`))).toContain('"channel":"email"');
  await brand.call('POST', `/journeys/${journeyId}/publish`, {});
  await page.reload();
  await entry.click();
  await inspector.getByRole('combobox', { name: 'Customer', exact: true }).or(inspector.getByRole('textbox', { name: 'Customer', exact: true })).first().fill('Emma');
  await page.getByRole('option', { name: 'Emma' }).click();
  await expect(inspector.getByRole('status')).toHaveText('The customer is not in the audience of the journey.');
  const lines = inspector.getByRole('status').locator('xpath=following-sibling::ul').locator('> li');
  await expect(lines.filter({ hasText: 'Has not happened to them' })).toHaveCount(1);
  await expect(lines.filter({ hasText: 'Not so' })).toContainText('Nice');
  await expect(lines.filter({ hasText: 'Not in force: offers by e-mail.' })).toHaveCount(1);
  await expect(lines.filter({ hasText: '0 of 25 today.' })).toHaveCount(1);
  await expect(inspector.getByRole('link', { name: 'Open the customer’s card' })).toHaveAttribute('href', /\/customers\//);
  await expectSound(page);
  expect(errors).toEqual([]);
});
