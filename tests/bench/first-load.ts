/**
 * The JavaScript that a browser fetches to show a page for the first time, gzipped as the production server sends it: in Chromium, with an empty cache,
 * until React has taken the page over, the browser is idle and nothing has been asked for half a second, and before anybody touches anything. A busy machine
 * hydrates late: what a page asks for only then is its first load too.
 */
import { gzipSync } from 'node:zlib';
import { chromium, expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { findChromium } from '#bin/test/find-chromium.ts';
import { walkIn, type Brand } from '#tests/e2e/open-brand.ts';

/** Issue 4 §4, in thousands of bytes. */
export const LIMITS_KB = { page: 300, canvas: 500 } as const;
export type FirstLoad = { kB: number; files: number; limitKb: number };

const SILENCE_MS = 500;
/** What a page fetches five seconds later, for the day without a network, is no part of its first load, however slow the machine is. As text: a compiled function brings names along. */
const WITHOUT_LATER = 'const soon = window.setTimeout; window.setTimeout = (work, delay, ...more) => soon(work, delay >= 5000 ? 2147483647 : delay, ...more);';
/** Most of a page's time is spent waiting for half a second of silence. */
const SIDE_BY_SIDE = 4;
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: findChromium(), args: ARGUMENTS });

/** One address of every signed-in page, after making in the brand what the pages of one thing need. */
export async function addressesIn(brand: Brand): Promise<Record<string, string>> {
  const text = { fr: 'Un' };
  await brand.call('PUT', '/templates/one', { name: 'One', content: { channel: 'email', variants: { fr: { subject: 'Un', html: '<p>Un</p>' } } } });
  await brand.call('PUT', '/offers/one', { key: 'one', name: text, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 } });
  await brand.call('PUT', '/programmes/one', { key: 'one', name: text, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 }, bonuses: [{ key: 'tuesday', order: 1, stacking: 'adds', when: { weekdays: [2] }, factor: 2 }] } });
  const customer = await brand.call('PUT', '/customers', { identifiers: { card: '2701000009' }, profile: { firstName: 'Anna' } });
  await brand.call('PUT', '/places/one', { name: 'One', kind: 'qr' });
  const destination = await brand.call('POST', '/destinations', { name: 'One', address: 'https://one.example.com/', types: ['purchase'] });
  const connector = await brand.call('POST', '/connectors', { name: 'One', kind: 'woocommerce', secret: 'one secret' });
  const wait = { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } } };
  const journey = await brand.call('POST', '/journeys', { formatVersion: 1, key: 'one', name: 'One', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' }, nodes: [wait] });
  return {
    canvas: `/journeys/${String(journey['id'])}`, journeys: '/journeys', newJourney: '/journeys/new', customers: '/customers', customer: `/customers/${String(customer['id'])}`,
    templates: '/content/templates', template: '/content/templates/one', newTemplate: '/content/templates/new', messages: '/content/messages', programmes: '/loyalty/programmes', programme: '/loyalty/programmes/one',
    newProgramme: '/loyalty/programmes/new', offers: '/loyalty/offers', offer: '/loyalty/offers/one', newOffer: '/loyalty/offers/new', stores: '/stores', places: '/places', poster: '/places/one/poster', till: '/till', events: '/events', mailbox: '/mailbox',
    workspace: '/settings/workspace', members: '/settings/members', keys: '/settings/keys', pressure: '/settings/pressure', audit: '/settings/audit', secrets: '/settings/secrets', connectors: '/settings/connectors', connector: `/settings/connectors/${String(connector['id'])}`, destinations: '/settings/destinations', destination: `/settings/destinations/${String(destination['id'])}`, tasks: '/tasks',
    images: '/content/images', products: '/content/products', letters: '/content/letters', tills: '/tills', eventType: '/events/types/purchase', brandKit: '/settings/brand', senders: '/settings/senders', imports: '/customers/imports', simulations: '/journeys/simulations', account: '/account',
  };
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;
const baseURL = (): string => process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000';

async function signIn(browser: Browser, person: { email: string; password: string }): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: baseURL() });
  try {
    await walkIn(await context.newPage(), person);
    return await context.storageState();
  } finally {
    await context.close();
  }
}

