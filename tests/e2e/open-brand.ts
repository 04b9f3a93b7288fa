/** What end-to-end tests begin with: a sandbox brand of their own with a person of each role, and the way in. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { v7 as newId } from 'uuid';
import { inWorkspace, openDatabase } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import type { Role } from '#engine/commands/roles.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';

export type Brand = {
  workspaceId: string;
  /** Calls the API with a key of every scope; anything but a success fails the test. A text is sent as it is, and so are bytes. */
  call: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  /** A new person of this role; a merchant gets the store, by its UUID. */
  addPerson: (role: Role, storeIds?: string[]) => Promise<{ email: string; password: string }>;
};

const baseUrl = (): string => process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000';
const PASSWORD = 'a password of the tests';

async function withDatabase<T>(work: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(process.env['E2E_DATABASE_URL'] ?? '', { maximumConnections: 2 });
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

export async function openBrand(name: string): Promise<Brand> {
  const slug = `${name}-${newId().slice(-12)}`;
  const { workspaceId, key } = await withDatabase(async (database) => {
    const vendorServerUrl = process.env['E2E_VENDOR_SERVER_URL'];
    const id = await createWorkspace(database, {
      slug, name, brand: 'Les Petits', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', ...(vendorServerUrl && { publicUrl: baseUrl(), vendorServerUrl }),
    });
    const made = await inWorkspace(database, id, (transaction) => createApiKey({ transaction, workspaceId: id, actor: 'e2e' }, { name: 'e2e', scopes: SCOPE_NAMES }));
    return { workspaceId: id, key: made.key };
  });
  return {
    workspaceId,
    async call(method, path, body) {
      const response = await fetch(`${baseUrl()}/api/v1${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }) });
      const text = await response.text();
      expect(response.ok, `${method} ${path}: ${text}`).toBe(true);
      const answer: unknown = JSON.parse(text);
      return typeof answer === 'object' && answer !== null ? { ...answer } : {};
    },
    async addPerson(role, storeIds = []) {
      const email = `${role.toLowerCase()}-${newId().slice(-12)}@example.test`;
      await withDatabase((database) => createMember(database, { workspaceId, email, name: `Test ${role}`, role, storeIds, password: PASSWORD }));
      return { email, password: PASSWORD };
    },
  };
}

/** Signs in without the form, which has a test of its own. */
export async function walkIn(page: Page, person: { email: string; password: string }, language: 'en' | 'fr' = 'en'): Promise<void> {
  const origin = new URL(baseUrl()).origin;
  await page.context().addCookies([{ name: 'parcours.language', value: language, url: origin }]);
  const answer = await page.request.post(`${baseUrl()}/api/auth/sign-in/email`, { data: person, headers: { origin } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const LOOKS = ['light', 'dark'] as const;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** An e-mail in its frame is the brand's own, and runs no script of axe's. Without frames axe needs no second page to put its findings together. */
export const axeOn = (page: Page): AxeBuilder => new AxeBuilder({ page }).exclude('iframe[sandbox]').withTags(AXE_TAGS).setLegacyMode(true);

/** What takes axe longest, and differs least between the states of one page: axe.e2e.ts looks at the contrast of each page and dialog. */
const BY_LOOKS_ALONE = ['color-contrast'];

let looks = 0;

/**
 * Nothing that axe finds (WCAG 2.2 AA), and no sideways scrolling at 320 px; light and dark alternate, since axe.e2e.ts looks at every page and dialog, and its
 * drill in all manners. An e-mail in its frame is the brand's own, and runs no script of axe's.
 */
export async function expectSound(page: Page): Promise<void> {
  const colorScheme = LOOKS[(looks += 1) % LOOKS.length] ?? 'light';
  await page.emulateMedia({ colorScheme });
  const { violations } = await axeOn(page).disableRules(BY_LOOKS_ALONE).analyze();
  expect(violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)).toEqual([]);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  // The page is laid out anew after the window has changed, and not in the same instant.
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  if (size) await page.setViewportSize(size);
}

/** Fails on a script that the content security policy refused, and on any error in the page. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    // The frame of an e-mail refuses every script, axe's too.
    if (line.type() === 'error' && !line.text().startsWith('Blocked script execution in \'about:srcdoc\'')) errors.push(line.text());
  });
  return errors;
}
