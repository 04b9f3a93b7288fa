import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openDatabase } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { NODE_KIND_NAMES } from '#domain/journeys/node-kinds.ts';

const PAGE = { 'x-parcours-page': '1' };
const password = 'draw-a-journey-here';
const email = `designer-${Date.now()}@example.test`;

test.beforeAll(async () => {
  const database = openDatabase(process.env['E2E_DATABASE_URL'] ?? '', { maximumConnections: 2 });
  const workspaceId = await createWorkspace(database, { slug: `designer-${Date.now()}`, name: 'Atelier', brand: 'Atelier', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr' });
  await createMember(database, { workspaceId, email, name: 'Dessin', role: 'owner', password });
  await database.end();
});

async function send(page: Page, method: string, path: string, data: unknown): Promise<Record<string, unknown>> {
  const origin = new URL(page.url()).origin;
  const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers: { ...PAGE, origin } });
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

/** Signs in, makes what steps refer to, and opens an empty journey. */
async function openEmptyJourney(page: Page, key: string): Promise<string> {
  await page.goto('/sign-in');
  const origin = new URL(page.url()).origin;
  expect((await page.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin } })).ok()).toBe(true);
  await send(page, 'PUT', '/templates/hello', { name: 'Hello', content: { channel: 'email', variants: { fr: { subject: 'Bonjour', html: '<p>Bonjour</p>' } } } });
  await send(page, 'PUT', '/templates/short', { name: 'Short', content: { channel: 'sms', variants: { fr: { text: 'Bonjour' } } } });
  await send(page, 'PUT', '/programmes/points', { key: 'points', name: { fr: 'Club' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
  const journey = await send(page, 'POST', '/journeys', { formatVersion: 1, key, name: 'Drawn here', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: null }, nodes: [] });
  await page.goto(`/journeys/${String(journey['id'])}`);
  await expect(card(page, 'entry')).toBeVisible({ timeout: 30_000 });
  return String(journey['id']);
}

const card = (page: Page, id: string): Locator => page.locator(`[data-card="${id}"]`);
const cardSaying = (page: Page, sentence: string | RegExp): Locator => page.locator('[data-card]').filter({ hasText: sentence });
const idOf = async (found: Locator): Promise<string> => (await found.getAttribute('data-card')) ?? '';
const cards = (page: Page): Locator => page.locator('.react-flow [data-card]');
const openPort = (page: Page, id: string, port: string): Locator => page.locator(`[data-port-node="${id}"][data-port="${port}"] button`);

async function addByMenu(page: Page, id: string, port: string, kind: string): Promise<void> {
  await openPort(page, id, port).click();
  await page.locator(`[role="menu"] [data-kind="${kind}"]`).click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label })).first().click();
  await page.getByRole('option', { name: option }).click();
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Live v1')).toBeVisible();
}

const saved = (page: Page): Promise<void> => expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

