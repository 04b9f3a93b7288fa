import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

const WITHIN = { timeout: 30_000 };
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['E2E_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

type Mail = { unsubscribeUrl: string | null; channel: string };
const mailOf = async (brand: Brand, channel: string): Promise<Mail | undefined> => ((await brand.call('POST', '/sandbox/mailbox/search', {}))['items'] as Mail[]).find((mail) => mail.channel === channel);
const single = (key: string, kind: string) => ({
  formatVersion: 1, key, name: key, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'say' },
  nodes: [{ id: 'say', kind, settings: { templateKey: key, category: 'promotion' }, next: { next: null } }],
});

test('a customer turns notifications on, a marketer tries one and sends it, and what is shown is touched and counted (§4.3, §6.4)', async ({ page, browser }) => {
  const brand = await openBrand('notifications');
  await brand.call('PUT', '/templates/hello', { name: 'Hello', content: { channel: 'email', variants: { fr: { subject: 'Bonjour', html: '<p>Bonjour</p>' } } } });
  await brand.call('PUT', '/templates/nudge', { name: 'Nudge', content: { channel: 'push', variants: { fr: { title: 'Bonjour {{ customer.firstName }}', text: 'Vos points vous attendent.', url: 'https://shop.example.org/points' } } } });
  const customerId = String((await brand.call('PUT', '/customers', { identifiers: { email: 'ida@example.org' }, profile: { firstName: 'Ida', lastName: 'Faure', language: 'fr' } }))['id']);
  await brand.call('PUT', `/customers/${customerId}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  const [hello, nudge] = await Promise.all([brand.call('POST', '/journeys', single('hello', 'sendEmail')), brand.call('POST', '/journeys', single('nudge', 'sendPush'))]);
  const send = async (journey: Record<string, unknown>): Promise<void> => {
    await brand.call('POST', `/journeys/${String(journey['id'])}/publish`, {});
    await brand.call('POST', `/journeys/${String(journey['id'])}/entries`, { customers: [customerId] });
  };
  await send(hello);

  // On the canvas: who cannot get it, and how they come to. In the editor: how it looks, and a test that nobody can take yet.
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`/journeys/${String(nudge['id'])}`);
  await page.locator('.react-flow [data-card="say"]').click();
  await expect(page.getByText('Customers turn notifications on in their browser')).toBeVisible();
  await expect(page.getByText('1 of 1 customers can’t receive this: 1 without a browser, 0 without consent.').first()).toBeVisible();
  await picture(page, 'push-canvas');
  await page.goto('/content/templates/nudge');
  const shown = page.getByRole('figure', { name: 'A notification' });
  await expect(shown).toContainText('Bonjour Camille');
  await expect(shown).toContainText('Opens shop.example.org');
  await page.getByLabel('Leads to').fill('shop.example.org');
  await expect(page.getByText('This link leads nowhere: shop.example.org')).toBeVisible();
  await page.getByLabel('Leads to').fill('https://shop.example.org/points');
  await page.getByRole('switch', { name: 'Dark' }).check();
  await expect(shown).toHaveAttribute('data-phone', 'dark');
  await expectSound(page);
  await picture(page, 'push-template');
  await page.getByRole('button', { name: 'Send a test' }).click();
  const dialog = page.getByRole('dialog', { name: 'Send a test' });
  await dialog.getByRole('combobox', { name: 'In whose browsers' }).click();
  await page.getByRole('option', { name: 'Ida Faure' }).click();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(dialog).toContainText('This customer takes notifications in no browser yet.');
  await picture(page, 'push-test-dialog');

  // Ida's own page, from her e-mail: the browser asks, and her answer holds.
  await expect.poll(async () => (await mailOf(brand, 'email'))?.unsubscribeUrl, WITHIN).toBeTruthy();
  const preferences = new URL((await mailOf(brand, 'email'))?.unsubscribeUrl ?? '').pathname;
  const phone = await (await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'fr-FR' })).newPage();
  await phone.goto(preferences);
  await phone.getByRole('link', { name: 'Activer les notifications sur cet appareil' }).click();
  await phone.getByRole('button', { name: 'Activer les notifications' }).click();
  await expect(phone.getByRole('status')).toContainText('n’a pas autorisé');
  expect((await brand.call('GET', `/customers/${customerId}/push-subscriptions`))['items']).toEqual([]);
  await phone.context().grantPermissions(['notifications']);
  await phone.getByRole('button', { name: 'Activer les notifications' }).click();
  await expect(phone.getByRole('status')).toContainText('sont activées');
  await picture(phone, 'push-page');
  await phone.context().close();

  await dialog.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Sent to 1 browser.')).toBeVisible();
  await send(nudge);
  await page.goto('/mailbox');
  await page.getByRole('button', { name: /^(?!.*\[Test\]).*Bonjour Ida/ }).click(WITHIN);
  const touched = page.waitForEvent('popup');
  await page.context().route('https://shop.example.org/**', (route) => route.fulfill({ body: 'points' }));
  await picture(page, 'push-mailbox');
  await page.getByRole('link', { name: 'Touch it, as the customer' }).click();
  await (await touched).waitForURL('https://shop.example.org/points');
  await page.getByRole('link', { name: 'Why it was sent' }).click();
  await expect(page.getByRole('region', { name: 'Facts' }).getByText('Clicked')).toBeVisible(WITHIN);
  await expect(page.getByRole('figure', { name: 'A notification' })).toContainText('Bonjour Ida');
  await picture(page, 'push-message');
  expect(errors.filter((error) => !error.includes('409'))).toEqual([]);
});
