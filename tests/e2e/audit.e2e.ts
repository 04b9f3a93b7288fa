import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
const journey = { formatVersion: 1, key: 'plain', name: 'Plain', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' }, nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } } }] };
const offer = (percent: number) => ({ key: 'ten', name: { en: 'Ten', fr: 'Dix' }, benefit: { kind: 'percentOff', percent }, validity: { days: 30 } });

test.beforeAll(async () => {
  brand = await openBrand('audit');
  await brand.call('PUT', '/offers/ten', offer(10));
  await brand.call('PUT', '/offers/ten', offer(15));
  await brand.call('POST', '/journeys', journey);
});

test('a marketer reads who changed what, before and after, and sends the filtered log by its address', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/settings/audit');
  const row = page.getByRole('row', { name: /Changed an offer/ });
  await expect(row).toContainText('e2e');
  await row.getByText('1 field').click();
  await expect(row.getByText('{"kind":"percentOff","percent":10}')).toBeVisible();
  await expect(row.getByText('{"kind":"percentOff","percent":15}')).toBeVisible();
  await expectSound(page);
  await page.getByRole('combobox', { name: 'About' }).or(page.getByRole('textbox', { name: 'About' })).first().click();
  await page.getByRole('option', { name: 'Journeys', exact: true }).click();
  await expect(page).toHaveURL(/about=journey/);
  await expect(page.getByRole('row', { name: /Created a journey/ })).toBeVisible();
  await expect(row).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('row', { name: /Created a journey/ })).toBeVisible();
  await page.goto('/settings/audit?until=2020-01-01');
  await expect(page.getByText('Nothing fits these filters')).toBeVisible();
  await page.goto('/settings/audit');
  await page.getByRole('button', { name: 'Only lines on ten' }).first().click();
  await expect(page).toHaveURL(/subject=ten/);
  await expect(page.getByRole('row', { name: /Created an offer/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Created a journey/ })).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('the log speaks French, and is not for a merchant', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'), 'fr');
  await page.goto('/settings/audit');
  await expect(page.getByRole('row', { name: /A créé un scénario/ })).toBeVisible();
  await expectSound(page);
  await page.context().clearCookies();
  await walkIn(page, await brand.addPerson('merchant'));
  await page.goto('/settings/audit');
  await expect(page.getByRole('heading', { name: 'You have no access to this' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Log of changes' })).toHaveCount(0);
  expect((await page.request.get('/api/v1/audit', { headers: { 'x-parcours-page': '1' } })).status()).toBe(403);
});

test('opening a journey without positions saves nothing and shows it in the same places again', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  const made = await brand.call('POST', '/journeys', { ...journey, key: 'unplaced', name: 'Unplaced' });
  const address = `/journeys/${String(made['id'])}`;
  const before = await brand.call('GET', address);
  const places = async () => {
    await page.goto(address);
    const card = page.locator('[data-card="wait"]').first();
    await expect(card).toBeVisible();
    await page.waitForLoadState('networkidle');
    return page.locator('.react-flow__node').evaluateAll((nodes) => nodes.map((node) => [node.getAttribute('data-id'), /translate\([^)]*\)/.exec(node.getAttribute('style') ?? '')?.[0]]));
  };
  const first = await places();
  expect(await places()).toEqual(first);
  await page.getByRole('button', { name: 'Figures' }).click();
  await expect(page.getByText(/Figures appear|Today/).first()).toBeVisible();
  await expectSound(page);
  expect(await brand.call('GET', address)).toEqual(before);
});
