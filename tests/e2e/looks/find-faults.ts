/** What axe (WCAG 2.2 AA) finds on one look, in one language and theme, and whether it scrolls sideways at its narrowest. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Language } from '#components/words/languages.ts';
import { AXE_TAGS, walkIn } from '#tests/e2e/open-brand.ts';
import type { Seen } from './brand-to-look-at.ts';
import { DIALOG_LOOKS } from './dialog-looks.ts';
import type { Look } from './look.ts';
import { ROUTE_LOOKS, waitUntilShown } from './route-looks.ts';
import { sayIn } from './say.ts';

export const ALL_LOOKS: readonly Look[] = [...ROUTE_LOOKS, ...DIALOG_LOOKS];

export type Manner = { language: Language; theme: 'light' | 'dark' };
/** Both themes in both languages. */
export const MANNERS: readonly Manner[] = (['en', 'fr'] as const).flatMap((language) => (['light', 'dark'] as const).map((theme) => ({ language, theme })));

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
const sessions = new WeakMap<Seen, Cookies>();

/** Signs in once for all looks: more than a dozen attempts on one account are refused for a while. */
async function comeIn(page: Page, seen: Seen): Promise<void> {
  const session = sessions.get(seen);
  if (session) return page.context().addCookies(session);
  await walkIn(page, seen.owner);
  sessions.set(seen, (await page.context().cookies()).filter(({ name }) => name !== 'parcours.language'));
}

/** An e-mail in its frame is the brand's own, and runs no script of axe's. */
export async function findFaults(browser: Browser, seen: Seen, look: Look, { language, theme }: Manner): Promise<string[]> {
  const baseURL = process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000';
  const context = await browser.newContext({ baseURL, colorScheme: theme, reducedMotion: 'reduce', viewport: { width: look.width ?? 1440, height: 900 } });
  try {
    const page = await context.newPage();
    if (!look.outside) await comeIn(page, seen);
    await context.addCookies([{ name: 'parcours.language', value: language, url: baseURL }]);
    await page.goto(look.address(seen));
    await waitUntilShown(page);
    if (look.open) {
      await look.open(page, sayIn(language));
      await page.getByRole('dialog').first().waitFor();
    }
    const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').withTags(AXE_TAGS).analyze();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`), ...(wide > 0 ? [`scrolls ${wide} px sideways`] : [])].map((fault) => `${look.name} (${language}, ${theme}): ${fault}`);
  } finally {
    await context.close();
  }
}
