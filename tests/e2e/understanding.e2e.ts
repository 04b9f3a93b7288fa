import { readFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import { card, makeJourney, openAtelier, openCanvas } from '#tests/e2e/draw-journey.ts';
import { expectSound, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

const WAIT_FOR_EVENT = { id: 'again', kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: { amount: 20, unit: 'calendarDays' } }, next: { event: null, timeout: null } };
const drawn = (key: string, type: string) => ({
  formatVersion: 1, key, name: `Seen: ${key}`, entry: { trigger: { kind: 'event', event: { type } }, reentry: { mode: 'onceEver' }, next: 'first' },
  nodes: [{ id: 'first', kind: 'wait', settings: { mode: 'duration', duration: { amount: 2, unit: 'calendarDays' } }, next: { next: 'again' } }, WAIT_FOR_EVENT],
});

let brand: Brand;
let journeyId = '';
const enters = async (names: string[]): Promise<void> => {
  for (const name of names) await brand.call('POST', '/events', { id: `in-${name}`, type: 'visit', customer: { email: `${name.toLowerCase()}@example.org`, profile: { firstName: name, lastName: 'Durand' } } });
};
const insideNow = async (): Promise<unknown> => (await brand.call('GET', `/journeys/${journeyId}/report`))['inside'];
const jump = async (days: number): Promise<void> => {
  const { now } = await brand.call('GET', '/clock');
  const { jumpId } = await brand.call('POST', '/clock/jump', { to: new Date(Date.parse(String(now)) + days * 86_400_000).toISOString() });
  await expect.poll(async () => (await brand.call('GET', `/clock/jumps/${String(jumpId)}`))['state'], { timeout: 60_000 }).toBe('done');
};

test.beforeAll(async () => {
  test.setTimeout(180_000);
  brand = await openAtelier('understanding');
  journeyId = String((await brand.call('POST', '/journeys', drawn('seen', 'visit')))['id']);
  await brand.call('POST', `/journeys/${journeyId}/publish`, {});
  await enters(['Ada', 'Bea']);
  await expect.poll(insideNow, { timeout: 20_000 }).toBe(2);
  await jump(5);
  await enters(['Cleo']);
  await expect.poll(insideNow, { timeout: 20_000 }).toBe(3);
});
test.beforeEach(async ({ page }) => { await page.setViewportSize({ width: 1440, height: 900 }); });

const figures = (page: Page) => page.getByRole('region', { name: 'About this journey' });

test('a marketer slides over the last thirty days and sees who stood where, and what each way out had passed (§12.2)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  await expect(card(page, 'first').locator('..')).toContainText('1 here');
  await expect(card(page, 'again').locator('..')).toContainText('2 here');
  await expect(page.locator('[data-chip="entry next"]')).toHaveText('3');
  await figures(page).getByRole('button', { name: 'Figures' }).click();
  const slider = figures(page).getByRole('slider', { name: 'Day shown' });
  await expect(slider).toHaveAttribute('aria-valuetext', /1 entered/);
  await expectSound(page);
  await slider.focus();
  for (let day = 0; day < 4; day += 1) await page.keyboard.press('ArrowLeft');
  await expect(page.getByText(/^Figures as they stood at the end of/)).toBeVisible();
  await expect(card(page, 'first').locator('..')).toContainText('2 here');
  await expect(card(page, 'again').locator('..')).toContainText('0 here');
  await expect(page.locator('[data-chip="entry next"]')).toHaveText('2');
  await expect(page.locator('[data-chip="first next"]')).toHaveCount(0);
  await expectSound(page);
  for (let day = 0; day < 2; day += 1) await page.keyboard.press('ArrowRight');
  await expect(card(page, 'again').locator('..')).toContainText('2 here');
  await figures(page).getByText('On the day', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.locator('[data-chip="entry next"]')).toHaveText('1');
  await figures(page).getByText('All time', { exact: true }).first().click();
  await expect(page.locator('[data-chip="entry next"]')).toHaveText('3');
  expect(errors).toEqual([]);
});

test('a marketer reads until when people wait at a step, filters them and saves them as CSV; the audit log says so (§12.2)', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await openCanvas(page, journeyId);
  await card(page, 'again').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await expect(details.getByText('Next to go on')).toBeVisible();
  await details.getByRole('textbox', { name: 'Find a person here' }).fill('bea');
  await expect(details.getByRole('link', { name: 'Ada Durand' })).toHaveCount(0);
  const [download] = await Promise.all([page.waitForEvent('download'), details.getByRole('button', { name: 'Save as CSV' }).click()]);
  expect(download.suggestedFilename()).toBe('seen-again.csv');
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(',Bea,Durand,bea@example.org,');
  await expect(page.getByText('1 person was saved.')).toBeVisible();
  await page.goto('/settings/audit');
  await expect(page.getByRole('cell', { name: 'Exported the people of a journey' })).toBeVisible();
});

