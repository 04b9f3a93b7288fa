/** What axe (WCAG 2.2 AA) finds on one look, in one language and theme, and whether it scrolls sideways at its narrowest. */
import type { Browser, BrowserContext } from '@playwright/test';
import type { Language } from '#components/words/languages.ts';
import { axeOn, walkIn } from '#tests/e2e/open-brand.ts';
import type { Seen } from './brand-to-look-at.ts';
import { DIALOG_LOOKS } from './dialog-looks.ts';
import type { Look } from './look.ts';
import { ROUTE_LOOKS, waitUntilShown } from './route-looks.ts';
import { sayIn } from './say.ts';

export const ALL_LOOKS: readonly Look[] = [...ROUTE_LOOKS, ...DIALOG_LOOKS];

export type Manner = { language: Language; theme: 'light' | 'dark' };
/** Both themes in both languages. */
export const MANNERS: readonly Manner[] = (['en', 'fr'] as const).flatMap((language) => (['light', 'dark'] as const).map((theme) => ({ language, theme })));

/** One context for whoever is signed in and one for the others: what the first look fetched the next one has, and nobody signs in more often than once. */
const contexts = new WeakMap<Seen, { inside: Promise<BrowserContext>; outside: Promise<BrowserContext> }>();

function contextsOf(browser: Browser, seen: Seen): { inside: Promise<BrowserContext>; outside: Promise<BrowserContext> } {
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
  const made = { inside: signIn(), outside: open() };
  contexts.set(seen, made);
  return made;
}

const baseUrl = (): string => process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000';

/** An e-mail in its frame is the brand's own, and runs no script of axe's. */
export async function findFaults(browser: Browser, seen: Seen, look: Look, { language, theme }: Manner): Promise<string[]> {
  const { inside, outside } = contextsOf(browser, seen);
  const context = await (look.outside ? outside : inside);
  await context.addCookies([{ name: 'parcours.language', value: language, url: baseUrl() }]);
  const page = await context.newPage();
  try {
    await page.setViewportSize({ width: look.width ?? 1440, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(look.address(seen));
    await waitUntilShown(page);
    if (look.open) {
      await look.open(page, sayIn(language));
      await page.getByRole('dialog').first().waitFor();
    }
    const axe = axeOn(page);
    // What lies behind a dialog is looked at by its route.
    const { violations } = await (look.open ? axe.include('[role="dialog"]') : axe).analyze();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`), ...(wide > 0 ? [`scrolls ${wide} px sideways`] : [])].map((fault) => `${look.name} (${language}, ${theme}): ${fault}`);
  } finally {
    await page.close();
  }
}
