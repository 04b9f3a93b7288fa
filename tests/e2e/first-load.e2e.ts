import { expect, test } from '@playwright/test';
import { addressesIn, measureFirstLoads } from '#tests/bench/first-load.ts';
import { openBrand } from '#tests/e2e/open-brand.ts';

/** Opened in the browser; the bench opens every page. */
const HEAVIEST = ['canvas', 'newTemplate', 'pressure', 'programme', 'customer', 'till'];

test('no signed-in page loads more than 300 kB of JavaScript at first, and the canvas no more than 500 kB', async ({ browser }) => {
  test.setTimeout(240_000);
  const brand = await openBrand('first-load');
  const figures = await measureFirstLoads(browser, await brand.addPerson('owner'), await addressesIn(brand), { opened: HEAVIEST });
  console.log(`  First load: ${Object.entries(figures).map(([name, { kB }]) => `${name} ${kB}`).join(', ')} kB.`);
  for (const [name, { kB, limitKb }] of Object.entries(figures)) {
    expect(kB, `${name} loads scripts`).toBeGreaterThan(100);
    expect(kB, `${name} loads ${kB} kB of JavaScript at first`).toBeLessThanOrEqual(limitKb);
  }
});
