/** Every route that shows a page, as it is opened. A test holds the list against the folders of app/. */
import { expect, type Page } from '@playwright/test';
import type { Look } from './look.ts';
import type { Seen } from './brand-to-look-at.ts';

const signedIn = (route: string, address: string | ((seen: Seen) => string) = route): Look => ({ name: route, route: `(signed-in)${route}`, address: typeof address === 'string' ? () => address : address });
const narrow = (look: Look): Look => ({ ...look, name: `${look.name} at 320 px`, width: 320 });

const canvas = signedIn('/journeys/[id]', ({ journeyId }) => `/journeys/${journeyId}`);

export const ROUTE_LOOKS: readonly Look[] = [
  { name: 'sign in', route: '/sign-in', address: () => '/sign-in', outside: true },
  // What it shows to somebody invited is looked at by account.e2e.ts.
  { name: 'an invitation that no longer works', route: '/invitation/[token]', address: () => '/invitation/none', outside: true },
  // What it shows to whoever needs it is looked at by account.e2e.ts.
  { name: 'two-factor sign-in that nobody asks for', route: '/two-factor', address: () => '/two-factor' },
  { name: 'the beginning', route: '', address: () => '/' },
  { name: 'no such page', route: '/not-found', address: () => '/nowhere' },
  { name: 'a customer’s own page', route: '/u/[token]', address: ({ ownPage }) => ownPage, outside: true },
  { name: 'notifications on this device', route: '/n/[token]', address: ({ ownPage }) => ownPage.replace('/u/', '/n/'), outside: true },
  { name: 'a device that is no till yet', route: '/till', address: () => '/till', outside: true },
  { name: 'the page where one joins', route: '/j/[code]', address: ({ joinPage }) => joinPage, outside: true },
  { name: 'the page behind a code', route: '/q/[code]', address: ({ placePage }) => placePage, outside: true },
  signedIn('/journeys'), signedIn('/journeys/new'), canvas, narrow(canvas),
  signedIn('/journeys/simulations'), signedIn('/journeys/simulations/[simulationId]', ({ simulationId }) => `/journeys/simulations/${simulationId}`),
  signedIn('/customers'), signedIn('/customers/imports'), signedIn('/customers/imports/[importId]', ({ importId }) => `/customers/imports/${importId}`), signedIn('/customers/[customerId]', ({ customerId }) => `/customers/${customerId}`),
  signedIn('/content/images'), signedIn('/content/products'), signedIn('/content/templates'), signedIn('/content/templates/new'), signedIn('/content/templates/[key]', '/content/templates/short'),
  signedIn('/content/letters'), signedIn('/content/messages'), signedIn('/content/messages/[messageId]', ({ messageId }) => `/content/messages/${messageId}`),
  signedIn('/loyalty/programmes'), signedIn('/loyalty/programmes/new'), signedIn('/loyalty/programmes/[key]', '/loyalty/programmes/one'),
  signedIn('/loyalty/offers'), signedIn('/loyalty/offers/new'), signedIn('/loyalty/offers/[key]', '/loyalty/offers/one'),
  signedIn('/tasks'), signedIn('/stores'), signedIn('/places'), signedIn('/places/[key]/poster', '/places/window/poster'), signedIn('/tills'), signedIn('/tills/[store]/poster', '/tills/lyon/poster'), { name: '/till', route: '/till', address: () => '/till' }, signedIn('/events'), signedIn('/events/types/[type]', '/events/types/purchase'), signedIn('/mailbox'),
  signedIn('/settings'), signedIn('/settings/workspace'), signedIn('/settings/brand'), signedIn('/settings/members'), signedIn('/settings/senders'), signedIn('/settings/keys'), signedIn('/settings/pressure'), signedIn('/settings/secrets'), signedIn('/settings/connectors'), signedIn('/settings/connectors/[connectorId]', ({ connectorId }) => `/settings/connectors/${connectorId}`), signedIn('/settings/destinations'), signedIn('/settings/destinations/[destinationId]', ({ destinationId }) => `/settings/destinations/${destinationId}`), signedIn('/settings/audit'), signedIn('/account'),
];

/** Nothing is on its way any more, in the eyes of somebody at work: some parts come with the first move of a hand. */
export async function waitUntilShown(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('h1, .react-flow, main').first().waitFor();
  let moves = 0;
  await expect.poll(async () => {
    await page.mouse.move(1, (moves += 1) % 100);
    return page.locator('.mantine-Skeleton-root').count();
  }, { timeout: 30_000 }).toBe(0);
}
