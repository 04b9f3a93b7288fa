import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors } from '#tests/e2e/open-brand.ts';

test('a marketer lets a split choose its winner by a goal, follows it, sends everybody to a branch by hand, and puts the test back (§4.2)', async ({ page }) => {
  const errors = watchErrors(page);
  const brand = await openBrand('split-test');
  const definition = {
    formatVersion: 1, key: 'compare', name: 'Compare', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'split' },
    nodes: [
      { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }] }, next: { a: 'wait', b: 'wait' } },
      { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'hours' } } },
    ],
  };
  const { id } = await brand.call('POST', '/journeys', definition);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto(`/journeys/${String(id)}`);
  await page.locator('.react-flow__node').filter({ hasText: 'Split at random' }).click();
  await page.getByRole('switch', { name: 'Choose the winner by a goal' }).click();
  await expect(page.getByText(/Until 500 people have had their time; then everybody to the branch with most/).first()).toBeVisible();
  await page.getByRole('textbox', { name: 'People who have had that long' }).fill('20');
  await expect(page.getByText(/Until 20 people have had their time/).first()).toBeVisible();
  await expectSound(page);
  await expect.poll(async () => JSON.stringify((await brand.call('GET', `/journeys/${String(id)}`))['draft'])).toContain('"people":20');
  await brand.call('POST', `/journeys/${String(id)}/publish`, {});
  await brand.call('POST', '/events', Array.from({ length: 12 }, (_, index) => ({ id: `v-${index}`, type: 'visit', customer: { card: `C${index}` } })));
  await expect.poll(async () => JSON.stringify(await brand.call('GET', `/journeys/${String(id)}/report`))).toContain('"entered":12');
  await page.reload();
  await page.locator('.react-flow__node').filter({ hasText: 'Split at random' }).click();
  await expect(page.getByText('The test runs. Too few were counted to be sure of a difference.')).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Send everybody to b' }).click();
  await expect(page.getByText(/^b was chosen by hand on/)).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'b, winner: 0 of 0' })).toBeVisible();
  await brand.call('POST', '/events', Array.from({ length: 6 }, (_, index) => ({ id: `w-${index}`, type: 'visit', customer: { card: `D${index}` } })));
  await page.screenshot({ path: 'test-results/split-test.png' });
  await page.getByRole('button', { name: 'Back to the test' }).click();
  await expect(page.getByText(/^The test runs/)).toBeVisible();
  expect(errors).toEqual([]);
});
