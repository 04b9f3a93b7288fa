import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors } from '#tests/e2e/open-brand.ts';

const WITHIN = { timeout: 30_000 };

/** Pictures for whoever wants to look, when a folder is given. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['E2E_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('a marketer adds a place, prints its code, and a passer-by who scans it enters the journey that begins there (§1.10)', async ({ page, browser }) => {
  const errors = watchErrors(page);
  const brand = await openBrand('places');
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/places');
  await page.getByRole('button', { name: 'Add a place' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a place' });
  await dialog.getByLabel('Name').fill('Vitrine de Lyon');
  await expect(dialog.getByLabel('Reference')).toHaveValue('vitrine-de-lyon');
  await dialog.getByLabel('What passers-by read (fr)').fill('Scannez : votre prochaine visite compte double.');
  await dialog.getByLabel('by e-mail').check();
  await expectSound(page);
  await picture(page, 'place-form');
  await dialog.getByRole('button', { name: 'Save place' }).click();
  await expect(page.getByText('Vitrine de Lyon is saved.')).toBeVisible();

  const draft = {
    formatVersion: 1, key: 'window', name: 'Window', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'wait' },
    nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next: null } }],
  };
  const journeyId = String((await brand.call('POST', '/journeys', draft))['id']);
  await page.goto(`/journeys/${journeyId}`);
  await page.locator('.react-flow [data-card="entry"]').click();
  await page.getByLabel('Starts with').selectOption({ label: 'A place or QR code' });
  await page.getByRole('combobox', { name: 'Which places' }).click();
  await page.getByRole('option', { name: 'Vitrine de Lyon' }).click();
  await expect(page.locator('.react-flow [data-card="entry"]')).toContainText('“Vitrine de Lyon”');
  await picture(page, 'trigger');
  await expect.poll(async () => JSON.stringify((await brand.call('GET', `/journeys/${journeyId}`))['draft']), WITHIN).toContain('vitrine-de-lyon');
  await brand.call('POST', `/journeys/${journeyId}/publish`, {});

  await page.goto('/places');
  await page.getByRole('link', { name: 'Print the code of Vitrine de Lyon' }).click();
  await expect(page.getByRole('img', { name: 'QR code of Vitrine de Lyon' })).toBeVisible();
  await page.getByText('Both', { exact: true }).click();
  await expect(page.getByRole('article', { name: 'The poster' })).toContainText('Scannez-moi');
  await expect(page.getByRole('article', { name: 'The poster' })).toContainText('Scan me');
  await expectSound(page);
  await picture(page, 'poster');

  const url = String((await brand.call('GET', '/places/vitrine-de-lyon'))['url']);
  const passerBy = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR', viewport: { width: 360, height: 740 } });
  const phone = await passerBy.newPage();
  await phone.goto(new URL(url).pathname);
  await expect(phone.getByRole('heading', { name: 'Ravis de vous voir' })).toBeVisible();
  await expect(phone.getByRole('checkbox')).not.toBeChecked();
  await picture(phone, 'visit');
  await phone.getByLabel('E-mail ou numéro de mobile').fill('pas une adresse');
  await phone.getByRole('button', { name: 'Compter ma visite' }).click();
  await expect(phone.getByRole('alert')).toContainText('Merci de vérifier');
  await phone.getByLabel('E-mail ou numéro de mobile').fill('zoe@lutin.test');
  await phone.getByRole('checkbox').check();
  await phone.getByRole('button', { name: 'Compter ma visite' }).click();
  await expect(phone.getByRole('status')).toContainText('Votre visite compte');
  await phone.goto(new URL(url).pathname);
  await phone.getByRole('button', { name: 'Compter ma visite' }).click();
  await expect(phone.getByRole('status')).toContainText('Votre visite compte');
  await passerBy.close();

  await expect.poll(async () => (await brand.call('GET', `/journeys/${journeyId}/report`))['inside'], WITHIN).toBe(1);
  expect(await brand.call('GET', '/places/vitrine-de-lyon')).toMatchObject({ visits: 1, visitors: 1 });

  await page.goto('/places');
  await picture(page, 'places');
  await page.getByRole('button', { name: 'More for Vitrine de Lyon' }).click();
  await page.getByRole('menuitem', { name: 'Close the place' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close the place' }).click();
  await expect(page.getByText('Vitrine de Lyon is closed.')).toBeVisible();
  expect((await page.request.get(new URL(url).pathname)).status()).toBe(404);
  expect(errors).toEqual([]);
});
