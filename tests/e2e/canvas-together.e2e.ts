import { expect, test } from '@playwright/test';
import { card, cards, makeJourney, openAtelier, openCanvas, saved, threeWaits } from '#tests/e2e/draw-journey.ts';
import { expectSound, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let owner: { email: string; password: string };
test.beforeAll(async () => {
  brand = await openAtelier('canvas-together');
  owner = await brand.addPerson('owner');
});
test.beforeEach(async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, owner);
});

test('a comment that mentions a colleague is on the card until it is resolved, and tells the colleague', async ({ page, browser }) => {
  const colleague = await brand.addPerson('marketer');
  await openCanvas(page, await makeJourney(brand, 'comments', threeWaits()));
  await card(page, 'two').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  await details.getByLabel('Comment on this step').fill('Is two hours enough?');
  await details.getByRole('combobox', { name: 'Mention' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Test marketer' }).click();
  await page.keyboard.press('Escape');
  await details.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(details.getByText('@Test marketer')).toBeVisible();
  await expect(card(page, 'two').locator('..').getByTitle('1 open comment')).toBeVisible();
  await expectSound(page);

  const there = await (await browser.newContext({ baseURL: process.env['E2E_BASE_URL'] ?? '' })).newPage();
  await walkIn(there, colleague);
  await there.goto('/journeys');
  await expect(there.getByText('A comment mentions you')).toBeVisible();
  await there.context().close();

  await page.reload();
  await card(page, 'two').click();
  await details.getByRole('button', { name: 'Resolve' }).click();
  await expect(card(page, 'two').locator('..').getByTitle('1 open comment')).toHaveCount(0);
});

test('steps pasted from elsewhere say by name which template is missing here, and mark the step', async ({ page }) => {
  await openCanvas(page, await makeJourney(brand, 'paste-missing', threeWaits()));
  // What there is to refer to comes after the drawing.
  await page.waitForLoadState('networkidle');
  await card(page, 'three').click();
  const mail = { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'winter-sale', category: 'promotion', whenCapped: { kind: 'skip' } }, next: {}, position: { x: 0, y: 0 } };
  const text = JSON.stringify({ parcours: 'steps', formatVersion: 1, nodes: [mail], notes: [], names: { 'winter-sale': 'Winter sale' } });
  await page.evaluate((pasted) => {
    const clipboard = new DataTransfer();
    clipboard.setData('text/plain', pasted);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true }));
  }, text);
  await expect(page.getByText('Missing here: Winter sale.')).toBeVisible();
  await expect(cards(page)).toHaveCount(5);
  await expect(page.locator('.react-flow [data-problem]')).toHaveCount(1);
});

test('far away cards say less, several cards are aligned, and a tidy layout is one edit that is undone', async ({ page }) => {
  await openCanvas(page, await makeJourney(brand, 'align', threeWaits()));
  await card(page, 'two').click();
  await page.keyboard.press('Control+ArrowRight');
  await page.keyboard.press('Control+ArrowRight');
  await saved(page);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Actions' }).fill('align left');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Undo: align/ })).toBeEnabled();
  await page.getByRole('button', { name: 'Tidy layout' }).first().click();
  await expect(page.getByRole('button', { name: 'Undo: tidy layout' })).toBeEnabled();
  await page.getByRole('button', { name: 'Undo: tidy layout' }).click();
  await expect(page.getByRole('button', { name: /^Undo: align/ })).toBeEnabled();
  const detail = card(page, 'one').getByText('Counted from the moment the customer arrives');
  await expect(detail).toBeVisible();
  for (let step = 0; step < 6; step += 1) await page.getByRole('button', { name: 'Zoom out' }).click();
  await expect(page.locator('.react-flow[data-far]')).toHaveCount(1);
  await expect(detail).toBeHidden();
});

test('a journey is printed alone on one page', async ({ page }) => {
  const errors = watchErrors(page);
  await openCanvas(page, await makeJourney(brand, 'print', threeWaits()));
  await page.evaluate(() => { window.print = () => {}; });
  await card(page, 'one').focus();
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Print on one page' }).click();
  await expect(page.locator('[data-print]')).toHaveCount(1);
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  expect(errors).toEqual([]);
});
