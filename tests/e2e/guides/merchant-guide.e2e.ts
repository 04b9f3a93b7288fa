import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { parseId } from '#domain/shared/ids.ts';
import { card, saved } from '#tests/e2e/draw-journey.ts';
import { openGuide } from '#tests/e2e/guides/follow-guide.ts';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

const guide = openGuide('merchant', 'fr');
const WITHIN_A_MINUTE_MS = 60_000;
const TILL = guide.language === 'fr' ? 'Comptoir 1' : 'Counter 1';
const TO_BE_SENT = /to be sent|will be sent|à envoyer|sera envoyée|seront envoyées/;
const NO_TILL_ANY_MORE = /était une caisse et ne l’est plus|is none any more/;
const euros = (amount: number): RegExp => new RegExp(`${amount}[.,]00`);

const speak = (context: BrowserContext) => context.addCookies([{ name: 'parcours.language', value: guide.language, url: new URL(process.env['E2E_BASE_URL'] ?? 'http://127.0.0.1:3000').origin }]);
const kept = (page: Page) => page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).match('/till'))?.status))).join());
const finder = (device: Page) => device.getByLabel(guide.on('Card, phone, e-mail or voucher'));
const receipt = (device: Page) => device.getByRole('region', { name: guide.on('Done') });

/** What a scanner does on a machine that is not busy: all keys within some milliseconds, into whatever has the focus. */
const scanAtOnce = (page: Page, text: string) => page.evaluate((keys) => {
  for (const key of keys) {
    const goesOn = (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    if (goesOn && key.length === 1) document.execCommand('insertText', false, key);
  }
}, [...text, 'Enter']);

/** What the guide takes for granted: a store with its merchant, somebody with a card, and a welcome that begins with who joins. */
async function openShop(): Promise<{ brand: Brand; storeUuid: string }> {
  const brand = await openBrand('merchant-guide');
  const { id } = await brand.call('PUT', '/stores/lyon', { name: 'Lyon Croix-Rousse', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/stores/nantes', { name: 'Nantes Bouffay', city: 'Nantes', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('PUT', '/customers', { identifiers: { card: '2701000001' }, profile: { firstName: 'Anna' } });
  await brand.call('PUT', '/templates/thanks', { name: 'Thank you', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<!doctype html><html lang="fr"><head><title>Merci</title></head><body><p>Merci.</p></body></html>' } } } });
  for (const name of ['Lina', 'Nora']) {
    const customer = await brand.call('PUT', '/customers', { identifiers: { externalId: name, email: `${name.toLowerCase()}@example.test` }, profile: { firstName: name } });
    await brand.call('PUT', `/customers/${String(customer['id'])}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  }
  const welcome = { formatVersion: 1, key: 'welcome', name: 'Welcome', entry: { trigger: { kind: 'event', event: { type: 'store.joined' } }, reentry: { mode: 'onceEver' }, next: 'wait' }, nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: {} }] };
  const journey = await brand.call('POST', '/journeys', welcome);
  await brand.call('POST', `/journeys/${String(journey['id'])}/publish`, {});
  return { brand, storeUuid: parseId('store', String(id)) ?? '' };
}

async function pairATill(page: Page, device: Page): Promise<void> {
  const since = Date.now();
  await guide.go(page, 'Stores', 'Tills and staff');
  await guide.press(page, 'Add a till');
  await guide.press(page, 'Get the code');
  const code = (await page.getByTestId('till-code').textContent()) ?? '';
  await device.goto('/till');
  await guide.field(device, 'Code').fill(code.toLowerCase());
  await guide.press(device, 'Pair');
  await expect(finder(device)).toBeFocused();
  await expect(page.getByText(guide.on(`${TILL} is paired and ready.`))).toBeVisible();
  expect(Date.now() - since).toBeLessThan(WITHIN_A_MINUTE_MS);
  await guide.press(page, 'Done');
}

async function giveAPin(page: Page, device: Page): Promise<void> {
  await guide.press(page, 'Add somebody');
  const form = page.getByRole('dialog');
  await guide.field(form, 'Name').fill('Nadia');
  await guide.field(form, 'PIN').fill('4071');
  await guide.press(form, 'Save');
  await expect(form).toHaveCount(0);
  await expectSound(page);
  await device.reload();
  const enter = async (): Promise<void> => {
    await device.getByLabel(guide.on('PIN of Nadia')).fill('4071');
    await device.keyboard.press('Enter');
    await expect(finder(device)).toBeVisible();
  };
  await enter();
  await guide.press(device, 'Nadia, change');
  await enter();
}

async function serveAtTheCounter(page: Page, device: Page, context: BrowserContext, brand: Brand): Promise<void> {
  // Who is it? A scanner types wherever the cursor is, and what was typed before stays.
  await guide.seen(device, 'Scan with the camera');
  const amount = device.getByLabel(guide.on('Amount'));
  await amount.fill('12');
  await amount.focus();
  await scanAtOnce(device, '2701000001');
  await expect(device.getByRole('heading', { name: 'Anna' })).toBeVisible();
  await expect(amount).toHaveValue('12');
  await amount.press('Enter');
  await expect(receipt(device)).toContainText(euros(12));
  await expectSound(device);
  await device.getByRole('button', { name: guide.on('Next customer') }).first().click();

  // Nobody is known?
  await finder(device).fill('06 39 98 71 23');
  await device.keyboard.press('Enter');
  await device.getByLabel(guide.on('First name (optional)')).fill('Dora');
  await guide.field(device, 'Yes, by SMS').check();
  await guide.press(device, 'Enrol');
  await expect(device.getByRole('heading', { name: 'Dora' })).toBeVisible();

  // They buy, by mistake too much.
  await guide.field(device, 'Amount').fill('500');
  await device.getByRole('button', { name: guide.said('Ring up') }).click();
  await expect(receipt(device)).toContainText(euros(500));
  await guide.press(receipt(device), 'Cancel this purchase');
  await guide.press(device, 'Wrong amount');
  await expect(receipt(device)).toHaveCount(0);
  await amount.fill('50');
  await amount.press('Enter');
  await expect(receipt(device)).toContainText(euros(50));

  // No network? What is rung up outlives a reload, and leaves once.
  await expect.poll(() => kept(device)).toBe('200');
  await context.setOffline(true);
  await device.reload();
  await amount.fill('30');
  await amount.press('Enter');
  await expect(device.getByText(new RegExp(`30[.,]00.*(${guide.language === 'fr' ? 'gardé' : 'is kept on this till'})`))).toBeVisible();
  await context.setOffline(false);
  await device.reload();
  await expect(device.getByText(TO_BE_SENT)).toHaveCount(0);
  const { items } = await brand.call('POST', '/customers/search', { identifier: { kind: 'phone', value: '+33639987123' } });
  const [{ id }] = items as [{ id: string }];
  expect(JSON.stringify(await brand.call('GET', `/customers/${id}/timeline?kinds=event`))).toContain('wrongAmount');

  await guide.seen(page, 'Connected', 'Tills and staff');
}

async function hangThePosterUp(page: Page, context: BrowserContext, brand: Brand): Promise<void> {
  await guide.seen(page, 'Tills and staff');
  await page.getByRole('link', { name: guide.said('Joining poster') }).first().click();
  await guide.press(page, 'Make the poster');
  await guide.seen(page, 'Print');
  const poster = await page.getByRole('link', { name: guide.on('Open the page') }).getAttribute('href');
  const phone = await context.newPage();
  await phone.goto(new URL(poster ?? '').pathname);
  await phone.getByRole('textbox').first().fill('06 39 98 71 24');
  await phone.getByRole('textbox').nth(1).fill('Emil');
  await phone.getByRole('checkbox').check();
  await phone.getByRole('button').click();
  await expect(phone).toHaveURL(/joined/);
  await phone.close();
  const welcomed = async (): Promise<unknown> => {
    const { items } = await brand.call('GET', '/journeys');
    const [welcome] = items as [{ id: string }];
    return (await brand.call('GET', `/journeys/${welcome.id}/report`))['inside'];
  };
  await expect.poll(welcomed, { timeout: 30_000 }).toBe(1);

  // Another code makes the last one worthless.
  await guide.press(page, 'Another code');
  await page.getByRole('dialog').getByRole('button', { name: guide.on('Another code') }).click();
  await expect.poll(async () => (await page.request.get(new URL(poster ?? '').pathname)).status()).toBe(404);
}

const bought = (id: string, store: string, name: string) => ({ id, type: 'purchase', store, customer: { externalId: name }, properties: { orderId: id, amountMinor: 4_200, currency: 'EUR' } });

/** From an event of the store to a mail for who buys there, and for nobody else. */
async function startAJourney(page: Page, brand: Brand): Promise<void> {
  const refused: string[] = [];
  page.on('response', (response) => { if (response.url().includes('/api/v1/') && response.status() >= 400) refused.push(`${response.status()} ${new URL(response.url()).pathname}`); });
  const mailed = async (name: string): Promise<number> => {
    const { id } = await brand.call('PUT', '/customers', { identifiers: { externalId: name } });
    return ((await brand.call('GET', `/customers/${String(id)}/messages`))['items'] as unknown[]).length;
  };
  await guide.go(page, 'Events');
  await page.getByRole('link', { name: 'purchase', exact: true }).click();
  await page.getByRole('link', { name: guide.said('Start a journey from this') }).click();
  await expect(page.getByText(guide.on('It begins with what happens at Lyon Croix-Rousse, and nowhere else.'))).toBeVisible();
  guide.told('Journeys', 'New journey');
  await page.getByLabel(guide.on('Name')).fill('Thanks from Lyon');
  await page.getByRole('button', { name: guide.on('Create the journey') }).click();
  await page.waitForURL(/\/journeys\/jrn_/);
  const canvas = new URL(page.url()).pathname;
  await expect(card(page, 'entry')).toContainText('Lyon Croix-Rousse');
  await page.locator('[data-port-node="entry"][data-port="next"] button').click();
  const menu = page.locator('[role="menu"]');
  await expect(menu.locator('[data-kind="sendEmail"]')).toBeVisible();
  await expect(menu.locator('[data-kind="givePoints"], [data-kind="joinJourney"], [data-kind="httpRequest"]')).toHaveCount(0);
  await menu.locator('[data-kind="sendEmail"]').click();
  await page.getByRole('combobox', { name: guide.on('Template') }).or(page.getByRole('textbox', { name: guide.on('Template') })).first().click();
  await page.getByRole('option', { name: 'Thank you' }).click();
  await saved(page);
  await guide.press(page, 'Try…');
  await page.getByRole('button', { name: guide.on('Close the trial') }).click();
  await expect(page.getByRole('link', { name: guide.said('Simulate…') })).toBeVisible();
  const publish = guide.said('Publish version 1');
  await page.getByRole('button', { name: publish }).click();
  await page.getByRole('dialog').getByRole('button', { name: publish }).click();
  await expect(page.getByText(guide.on('Live v1'))).toBeVisible();
  await brand.call('POST', '/events', [bought('at-nantes', 'nantes', 'Nora'), bought('at-lyon', 'lyon', 'Lina')]);
  await expect.poll(() => mailed('Lina'), { timeout: 30_000 }).toBe(1);
  expect([await mailed('Nora'), await brand.call('GET', `${canvas}/report`)]).toMatchObject([0, { entered: 1, refusedEntries: [] }]);
  await page.goto('/journeys');
  await expect(page.getByRole('row', { name: /Thanks from Lyon/ })).toContainText('Lyon Croix-Rousse');
  expect(refused).toEqual([]);
}

/** Another device takes the till over, and the first is nobody; then the second is lost too. */
async function replaceAndLoseTheDevice(page: Page, device: Page, browser: Browser): Promise<void> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  await speak(context);
  const other = await context.newPage();
  await page.goto('/tills');
  const actions = page.getByRole('button', { name: guide.on(`Actions for ${TILL}`) });
  await actions.click();
  await guide.choose(page, 'Replace the device…');
  const code = (await page.getByTestId('till-code').textContent()) ?? '';
  await other.goto('/till');
  await other.getByLabel(guide.on('Code')).fill(code);
  await other.getByRole('button', { name: guide.on('Pair') }).click();
  await expect(page.getByText(guide.on(`${TILL} is paired and ready.`))).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: guide.on('Done') }).click();
  await device.reload();
  await expect(device.getByText(NO_TILL_ANY_MORE)).toBeVisible();

  await actions.click();
  await guide.choose(page, 'Revoke');
  await page.getByRole('dialog').getByRole('button', { name: guide.on('Revoke') }).click();
  await expect(page.getByText(guide.on(`${TILL} is revoked.`))).toBeVisible();
  await expect(actions).toHaveCount(0);
  await other.reload();
  await expect(other.getByText(NO_TILL_ANY_MORE)).toBeVisible();
  await expectSound(other);
  await context.close();
}

async function connectARegister(page: Page, brand: Brand): Promise<void> {
  await page.context().clearCookies();
  await walkIn(page, await brand.addPerson('owner'), guide.language);
  await page.goto('/journeys');
  await guide.go(page, 'Settings', 'API keys');
  await guide.press(page, 'Create a key');
  const form = page.getByRole('dialog');
  await guide.field(form, 'Name').fill('Register of Lyon');
  await form.getByRole('combobox', { name: guide.said('Only for these stores') }).click();
  await page.getByRole('option', { name: 'Lyon Croix-Rousse' }).click();
  await page.keyboard.press('Tab');
  await guide.press(form, 'Create the key');
  const key = (await page.getByTestId('secret').textContent()) ?? '';
  const sell = async (store: string) => (await page.request.post('/api/v1/events', { headers: { authorization: `Bearer ${key}` }, data: { id: `sold-${store}`, type: 'purchase', occurredAt: new Date().toISOString(), store, customer: { card: '2701000001' }, properties: { orderId: store, amountMinor: 900, currency: 'EUR' } } })).status();
  expect([await sell('lyon'), await sell('nantes')]).toEqual([202, 403]);
}

test('§11.6 §11.8 a merchant follows the guide from a code on a tablet to who joins by the poster and a journey of their own, and loses a device without harm', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const errors = watchErrors(page);
  const { brand, storeUuid } = await openShop();
  const context = await browser.newContext();
  const device = await context.newPage();
  await speak(context);
  await walkIn(page, await brand.addPerson('merchant', [storeUuid]), guide.language);
  await page.goto('/till');
  await guide.seen(page, 'Till', 'Stores');
  guide.told('Tills and staff', 'Settings', 'API keys');

  await page.goto('/customers');
  await pairATill(page, device);
  await giveAPin(page, device);
  await serveAtTheCounter(page, device, context, brand);
  await hangThePosterUp(page, context, brand);
  await startAJourney(page, brand);
  await replaceAndLoseTheDevice(page, device, browser);
  await connectARegister(page, brand);
  guide.end();
  // A store without a poster is asked for one, and says so.
  expect(errors.filter((line) => !line.includes('404'))).toEqual([]);
  await context.close();
});
