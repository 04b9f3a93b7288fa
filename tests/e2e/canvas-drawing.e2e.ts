import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { card, cards, makeJourney, openAtelier, openCanvas, saved, threeWaits } from '#tests/e2e/draw-journey.ts';
import { expectSound, walkIn, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let owner: { email: string; password: string };
test.beforeAll(async () => {
  brand = await openAtelier('canvas-drawing');
  owner = await brand.addPerson('owner');
});
test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, owner);
});

test('a marketer selects steps by a lasso, copies them and pastes them into another journey in another window', async ({ page, context }) => {
  await openCanvas(page, await makeJourney(brand, 'copy-from', threeWaits()));
  const [first, last] = [await card(page, 'one').boundingBox(), await card(page, 'two').boundingBox()];
  await page.keyboard.down('Shift');
  await page.mouse.move((first?.x ?? 0) - 60, (first?.y ?? 0) - 12);
  await page.mouse.down();
  await page.mouse.move((last?.x ?? 0) + 320, (last?.y ?? 0) + 40, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await expect(page.locator('.react-flow [data-selected]')).toHaveCount(2);
  await page.keyboard.press('Control+c');
  const other = await context.newPage();
  await other.setViewportSize({ width: 1440, height: 900 });
  await openCanvas(other, await makeJourney(brand, 'copy-to'));
  await card(other, 'entry').click();
  await other.keyboard.press('Control+v');
  await expect(cards(other)).toHaveCount(3);
  await expect(other.locator('.react-flow__edge')).toHaveCount(2);
  await other.keyboard.press('Control+d');
  await expect(cards(other)).toHaveCount(5);
  await saved(other);
});

test('undo is named, and outlives a reload', async ({ page }) => {
  await openCanvas(page, await makeJourney(brand, 'undo-reload', threeWaits()));
  await card(page, 'one').click();
  await page.getByRole('complementary', { name: 'Details' }).locator('fieldset input:not([type=radio])').first().fill('5');
  await expect(page.getByRole('button', { name: 'Undo: wait 1 hour → 5 hours' })).toBeEnabled();
  await saved(page);
  await page.waitForFunction(async () => (await indexedDB.databases()).some(({ name }) => name === 'parcours-drawings'));
  await page.reload();
  await expect(cards(page).filter({ hasText: 'Wait 5 hours' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo: wait 1 hour → 5 hours' }).click();
  await expect(cards(page).filter({ hasText: 'Wait 1 hour' })).toHaveCount(1);
  await saved(page);
});

test('what is drawn without a connection waits, and is saved once there is one', async ({ page, context }) => {
  const journeyId = await makeJourney(brand, 'offline', threeWaits());
  await openCanvas(page, journeyId);
  await context.setOffline(true);
  await card(page, 'two').click();
  await page.keyboard.press('Delete');
  await expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'offline');
  await context.setOffline(false);
  await saved(page);
  expect(((await brand.call('GET', `/journeys/${journeyId}`))['draft'] as { nodes: unknown[] }).nodes).toHaveLength(2);
});

test('two people draw one journey: both are seen, different steps are put together, one step is shown side by side', async ({ page, browser }) => {
  const journeyId = await makeJourney(brand, 'two-people', threeWaits());
  const there = await (await browser.newContext({ baseURL: process.env['E2E_BASE_URL'] ?? '', viewport: { width: 1440, height: 900 } })).newPage();
  await walkIn(there, await brand.addPerson('marketer'));
  await openCanvas(page, journeyId);
  await openCanvas(there, journeyId);
  await expect(page.getByLabel('Also here: Test marketer')).toBeVisible();
  const hours = (window: typeof page, amount: string): Promise<void> => window.getByRole('complementary', { name: 'Details' }).locator('fieldset input:not([type=radio])').first().fill(amount);
  await card(page, 'one').click();
  await hours(page, '7');
  await saved(page);
  await card(there, 'three').click();
  await hours(there, '9');
  await saved(there);
  await expect(cards(there).filter({ hasText: 'Wait 7 hours' })).toHaveCount(1);
  await expect(cards(page).filter({ hasText: 'Wait 9 hours' })).toHaveCount(1);

  await there.context().setOffline(true);
  await card(there, 'two').click();
  await hours(there, '4');
  await card(page, 'two').click();
  await hours(page, '6');
  await saved(page);
  await there.context().setOffline(false);
  await expect(there.getByText('Somebody else changed this draft')).toBeVisible();
  const question = there.getByRole('alert').filter({ hasText: 'Somebody else changed this draft' });
  await expect(question).toContainText('Wait 4 hours');
  await expect(question).toContainText('Wait 6 hours');
  await question.getByText('Theirs', { exact: true }).last().click();
  await there.getByRole('button', { name: 'Put together' }).click();
  await expect(cards(there).filter({ hasText: 'Wait 6 hours' })).toHaveCount(1);
  await saved(there);
  await there.context().close();
});

test('a marketer moves a branch without dragging, writes a note and sees warnings with the step they are about', async ({ page }) => {
  const until = { id: 'night', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '02:30' }, next: {}, position: { x: 0, y: 800 } };
  const [one, two, three] = threeWaits() as { next: unknown }[];
  await openCanvas(page, await makeJourney(brand, 'move-note', [one, two, { ...three, next: { next: 'night' } }, until]));
  await expect(page.getByRole('button', { name: /Warnings \(1\)/ })).toBeVisible();
  await page.getByRole('button', { name: /Warnings \(1\)/ }).click();
  await page.getByRole('button', { name: 'Show me' }).click();
  await expect(card(page, 'night')).toBeFocused();
  await card(page, 'three').click();
  await page.keyboard.press('b');
  await page.keyboard.press('m');
  await expect(page.getByText('Press the + where')).toBeVisible();
  await card(page, 'entry').focus();
  await page.keyboard.press('a');
  await page.getByRole('menuitem', { name: 'Move 2 steps here' }).click();
  await expect(page.locator('.react-flow__edge[data-id="night next"]')).toHaveCount(1);
  await page.keyboard.press('n');
  await page.getByLabel('Text', { exact: true }).fill('Ask Anna before changing this');
  await expect(page.locator('.react-flow').getByText('Ask Anna before changing this')).toBeVisible();
  await saved(page);
  await expectSound(page);
});

test('a marketer compares two versions, restores one, and takes the journey out as file, SVG and PNG and in again', async ({ page }) => {
  const journeyId = await makeJourney(brand, 'versions', threeWaits());
  await brand.call('POST', `/journeys/${journeyId}/publish`, { reason: 'The first one' });
  await openCanvas(page, journeyId);
  await card(page, 'two').click();
  await page.keyboard.press('Delete');
  await saved(page);
  await page.getByRole('button', { name: 'Versions' }).click();
  await expect(page.getByText('The first one')).toBeVisible();
  await page.getByRole('button', { name: 'Compare…' }).click();
  const dialog = page.getByRole('dialog', { name: 'What differs' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Removed' })).toContainText('Wait 2 hours');
  await expect(dialog.getByRole('img', { name: 'Picture of the differences' }).locator('svg')).toBeVisible();
  await expectSound(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Restore as draft' }).click();
  await expect(cards(page)).toHaveCount(4);
  await card(page, 'one').focus();
  await page.keyboard.press('e');
  const take = async (name: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return readFile(await download.path());
  };
  const file = await take('Save as a file (JSON)');
  expect((await take('Save as a picture (SVG)')).toString()).toContain('<svg');
  expect((await take('Save as a picture (PNG)')).subarray(1, 4).toString()).toBe('PNG');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import a file…' }).click();
  await (await chooser).setFiles({ name: 'journey.json', mimeType: 'application/json', buffer: Buffer.from(file.toString().replace('"amount": 3', '"amount": 8')) });
  await expect(cards(page).filter({ hasText: 'Wait 8 hours' })).toHaveCount(1);
});
