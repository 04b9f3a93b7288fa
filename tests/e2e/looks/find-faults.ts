/** What axe (WCAG 2.2 AA) finds on one look, in one language and theme, and whether it scrolls sideways at its narrowest. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Language } from '#components/words/languages.ts';
import { axeOn, walkIn } from '#tests/e2e/open-brand.ts';
import type { Seen } from './brand-to-look-at.ts';
import { DIALOG_LOOKS } from './dialog-looks.ts';
import type { Look } from './look.ts';
import { ROUTE_LOOKS, waitUntilShown } from './route-looks.ts';
import { sayIn } from './say.ts';

/** A route and its dialogs one after the other: they are looked at on one page. */
export const ALL_LOOKS: readonly Look[] = [...new Set(ROUTE_LOOKS.map(({ route }) => route))].flatMap((route) => [...ROUTE_LOOKS, ...DIALOG_LOOKS].filter((look) => look.route === route));

export type Manner = { language: Language; theme: 'light' | 'dark' };
/** Both themes in both languages. */
export const MANNERS: readonly Manner[] = (['en', 'fr'] as const).flatMap((language) => (['light', 'dark'] as const).map((theme) => ({ language, theme })));

/** One context for whoever is signed in and one for the others: what the first look fetched the next one has, and nobody signs in more often than once. `last`: the page of the look before. */
type Contexts = { inside: Promise<BrowserContext>; outside: Promise<BrowserContext>; last?: { page: Page; at: string } };
const contexts = new WeakMap<Seen, Contexts>();

function contextsOf(browser: Browser, seen: Seen): Contexts {
  const known = contexts.get(seen);
  if (known) return known;
  const open = (): Promise<BrowserContext> => browser.newContext({ baseURL: baseUrl(), reducedMotion: 'reduce' });
  const signIn = async (): Promise<BrowserContext> => {
    const context = await open();
    const page = await context.newPage();
    await walkIn(page, seen.owner);
    await page.close();
    return context;
  };
  const made: Contexts = { inside: signIn(), outside: open() };
  contexts.set(seen, made);
  return made;
}

const baseUrl = (): string => process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000';

/** An action of a look on the page of another: what cannot be reached from there is reached from a fresh page. */
const REACH_MS = 4_000;
const CLOSE_MS = 1_500;

async function openFresh(context: BrowserContext, seen: Seen, look: Look, theme: Manner['theme']): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize({ width: look.width ?? 1440, height: 900 });
  await page.emulateMedia({ colorScheme: theme });
  await page.goto(look.address(seen));
  await waitUntilShown(page);
  return page;
}

async function reach(page: Page, look: Look, language: Language): Promise<void> {
  await look.open?.(page, sayIn(language));
  if (look.shows) await page.getByRole('dialog').first().waitFor();
}

/** The page with what the look shows. A dialog is opened upon the page of the look before when that shows the same address in the same manner and nothing is open there. */
async function show(browser: Browser, seen: Seen, look: Look, { language, theme }: Manner): Promise<Page> {
  const own = contextsOf(browser, seen);
  const context = await (look.outside ? own.outside : own.inside);
  const at = `${look.address(seen)} ${language} ${theme} ${look.width ?? 1440}`;
  const { last } = own;
  const isBare = async ({ page }: { page: Page }): Promise<boolean> => page.getByRole('dialog').first().waitFor({ state: 'detached', timeout: CLOSE_MS }).then(() => true, () => false);
  if (last && last.at === at && look.shows && (await isBare(last))) {
    last.page.setDefaultTimeout(REACH_MS);
    const reached = await reach(last.page, look, language).then(() => true, () => false);
    last.page.setDefaultTimeout(0);
    if (reached) return last.page;
  }
  await last?.page.close();
  delete own.last;
  await context.addCookies([{ name: 'parcours.language', value: language, url: baseUrl() }]);
  const page = await openFresh(context, seen, look, theme);
  own.last = { page, at };
  if (look.open) await reach(page, look, language);
  return page;
}

/** An e-mail in its frame is the brand's own, and runs no script of axe's. */
export async function findFaults(browser: Browser, seen: Seen, look: Look, manner: Manner): Promise<string[]> {
  const page = await show(browser, seen, look, manner);
  const axe = axeOn(page);
  // What lies behind a dialog is looked at by its route.
  const { violations } = await (look.shows ? axe.include('[role="dialog"]') : axe).analyze();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (look.open) await page.keyboard.press('Escape');
  const faults = [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`), ...(wide > 0 ? [`scrolls ${wide} px sideways`] : [])];
  return faults.map((fault) => `${look.name} (${manner.language}, ${manner.theme}): ${fault}`);
}
