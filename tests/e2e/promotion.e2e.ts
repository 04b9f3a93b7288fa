import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let journeyId: string;
const drawn = (days: number) => ({
  formatVersion: 1, key: 'thanks', name: 'Thank you', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next: 'mail' } }, { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion' } }],
});

test.beforeAll(async () => {
  brand = await openBrand('promotion');
  await brand.call('PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  journeyId = String((await brand.call('POST', '/journeys', drawn(2)))['id']);
});

test('an owner makes the live workspace, promotes a journey to it, and finds it there as a draft', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/workspace');
  await page.getByRole('button', { name: 'Make the live workspace' }).click();
  const making = page.getByRole('dialog');
  await making.getByLabel('Name of the new workspace').fill('Les Petits, live');
  await making.getByRole('button', { name: 'Make the live workspace' }).click();
  await expect(page.getByText('The live workspace of this sandbox is Les Petits, live.')).toBeVisible();

  await page.goto(`/journeys/${journeyId}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Promote to live…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Promote this journey to live' });
  await expect(dialog.getByText('New in live')).toHaveCount(2);
  await expect(dialog.getByText('Nobody speaks on this channel yet')).toBeVisible();
  await dialog.getByRole('button', { name: 'Copy to live as a draft' }).click();
  await dialog.getByRole('button', { name: 'Open it in live' }).click();

  await expect(page.getByRole('button', { name: 'Change workspace: you are in Les Petits, live, Live' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name of the journey' })).toHaveValue('Thank you');
  await expect(page.getByText('Draft', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByRole('dialog').getByText('real customers get what leaves from here')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto('/customers');
  await page.getByRole('button', { name: /^Change workspace/ }).click();
  await page.getByRole('menuitem', { name: /promotion/ }).click();
  await expect(page.getByRole('button', { name: 'Change workspace: you are in promotion, Sandbox' })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/customers');
  await expectSound(page);
  expect(errors).toEqual([]);
});
