/**
 * `npm run pictures`: photographs the pages of the running demo into docs/pictures/, named <page>-<language>-<look>-<width>.png. By default what the
 * documentation shows, as PNG; with `--all` every page in both languages, light and dark, at 1440, 768 and 320 pixels, those beyond as small JPEG. `--into` names another folder.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { SCHEME_COOKIE } from '#components/color-scheme.ts';
import { LANGUAGE_COOKIE } from '#components/words/languages.ts';
import { pagesToShow, type Shown } from '#bin/pictures/pages-to-show.ts';
import { findChromium } from '#bin/test/find-chromium.ts';

const { values } = parseArgs({ options: { all: { type: 'boolean', default: false }, demo: { type: 'string', default: '.parcours/demo.json' }, into: { type: 'string', default: 'docs/pictures' } } });
const FOLDER = values.into;
const Demo = z.object({ baseUrl: z.string(), apiKey: z.string(), signIn: z.object({ email: z.string(), password: z.string() }) });
const demo = Demo.parse(JSON.parse(readFileSync(values.demo, 'utf8')));

async function ask<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  const response = await fetch(`${demo.baseUrl}/api/v1${path}`, { headers: { authorization: `Bearer ${demo.apiKey}`, 'content-type': 'application/json' }, ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }) });
  return schema.parse(await response.json());
}

const { items: journeys } = await ask('/journeys', z.object({ items: z.array(z.object({ id: z.string(), key: z.string() })) }));
const customer = await ask('/customers/by-external-id/TB-900002', z.object({ id: z.string() }));
const pages = pagesToShow(`/journeys/${journeys.find(({ key }) => key === 'welcome')?.id ?? ''}`, `/customers/${customer.id}`);
const { items: mails } = await ask('/sandbox/mailbox/search', z.object({ items: z.array(z.object({ unsubscribeUrl: z.string().nullable() })) }), {});
const preferences = mails.find(({ unsubscribeUrl }) => unsubscribeUrl !== null)?.unsubscribeUrl ?? null;
/** What is seen before signing in, and by a customer whose mail leads to their own pages. */
const OUTSIDE: Record<string, Shown> = {
  'sign-in': { address: '/sign-in' },
  ...(preferences !== null && { preferences: { address: new URL(preferences).pathname }, 'notifications-on': { address: new URL(preferences).pathname.replace('/u/', '/n/') } }),
};
const DOCUMENTED = [['en', 'light', 1440], ['fr', 'dark', 1440], ['fr', 'light', 320]] as const;
const EVERYTHING = (['en', 'fr'] as const).flatMap((language) => (['light', 'dark'] as const).flatMap((look) => ([1440, 768, 320] as const).map((width) => [language, look, width] as const)));

type Shot = { language: string; look: string; width: number };

async function signIn(page: Page): Promise<void> {
  const { email, password } = demo.signIn;
  await page.goto(`${demo.baseUrl}/sign-in`);
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('form:has(input[name="password"]) button[type="submit"]').click();
  await page.waitForURL(/journeys/);
}

mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const context = await browser.newContext({ reducedMotion: 'reduce' });
const page = await context.newPage();
await signIn(page);
const outside = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();

const NARROW = 500;
/** Some parts come seconds after a page; what loads for longer is photographed as it is. */
const SKELETONS_MS = 10_000;

async function photograph(on: Page, name: string, { address, open, wide }: Shown, { language, look, width }: Shot): Promise<void> {
  if (wide && width < NARROW) return;
  await on.setViewportSize({ width, height: width < NARROW ? 720 : 900 });
  await on.context().addCookies([{ name: LANGUAGE_COOKIE, value: language, url: demo.baseUrl }, { name: SCHEME_COOKIE, value: look, url: demo.baseUrl }]);
  await on.goto(demo.baseUrl + address);
  // What loads shows skeletons; the picture is taken when none is left and nothing more is asked for.
  await on.waitForLoadState('networkidle');
  if (open) {
    await open(on);
    await on.waitForLoadState('networkidle');
  }
  await on.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached', timeout: SKELETONS_MS }).catch(() => undefined);
  const isDocumented = DOCUMENTED.some(([one, other, third]) => one === language && other === look && third === width);
  const path = `${FOLDER}/${name}-${language}-${look}-${width}`;
  await on.screenshot(isDocumented ? { path: `${path}.png` } : { path: `${path}.jpg`, type: 'jpeg', quality: 50 });
}

for (const [language, look, width] of values.all ? EVERYTHING : DOCUMENTED) {
  for (const [name, shown] of Object.entries(pages)) await photograph(page, name, shown, { language, look, width });
  for (const [name, shown] of Object.entries(OUTSIDE)) await photograph(outside, name, shown, { language, look, width });
  console.log(`  ${language}, ${look}, ${width} px: ${Object.keys(pages).length + Object.keys(OUTSIDE).length} pages.`);
}
await browser.close();