test('a marketer draws six steps by mouse, deletes one and takes it back, publishes, and finds it all after a reload (issue 4 §1)', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const journeyId = await openEmptyJourney(page, `mouse-${Date.now()}`);
  await page.locator('nav [data-kind="sendEmail"]').dragTo(openPort(page, 'entry', 'next'));
  await expect(cardSaying(page, 'No template chosen yet')).toBeVisible();
  await choose(page, 'Template', 'Hello');
  const mail = await idOf(cardSaying(page, 'Send the e-mail “Hello”'));
  await addByMenu(page, mail, 'next', 'waitForEvent');
  const event = await idOf(cardSaying(page, 'Wait for a purchase, at most 7 days'));
  await addByMenu(page, event, 'event', 'givePoints');
  const points = await idOf(cardSaying(page, 'Give 50 points, available at once'));
  await addByMenu(page, event, 'timeout', 'wait');
  const wait = await idOf(cardSaying(page, 'Wait 1 day'));
  await addByMenu(page, wait, 'next', 'sendSms');
  await choose(page, 'Template', 'Short');
  const text = await idOf(cardSaying(page, 'Send the SMS “Short”'));
  await addByMenu(page, points, 'next', 'exit');
  const end = await idOf(cardSaying(page, 'The journey ends here'));
  await page.getByRole('button', { name: 'Fit' }).click();
  // The view may still be moving when the hand takes the way out.
  await expect(async () => {
    await page.getByTestId(`out-${text}-next`).dragTo(page.getByTestId(`in-${end}`), { force: true });
    await expect(page.locator('.react-flow__edge')).toHaveCount(7, { timeout: 2_000 });
  }).toPass();
  await expect(cards(page)).toHaveCount(7);

  await card(page, wait).click();
  await page.keyboard.press('Delete');
  await expect(cards(page)).toHaveCount(6);
  await expect(page.locator(`.react-flow__edge[data-id="${event} timeout"]`)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(cards(page)).toHaveCount(7);
  await expect(page.getByRole('button', { name: 'Redo: delete a wait' })).toBeEnabled();

  const before = await card(page, text).boundingBox();
  await card(page, text).hover();
  await page.mouse.down();
  await page.mouse.move((before?.x ?? 0) + 130, (before?.y ?? 0) + 120, { steps: 8 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: /^Undo: move/ })).toBeEnabled();
  await page.getByRole('button', { name: 'Tidy layout' }).first().click();

  await saved(page);
  await publish(page);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
  await page.reload();
  await expect(cards(page)).toHaveCount(7, { timeout: 30_000 });
  await expect(page.getByText('no changes since v1')).toBeVisible();
  await send(page, 'POST', `/journeys/${journeyId}/stop`, {});
});

test('a marketer draws and publishes a journey by keyboard alone, with settings, undo and redo (issue 4 §1)', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openEmptyJourney(page, `keys-${Date.now()}`);
  const add = async (kind: string): Promise<void> => {
    const count = await cards(page).count();
    await page.keyboard.press('a');
    const menu = page.getByRole('menu');
    await expect(menu).toBeVisible();
    for (let step = 0; step < NODE_KIND_NAMES.length && (await menu.locator(`[data-kind="${kind}"]:focus`).count()) === 0; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(cards(page)).toHaveCount(count + 1);
    await expect(page.locator(`[data-card^="${kind}-"]:focus`)).toHaveCount(1);
  };
  await card(page, 'entry').focus();
  for (const kind of ['wait', 'givePoints', 'condition', 'setAttribute', 'waitForEvent', 'exit']) await add(kind);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[data-card^="givePoints-"]:focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Points', { exact: true })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('80');
  await expect(cardSaying(page, 'Give 80 points')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-card^="givePoints-"]:focus')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(cardSaying(page, 'Give 50 points')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(cardSaying(page, 'Give 80 points')).toBeVisible();
  await saved(page);
  await page.getByRole('button', { name: 'Publish version 1' }).focus();
  await page.keyboard.press('Enter');
  const go = page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' });
  await expect(go).toBeVisible();
  await go.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Live v1')).toBeVisible();
});

test('the outline is the only view at 320 pixels, mirrors the canvas, edits, and has no accessibility fault', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 720 });
  const journeyId = await openEmptyJourneyNarrow(page);
  await page.getByRole('button', { name: 'Add a step after “next”' }).click();
  await page.locator('[role="menu"] [data-kind="wait"]').click();
  await page.getByRole('button', { name: /Wait 1 day/ }).first().click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeVisible();
  await page.getByLabel('Close details').click();
  await expect(page.getByRole('complementary', { name: 'Details' })).toBeHidden();
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await saved(page);
  const read = await page.request.get(`/api/v1/journeys/${journeyId}`, { headers: PAGE });
  expect(((await read.json()) as { draft: { nodes: unknown[] } }).draft.nodes).toHaveLength(1);
});

async function openEmptyJourneyNarrow(page: Page): Promise<string> {
  await page.goto('/sign-in');
  const origin = new URL(page.url()).origin;
  expect((await page.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin } })).ok()).toBe(true);
  const journey = await send(page, 'POST', '/journeys', { formatVersion: 1, key: `narrow-${Date.now()}`, name: 'Narrow', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: null }, nodes: [] });
  await page.goto(`/journeys/${String(journey['id'])}`);
  await expect(page.getByRole('list', { name: 'Outline of the journey' })).toBeVisible({ timeout: 30_000 });
  return String(journey['id']);
}
