import { expect, test, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { PAGE_HEADERS } from '#components/api-client.ts';
import { inWorkspace, openDatabase } from '#db/connection.ts';
import { openBrand, walkIn, watchErrors } from '#tests/e2e/open-brand.ts';

/** What somebody presses, from the empty workspace to the first mail; docs/benchmarks.md says how many there were, and fewer is better. */
const MOST_CLICKS = 24;

/** Counts what is pressed by hand, over all pages of one tab. */
async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction('countClick', () => { clicks += 1; });
  // Enter in a form presses its button too, and is no click.
  await page.addInitScript(() => addEventListener('click', (event) => { if (event.isTrusted && event.detail > 0) void (window as unknown as { countClick: () => Promise<void> }).countClick(); }, true));
  return () => clicks;
}

async function ask<T>(work: (database: ReturnType<typeof openDatabase>) => Promise<T>): Promise<T> {
  const database = openDatabase(process.env['E2E_DATABASE_URL'] ?? '', { maximumConnections: 1 });
  try {
    return await work(database);
  } finally {
    await database.end();
  }
}

/** What signing up at Resend gives, for the live workspace of a sandbox: a key, and a secret by which it signs what it reports. */
async function signUpAtVendor(sandboxId: string): Promise<{ apiKey: string; webhookSecret: string }> {
  const [apiKey, webhookSecret] = [`re_${randomBytes(12).toString('hex')}`, `whsec_${randomBytes(24).toString('base64')}`];
  await ask((database) => inWorkspace(database, sandboxId, (transaction) => transaction`
    insert into vendor_accounts (id, workspace_id, vendor, credential, signing_secret, webhook_url)
    select ${newId()}::uuid, live_id, 'resend', ${apiKey}, ${webhookSecret}, 'http://127.0.0.1:9/nowhere' from workspaces where id = ${sandboxId}`));
  return { apiKey, webhookSecret };
}

/** What the vendor was handed for this address. */
const mailsTo = (address: string): Promise<string[]> => ask(async (database) => {
  const rows = await database<{ said: string }[]>`select (payload ->> 'from') || ': ' || (payload ->> 'subject') as said from vendor_messages where recipient = ${address}`;
  return rows.map(({ said }) => said);
});

const ZOE = `zoe.${newId().slice(-12)}@example.org`;
const CUSTOMERS = ['First name;E-mail;Newsletter', `Zoé;${ZOE};yes`, 'Léa;lea@example.org;no'].join('\r\n');

test('from an empty workspace to a live journey that mails a customer who was brought in (issue 7)', async ({ page }) => {
  test.slow();
  const errors = watchErrors(page);
  const brand = await openBrand('first-hour');
  const clicks = await countClicks(page);
  await walkIn(page, await brand.addPerson('owner'));

  // In the sandbox: a ready journey, without its wait, tried on somebody.
  await page.goto('/journeys');
  await page.getByRole('region', { name: 'Getting started' }).getByRole('link', { name: 'Draw a journey' }).click();
  await page.getByRole('radio', { name: /Thanks for the first purchase/ }).click();
  await page.getByLabel('Your website').fill('https://www.lutin.test');
  await page.getByRole('button', { name: 'Start from this one' }).click();
  await page.locator('[data-card="two-days"]').click();
  await page.keyboard.press('Delete');
  await expect(page.locator('[data-card="two-days"]')).toHaveCount(0);
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const steps = page.getByRole('region', { name: 'Your first journey in five steps' });
  await steps.getByRole('button', { name: 'Try it on someone' }).click();
  await expect(steps.getByRole('listitem').filter({ has: page.getByLabel('Done:') })).toContainText(['Try it']);
  await page.keyboard.press('Escape');

  // The live workspace, and the journey promoted to it.
  await page.goto('/settings/workspace');
  await page.getByRole('button', { name: 'Make the live workspace' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make the live workspace' }).click();
  await expect(page.getByText('The live workspace of this sandbox is')).toBeVisible();
  await page.goto('/journeys');
  await page.getByRole('link', { name: 'Thanks for the first purchase' }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Promote to live…' }).click();
  const promotion = page.getByRole('dialog', { name: 'Promote this journey to live' });
  await promotion.getByRole('button', { name: 'Copy to live as a draft' }).click();
  await promotion.getByRole('button', { name: 'Open it in live' }).click();
  await expect(page.getByRole('button', { name: /^Change workspace: you are in .*, Live$/ })).toBeVisible();
  const journeyUrl = page.url();

  // In live: in whose name it leaves.
  const keys = await signUpAtVendor(brand.workspaceId);
  await page.goto('/journeys');
  await page.getByRole('region', { name: 'Getting started' }).getByRole('link', { name: 'Set up who your messages come from' }).click();
  await page.getByRole('button', { name: 'Sender for E-mail' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('API key').fill(keys.apiKey);
  await form.getByLabel('Signing secret').fill(keys.webhookSecret);
  await form.getByLabel('Sender').fill('Maison Lutin <hello@lutin.test>');
  await form.getByRole('button', { name: 'Save the sender' }).click();
  await page.getByRole('button', { name: 'Add the domain' }).click();
  await expect(page.getByRole('heading', { name: 'lutin.test' })).toBeVisible();
  await expect(async () => {
    await page.getByRole('button', { name: 'Check lutin.test again' }).click();
    await expect(page.getByText('Verified', { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();

  // Its customers, with what they agreed to.
  await page.goto('/journeys');
  await page.getByRole('region', { name: 'Getting started' }).getByRole('link', { name: 'Bring your customers in' }).click();
  await page.locator('input[type=file]').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(CUSTOMERS) });
  await page.getByRole('button', { name: 'Read the file' }).click();
  await page.getByLabel('Given on').fill('2026-01-15');
  await page.getByLabel('Where').fill('Our till');
  await page.getByRole('button', { name: 'Bring in 2 rows' }).click();
  await expect(page.getByRole('row', { name: 'Created 2' })).toBeVisible({ timeout: 30_000 });

  // Live, and the first purchase of one of them.
  await page.goto(journeyUrl);
  await page.getByRole('button', { name: /^Publish/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Publish/ }).click();
  await expect(page.getByText('Live v1')).toBeVisible();
  const sale = { id: newId(), type: 'purchase', occurredAt: new Date().toISOString(), customer: { email: ZOE }, properties: { orderId: newId(), amountMinor: 4_200, currency: 'EUR' } };
  const headers = { ...PAGE_HEADERS, 'content-type': 'application/json' };
  const taken = await page.evaluate(async (request) => (await fetch('/api/v1/events', { method: 'POST', ...request })).status, { headers, body: JSON.stringify(sale) });
  expect(taken).toBeLessThan(300);
  await expect.poll(() => mailsTo(ZOE), { timeout: 30_000 }).toEqual(['Maison Lutin <hello@lutin.test>: Merci, Zoé']);
  expect(clicks()).toBeLessThanOrEqual(MOST_CLICKS);
  test.info().annotations.push({ type: 'clicks', description: String(clicks()) });
  expect(errors).toEqual([]);
});