/** Counts scripts from the first request on; `settle` comes back when there will be no more. */
function countScripts(page: Page): { sizes: Promise<number>[]; settle: () => Promise<void> } {
  const sizes: Promise<number>[] = [];
  const open = new Set<unknown>();
  let changedAt = performance.now();
  page.on('request', (request) => { open.add(request); changedAt = performance.now(); });
  const close = (request: unknown): void => { open.delete(request); changedAt = performance.now(); };
  page.on('requestfailed', close);
  page.on('requestfinished', (request) => {
    close(request);
    if (new URL(request.url()).pathname.endsWith('.js')) sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  // React marks what it has taken over; what it rendered then may ask for more, once the browser is idle.
  const isTakenOver = (): Promise<boolean> => page.evaluate(() => new Promise<boolean>((answer) => {
    const shown = document.querySelector('main h1, .react-flow');
    requestIdleCallback(() => answer(shown !== null && Object.keys(shown).some((key) => key.startsWith('__reactFiber'))));
  }));
  const isSettled = async (): Promise<boolean> => (await isTakenOver()) && open.size === 0 && performance.now() - changedAt > SILENCE_MS;
  return { sizes, settle: () => expect.poll(isSettled, { timeout: 60_000, intervals: [100] }).toBe(true) };
}

async function measureOne(browser: Browser, storageState: SignedIn, address: string): Promise<{ kB: number; files: number }> {
  const context = await browser.newContext({ baseURL: baseURL(), storageState });
  try {
    const page = await context.newPage();
    await page.addInitScript(WITHOUT_LATER);
    const { sizes, settle } = countScripts(page);
    await page.goto(address);
    await settle();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    return { kB: Math.round(bytes / 1_000), files: sizes.length };
  } finally {
    await context.close();
  }
}

const sizes = new Map<string, Promise<number>>();

/** The scripts that a page's HTML names, without a browser: what is fetched before the page itself asks for more. */
async function measureNamed(context: BrowserContext, address: string): Promise<{ kB: number; files: number }> {
  const html = (await (await context.request.get(address)).text()).replace(/<script[^>]*noModule[^>]*>/g, '');
  const files = [...new Set(html.match(/\/_next\/static\/[\w./~-]+\.js/g))];
  const sizeOf = (file: string): Promise<number> => {
    const size = sizes.get(file) ?? context.request.get(file).then(async (answer) => gzipSync(await answer.body()).length);
    sizes.set(file, size);
    return size;
  };
  const bytes = (await Promise.all(files.map(sizeOf))).reduce((sum, size) => sum + size, 0);
  return { kB: Math.round(bytes / 1_000), files: files.length };
}

export type MeasureOptions = {
  /** The pages that a browser opens; of the others the scripts named in their HTML are summed, which takes a hundredth of the time. All when absent. */
  opened?: readonly string[];
};

/** By the names of the addresses; each page that is opened is opened by a browser that has seen none before. */
export async function measureFirstLoads(browser: Browser, person: { email: string; password: string }, addresses: Record<string, string>, { opened }: MeasureOptions = {}): Promise<Record<string, FirstLoad>> {
  const figures: Record<string, FirstLoad> = {};
  const signedIn = await signIn(browser, person);
  const reader = await browser.newContext({ baseURL: baseURL(), storageState: signedIn });
  const left = Object.entries(addresses);
  const measureNext = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [name, address] = next;
      const measured = opened && !opened.includes(name) ? await measureNamed(reader, address) : await measureOne(browser, signedIn, address);
      figures[name] = { ...measured, limitKb: name === 'canvas' ? LIMITS_KB.canvas : LIMITS_KB.page };
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, measureNext));
  await reader.close();
  return figures;
}
