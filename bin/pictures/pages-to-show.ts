/** The pages and states that are photographed, by the name of their picture. */
import type { Page } from '@playwright/test';

/** `open` brings the page into the state, without a word of any language; `wide` is what a narrow window draws otherwise. */
export type Shown = { address: string; open?: (page: Page) => Promise<void>; wide?: boolean };

const FOOT_FIGURES = 2;

/** The third of the drawers of the foot, with its slider some days back. */
async function openDays(page: Page): Promise<void> {
  await page.locator('.react-flow [data-card="entry"]').waitFor();
  await page.locator('section button[aria-expanded]').nth(FOOT_FIGURES).click();
  const slider = page.getByRole('slider').first();
  await slider.focus();
  for (let day = 0; day < 12; day += 1) await slider.press('ArrowLeft');
}

/** What the edges of the first step do, as a hand that rests on its card sees it. */
async function openHint(page: Page): Promise<void> {
  const card = page.locator('.react-flow [data-card]').nth(1);
  await card.waitFor();
  const hint = page.getByRole('tooltip').first();
  // The hint comes with the first move of a hand; the next one finds it.
  for (let tries = 0; tries < 5 && !(await hint.isVisible()); tries += 1) {
    await page.mouse.move(2, 2);
    await card.hover();
    await hint.waitFor({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** The second tab; before the page listens, a press is lost. */
async function openBrandEvents(page: Page): Promise<void> {
  const tab = page.getByRole('tab').nth(1);
  for (let tries = 0; tries < 5 && (await tab.getAttribute('aria-selected')) !== 'true'; tries += 1) {
    await tab.click();
    await page.waitForLoadState('networkidle');
  }
}

const press = (selector: string) => async (page: Page): Promise<void> => page.locator(selector).first().click();

export const pagesToShow = (journey: string, customer: string): Record<string, Shown> => ({
  journeys: { address: '/journeys' }, archive: { address: '/journeys?status=archived' }, newJourney: { address: '/journeys/new' },
  canvas: { address: journey }, canvasEntry: { address: journey, open: press('[data-card="entry"], [data-outline="entry"]') },
  canvasDays: { address: journey, open: openDays, wide: true }, canvasHint: { address: journey, open: openHint, wide: true },
  simulations: { address: '/journeys/simulations' },
  customers: { address: '/customers' }, imports: { address: '/customers/imports' }, customer: { address: customer }, till: { address: '/till' }, tasks: { address: '/tasks' },
  images: { address: '/content/images' }, products: { address: '/content/products' }, templates: { address: '/content/templates' }, template: { address: '/content/templates/thank-you' }, notification: { address: '/content/templates/new?channel=push' }, messages: { address: '/content/messages' }, letters: { address: '/content/letters' },
  programmes: { address: '/loyalty/programmes' }, programme: { address: '/loyalty/programmes/points' }, offers: { address: '/loyalty/offers' }, offer: { address: '/loyalty/offers/comeBack' },
  stores: { address: '/stores' }, tills: { address: '/tills' }, places: { address: '/places' }, mailbox: { address: '/mailbox' },
  events: { address: '/events' }, eventType: { address: '/events/types/purchase' }, brandEvents: { address: '/events', open: openBrandEvents },
  pressure: { address: '/settings/pressure' }, brandKit: { address: '/settings/brand' }, members: { address: '/settings/members' }, keys: { address: '/settings/keys' }, senders: { address: '/settings/senders' }, connectors: { address: '/settings/connectors' }, destinations: { address: '/settings/destinations' }, secrets: { address: '/settings/secrets' }, workspace: { address: '/settings/workspace' }, audit: { address: '/settings/audit' }, account: { address: '/account' },
});
