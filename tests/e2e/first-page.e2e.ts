import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the first page leads to the description of the API and has no accessibility fault', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Parcours' })).toBeVisible();
  await expect(page.locator('a[href="/api/v1/docs"]')).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
});
