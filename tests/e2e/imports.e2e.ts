import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;

test.beforeAll(async () => {
  brand = await openBrand('imports');
});

const FILE = ['Code client;Prénom;Nom;E-mail;Date de naissance;Pointure;Newsletter', 'C1;Zoé;Lefèvre;ZOE@example.org;31/01/1985;38;oui', 'C2;Léa;Noël;lea@example.org;12/13/1990;39;non', 'C3;Ana;Roy;ana@example.org;05/06/1991;40;'].join('\r\n');

test('a marketer brings customers in from a spreadsheet of Windows, sees them as they would land, and saves what was refused with its reason', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Import' }).click();
  await expect(page.getByText('Nothing was imported yet')).toBeVisible();
  await expectSound(page);
  await page.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE, 'latin1') });
  await page.getByRole('button', { name: 'Read the file' }).click();

  await expect(page.getByRole('heading', { name: 'clients.csv' })).toBeVisible();
  await expect(page.getByText('3 rows · WINDOWS-1252, semicolons')).toBeVisible();
  const preview = page.getByRole('region', { name: 'The first rows as they would land' });
  await expect(preview.getByText('zoe@example.org')).toBeVisible();
  await expect(preview.getByText('31 Jan 1985')).toBeVisible();
  // A column that no field fits is kept as an attribute of the customer, and the day of the consents is said for all.
  await page.getByRole('combobox', { name: 'Pointure: Stands for' }).click();
  await page.getByRole('option', { name: 'Attribute «pointure»' }).click();
  await expect(preview.getByRole('columnheader', { name: 'Attribute «pointure»' })).toBeVisible();
  await page.getByLabel('Given on').fill('2026-01-15');
  await page.getByLabel('Where').fill('Old till');
  await expect(page.getByText('1 of these rows cannot be brought in')).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Bring in 3 rows' }).click();

  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('row', { name: 'Created 2' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'Refused 1' })).toBeVisible();
  await expect(page.getByRole('row', { name: 'Consents kept 1' })).toBeVisible();
  await expectSound(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save them with the reasons' }).click()]);
  expect(await readFile(await download.path(), 'utf8')).toContain('3,Date de naissance,This is no date written day/month/year.,C2,Léa,Noël');

  await page.goto('/customers');
  await page.getByRole('link', { name: 'Zoé Lefèvre' }).click();
  await expect(page.getByText('zoe@example.org').first()).toBeVisible();
  expect(errors).toEqual([]);
});

test('a marketer is told what is wrong with a file that is none, and of a mapping that lacks what every row needs', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'), 'fr');
  await page.goto('/customers/imports');
  await page.getByRole('radio', { name: 'Achats passés' }).check();
  await page.locator('input[type=file]').setInputFiles({ name: 'ventes.xlsx.csv', mimeType: 'text/csv', buffer: Buffer.from('504b03041400', 'hex') });
  await page.getByRole('button', { name: 'Lire le fichier' }).click();
  await expect(page.getByText('C’est un classeur ou une archive : ouvrez-le et enregistrez-le en CSV.')).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'ventes.csv', mimeType: 'text/csv', buffer: Buffer.from('ticket;date;couleur\nT1;01/06/2026;rouge\n') });
  await page.getByRole('button', { name: 'Lire le fichier' }).click();
  await expect(page.getByText('Il manque encore : Total ou Montant de la ligne')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Importer 1 ligne' })).toBeDisabled();
  await page.getByRole('combobox', { name: /^couleur/ }).click();
  await page.getByRole('option', { name: 'Total', exact: true }).click();
  await expect(page.getByText('Ce n’est pas un montant avec « , » avant les centimes.').first()).toBeAttached();
  await expectSound(page);
});