test('from the customer’s card, and from the people at a step, their path is drawn on the canvas with its times (§12.2)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  await card(page, 'again').click();
  await page.getByRole('button', { name: 'More actions: Ada Durand' }).click();
  await page.getByRole('menuitem', { name: 'Show path' }).click();
  const notice = page.getByRole('status').filter({ hasText: 'Path of' });
  await expect(notice).toContainText('Ada Durand');
  await expect(page.locator('.react-flow__edge[data-id="first next"] [data-taken="yes"]')).toHaveCount(1);
  await expect(card(page, 'again').locator('..')).toContainText('is here');
  await expect(card(page, 'first').locator('..')).toContainText(/passed once.*\d\d:\d\d/);
  await expectSound(page);
  await notice.getByRole('link', { name: 'Ada Durand' }).click();
  await page.getByRole('region', { name: 'Journeys' }).getByRole('link', { name: 'Seen: seen' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Path of' })).toContainText('Ada Durand');
  await page.getByRole('link', { name: 'Hide the path' }).click();
  await expect(page.locator('[data-taken]')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('resting on a card, or coming to it by keyboard, tells what happens at its edges; Escape puts it away', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  const hint = page.getByRole('tooltip').filter({ hasText: 'Late' });
  await expect(async () => {
    await page.mouse.move(2, 2);
    await card(page, 'again').hover();
    await expect(hint).toContainText('An event that comes after 20 days changes nothing any more.', { timeout: 2_000 });
  }).toPass();
  await expect(card(page, 'again')).toHaveAttribute('aria-describedby', /.+/);
  await page.keyboard.press('Escape');
  await expect(hint).toHaveCount(0);
  await expect(card(page, 'again')).not.toHaveAttribute('aria-describedby');
  await page.mouse.move(2, 2);
  await card(page, 'entry').focus();
  await page.keyboard.press('ArrowDown');
  await expect(hint).toContainText('Nobody is late');
  await expectSound(page);
  await card(page, 'first').click();
  await expect(page.getByRole('complementary', { name: 'Details' }).getByText('At the edges')).toBeVisible();
});

test('a marketer asks «lives in Lyon, and bought at least 3 times in 30 days» from values that exist, and sees how many with examples', async ({ page }) => {
  for (const [name, city, visits] of [['Dan', 'Lyon', 3], ['Eve', 'Lyon', 1], ['Fay', 'Lille', 3]] as const) {
    await brand.call('PUT', '/customers', { identifiers: { externalId: name }, profile: { firstName: name, city, attributes: { size: name.length } } });
    for (let visit = 0; visit < visits; visit += 1) await brand.call('POST', '/events', { id: `${name}-${visit}`, type: 'workshop', customer: { externalId: name }, properties: { room: 'blue' } });
  }
  const ask = { id: 'ask', kind: 'condition', settings: { condition: { field: 'customer.city', is: 'equals', value: '' } }, next: {} };
  await walkIn(page, await brand.addPerson('marketer'));
  await openCanvas(page, await makeJourney(brand, 'asks', [ask]));
  await card(page, 'ask').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByRole('combobox', { name: 'Value', exact: true }).or(details.getByRole('textbox', { name: 'Value', exact: true })).first().fill('Ly');
  await page.getByRole('option', { name: /^Lyon/ }).click();
  await expect(details.locator('[data-audience="2"]')).toContainText('Dan');
  await details.getByRole('button', { name: 'Add an event count' }).click();
  await details.getByRole('combobox', { name: 'Event' }).or(details.getByRole('textbox', { name: 'Event' })).first().fill('workshop');
  await page.keyboard.press('Tab');
  await details.getByLabel('Times').fill('3');
  await details.getByLabel('In the last days').fill('30');
  await expect(details.getByText(/Reads: city is “Lyon” and .*workshop.* happened at least 3 times in the last 30 days/)).toBeVisible();
  await expect(details.locator('[data-audience="1"]')).toContainText('1 customer of');
  await details.getByRole('combobox', { name: 'What' }).or(details.getByRole('textbox', { name: 'What' })).first().click();
  await expect(page.getByRole('option', { name: '“size”' }).or(page.getByRole('option', { name: /size/ })).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expectSound(page);
});
