import { expect, test, type Page } from '@playwright/test';
import { makeJourney, openAtelier, openCanvas, saved, threeWaits } from '#tests/e2e/draw-journey.ts';
import { walkIn, type Brand } from '#tests/e2e/open-brand.ts';

type Draft = { entry: { next: string | null }; nodes: { id: string; next: Record<string, string | null>; position: { x: number; y: number } }[] };
let brand: Brand;
let owner: { email: string; password: string };
test.beforeAll(async () => {
  brand = await openAtelier('canvas-mouse');
  owner = await brand.addPerson('owner');
});

/** Opens a journey of three waits; answers how to read its draft once it is saved. */
async function openThree(page: Page, key: string): Promise<() => Promise<Draft>> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await walkIn(page, owner);
  const journeyId = await makeJourney(brand, key, threeWaits());
  await openCanvas(page, journeyId);
  return async () => {
    await saved(page);
    return (await brand.call('GET', `/journeys/${journeyId}`))['draft'] as Draft;
  };
}

/** Where a card stands once the first view has come to rest. */
async function restsAt(page: Page, id: string): Promise<{ x: number; y: number }> {
  let before = { x: -1, y: -1 };
  await expect.poll(async () => {
    const now = await middleOf(page, `.react-flow [data-card="${id}"]`);
    const rests = now.x === before.x && now.y === before.y;
    before = now;
    return rests;
  }, { intervals: [200] }).toBe(true);
  return before;
}

async function dragTo(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

async function middleOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(selector).boundingBox();
  return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 };
}

test('a card that is dropped on a «+» takes its place there, and the gap it leaves closes', async ({ page }) => {
  const draft = await openThree(page, 'drop-on-plus');
  await dragTo(page, await middleOf(page, '.react-flow [data-card="two"]'), await middleOf(page, '[data-edge-node="entry"]'));
  await expect(page.getByRole('button', { name: /^Undo: move .*elsewhere$/ })).toBeEnabled();
  const { entry, nodes } = await draft();
  expect([entry.next, ...nodes.map(({ id, next }) => `${id} ${next['next']}`)]).toEqual(['two', 'one three', 'two one', 'three undefined']);
});

test('a connection is taken to another step, and drawn by two clicks', async ({ page }) => {
  const draft = await openThree(page, 'reconnect');
  const [one, three] = [await middleOf(page, '[data-testid="in-one"]'), await middleOf(page, '[data-testid="in-three"]')];
  await dragTo(page, { x: one.x, y: one.y - 18 }, three);
  await expect.poll(async () => (await draft()).entry.next).toBe('three');
  await page.getByTestId('out-three-next').click({ force: true });
  await page.getByTestId('in-one').click({ force: true });
  await expect.poll(async () => (await draft()).nodes[2]?.next['next']).toBe('one');
});

test('with Space held, a drag that begins on a card moves the view and leaves the card where it stands; a viewer moves no card at all', async ({ page, browser }) => {
  const draft = await openThree(page, 'space-pans');
  const before = await draft();
  const [x, y] = [(await middleOf(page, '.react-flow [data-card="two"]')).x, (await middleOf(page, '.react-flow [data-card="two"]')).y];
  await page.keyboard.down('Space');
  await expect(page.locator('.react-flow[data-pans]')).toBeVisible();
  await dragTo(page, { x, y }, { x: x + 120, y: y + 80 });
  await page.keyboard.up('Space');
  await expect(page.locator('.react-flow[data-pans]')).toHaveCount(0);
  await expect.poll(async () => { const at = await middleOf(page, '.react-flow [data-card="two"]'); return [Math.round(at.x - x), Math.round(at.y - y)]; }).toEqual([120, 80]);
  expect((await draft()).nodes).toEqual(before.nodes);
  await expect(page.getByRole('button', { name: /^Undo: move/ })).toHaveCount(0);

  const there = await (await browser.newContext({ baseURL: process.env['E2E_BASE_URL'] ?? '', viewport: { width: 1440, height: 900 } })).newPage();
  await walkIn(there, await brand.addPerson('viewer'));
  await openCanvas(there, page.url().split('/').at(-1) ?? '');
  const stood = await there.locator('.react-flow__node[data-id="three"]').evaluate((node: HTMLElement) => node.style.transform);
  const at = await middleOf(there, '.react-flow [data-card="three"]');
  await dragTo(there, at, { x: at.x + 200, y: at.y + 40 });
  expect(await there.locator('.react-flow__node[data-id="three"]').evaluate((node: HTMLElement) => node.style.transform)).toBe(stood);
  await there.context().close();
});

test('a card that is dragged shows helper lines where it is in line with others, and stays where they put it', async ({ page }) => {
  const draft = await openThree(page, 'helper-lines');
  const { x, y } = await restsAt(page, 'three');
  await page.mouse.move(x, y);
  await page.mouse.down();
  // A drag begins with the first move, whose length it does not count: a hand's is short.
  await page.mouse.move(x + 3, y);
  await page.mouse.move(x + 90, y + 20, { steps: 8 });
  await expect(page.locator('[data-guide="x"]')).toHaveCount(0);
  await page.mouse.move(x, y + 20, { steps: 8 });
  await expect(page.locator('[data-guide="x"]')).toBeVisible();
  await page.mouse.up();
  await expect(page.locator('[data-guide]')).toHaveCount(0);
  const at = (await draft()).nodes[2]?.position;
  expect(at?.x).toBe(0);
  await page.reload();
  await expect(page.locator('.react-flow [data-card="three"]')).toBeVisible();
  expect((await draft()).nodes[2]?.position).toEqual(at);
});
