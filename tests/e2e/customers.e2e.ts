import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let customerId: string;

test.beforeAll(async () => {
  brand = await openBrand('customers');
  await brand.call('PUT', '/programmes/club', { key: 'club', name: { fr: 'Club' }, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 } } });
  const { id } = await brand.call('PUT', '/customers', { identifiers: { email: 'lea@example.org', phone: '0612345678', card: '2701000053' }, profile: { firstName: 'Léa', lastName: 'Martin', city: 'Lyon' } });
  customerId = String(id);
  const { id: journeyId } = await brand.call('POST', '/journeys', {
    formatVersion: 1, key: 'adults', name: 'Only for later', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perPeriod', maximumEntries: 1, period: { amount: 1, unit: 'calendarMonths' } }, next: 'wait' },
    nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } } }],
  });
  await brand.call('POST', `/journeys/${String(journeyId)}/publish`, {});
  for (const order of ['o-1', 'o-2']) await brand.call('POST', '/events', { id: order, type: 'purchase', customer: { card: '2701000053' }, properties: { orderId: order, amountMinor: 4_590, currency: 'EUR' } });
});

test('a customer is found by name, e-mail, phone and card, and nothing typed stands in the address', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'));
  await page.goto('/customers');
  const field = page.getByLabel('Name, e-mail, phone or card');
  for (const typed of ['mart', 'lea@example.org', '06 12 34 56 78', '2701000053']) {
    await field.fill('nobody at all');
    await expect(page.getByText('Nobody fits')).toBeVisible();
    await field.fill(typed);
    await expect(page.getByRole('link', { name: 'Léa Martin' })).toBeVisible();
    expect(page.url()).toMatch(/\/customers$/);
  }
  await expectSound(page);
  await page.getByRole('row', { name: /Léa Martin/ }).getByRole('cell').nth(1).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${customerId}$`));
});

test('the card answers who this is, what happened and why not, and each line opens to its reason', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('viewer'));
  await page.goto(`/customers/${customerId}`);
  await expect(page.getByRole('heading', { name: 'Léa Martin' })).toBeVisible();
  await expect(page.getByText('Balance, club')).toBeVisible();
  await expect(page.getByText('0 of 3 this week')).toBeVisible();
  const refused = page.getByRole('button', { name: /Did not enter “Only for later”/ });
  await expect(refused).toContainText('The customer entered 1 of 1 times in the period.', { timeout: 15_000 });
  await refused.click();
  await expect(refused).toHaveAttribute('aria-expanded', 'true');
  await expectSound(page);
  await page.getByRole('group', { name: 'Show only' }).getByText('Points').click();
  await expect(page).toHaveURL(/kinds=points/);
  await expect(page.getByRole('button', { name: /45 points more/ }).first()).toBeVisible();
  await expect(refused).toHaveCount(0);
  await page.getByRole('button', { name: 'Recompute the history' }).click();
  await expect(page.getByText('The rules come to exactly what happened.')).toBeVisible();
  await page.getByRole('tab', { name: 'Messages' }).click();
  await expect(page.getByText('No message yet')).toBeVisible();
  expect(errors).toEqual([]);
});

test('a marketer changes a consent, which is kept with its source', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto(`/customers/${customerId}`);
  await page.getByRole('combobox', { name: 'Offers by SMS' }).or(page.getByRole('textbox', { name: 'Offers by SMS' })).first().click();
  await page.getByRole('option', { name: 'Agrees' }).click();
  await expect(page.getByText('The consent is kept and obeyed from now on.')).toBeVisible();
  await expect(page.getByText('on this page')).toBeVisible();
  const { consents } = await brand.call('GET', `/customers/${customerId}`);
  expect(consents).toEqual([expect.objectContaining({ purpose: 'marketing', channel: 'sms', state: 'granted', source: 'customerCard' })]);
});

test('a clerk adds a child on the card by the keyboard, corrects the date, takes the child off and puts it back', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto(`/customers/${customerId}`);
  const relatives = page.getByRole('region', { name: 'Relatives' });
  await expect(relatives).toContainText('None known.');
  await relatives.getByRole('button', { name: 'Add a relative' }).press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a relative' });
  await expectSound(page);
  await form.getByLabel('First name').fill('Zoé');
  await form.getByLabel('Born on').fill('2021-04-12');
  await form.getByLabel('Born on').press('Enter');
  await expect(relatives).toContainText('Child · born 12 Apr 2021');
  await relatives.getByRole('button', { name: 'Change Zoé' }).click();
  await page.getByRole('dialog', { name: 'Change a relative' }).getByLabel('Born on').fill('2021-04-13');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(relatives).toContainText('born 13 Apr 2021');
  await relatives.getByRole('button', { name: 'Take off Zoé' }).press('Enter');
  await expect(relatives.getByRole('status')).toContainText('Zoé is taken off.');
  await expect(relatives.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(relatives.getByRole('button', { name: 'Take off Zoé' })).toBeVisible();
  const contracts = page.getByRole('region', { name: 'Contracts' });
  await contracts.getByRole('button', { name: 'Add a contract' }).click();
  await page.getByRole('dialog', { name: 'Add a contract' }).getByLabel('Kind').fill('maintenance');
  await page.getByLabel('Starts on').fill('2025-09-01');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a contract' }).click();
  await expect(contracts).toContainText('Since 1 Sept 2025');
  await page.reload();
  await expect(page.getByRole('button', { name: /Child added to the record/ }).first()).toBeVisible();
  await expectSound(page);
  expect(page.url()).not.toContain('Zo');
  expect(errors).toEqual([]);
});

test('the search by Ctrl-K leads to a customer and to a page', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/journeys');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await page.getByPlaceholder('A customer, a journey or a page').fill('martin');
  await page.getByRole('button', { name: 'Léa Martin' }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${customerId}$`));
  await page.keyboard.press('Control+k');
  // Whoever types on at once loses no letter.
  await page.keyboard.type('API');
  await expect(page.getByPlaceholder('A customer, a journey or a page')).toHaveValue('API');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Senders' })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/settings\/keys$/);
});
