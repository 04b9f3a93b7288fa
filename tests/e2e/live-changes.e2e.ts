import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
const entry = (next: string, type: string) => ({ trigger: { kind: 'event', event: { type } }, reentry: { mode: 'onceEver' }, next });
const wait = (id: string, days: number, next: string | null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });
const awaits = (id: string, days: number) => ({ id, kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: { amount: days, unit: 'calendarDays' } }, next: {} });
const drawn = (key: string, nodes: { id: string }[]) => ({ formatVersion: 1, key, name: `Live ${key}`, entry: entry(nodes[0]?.id ?? '', `${key}-visit`), nodes });

test.beforeAll(async () => {
  brand = await openBrand('live-changes');
});

/** A published journey with these people at its first step, and a draft that differs. */
async function begin(key: string, before: { id: string }[], after: { id: string }[], people: string[]): Promise<string> {
  const { id } = await brand.call('POST', '/journeys', drawn(key, before));
  await brand.call('POST', `/journeys/${String(id)}/publish`, {});
  for (const name of people) await brand.call('POST', '/events', { id: `${key}-${name}`, type: `${key}-visit`, customer: { email: `${key}-${name.toLowerCase()}@example.org`, profile: { firstName: name, lastName: 'Martin' } } });
  await expect.poll(async () => (await brand.call('GET', `/journeys/${String(id)}/report`))['entered'], { timeout: 20_000 }).toBe(people.length);
  await brand.call('PUT', `/journeys/${String(id)}/draft`, { revision: 1, draft: drawn(key, after) });
  return String(id);
}

const openPublish = async (page: Page, id: string): Promise<void> => {
  await page.goto(`/journeys/${id}`);
  await page.getByRole('button', { name: 'Publish version 2' }).click();
};

test('a marketer sees what publishing does to the people inside, moves them and undoes it', async ({ page }) => {
  const errors = watchErrors(page);
  const id = await begin('longer', [wait('a', 10, null)], [wait('a', 30, null)], ['Ada', 'Bea', 'Cleo']);
  await walkIn(page, await brand.addPerson('marketer'));
  await openPublish(page, id);
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
  await expect(dialog.getByText('3 people are inside')).toBeVisible();
  await dialog.getByRole('radio', { name: 'They move to version 2' }).check();
  await expect(dialog.getByText('3 wait longer', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Who: wait longer' }).click();
  await expect(dialog.getByRole('link', { name: 'Bea Martin' })).toBeVisible();
  await expectSound(page);
  await dialog.getByRole('button', { name: 'Publish version 2' }).click();
  const notice = page.locator('[data-move]');
  await expect(notice).toContainText('People are on version 2: 3 wait longer.');
  await expectSound(page);
  await notice.getByRole('button', { name: 'Undo for 3 people' }).click();
  await expect(notice).toContainText('Undone: 3 put back.');
  const { items } = await brand.call('GET', `/journeys/${id}/enrollments?inside=true`);
  expect(JSON.stringify(items).match(/"versionNumber":1/g)).toHaveLength(3);
  expect(errors).toEqual([]);
});

test('publishing waits until the author has said where people of a step that is gone go, by keyboard', async ({ page }) => {
  const id = await begin('gone', [awaits('a', 10)], [wait('b', 5, null)], ['Dora', 'Eve']);
  await walkIn(page, await brand.addPerson('marketer'));
  await openPublish(page, id);
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' });
  await dialog.getByRole('radio', { name: 'They finish on the version they entered' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('alert')).toContainText('One step is gone with people there');
  await expect(dialog.getByRole('button', { name: 'Publish version 2' })).toBeDisabled();
  const where = dialog.getByRole('combobox', { name: /^Where people at/ });
  await where.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Publish version 2' })).toBeEnabled();
  await dialog.getByRole('button', { name: 'Publish version 2' }).click();
  await expect(page.locator('[data-move="done"]')).toContainText('2 went where you said');

  // What two versions differ in is a picture, a list of steps, and what became of the people.
  await page.locator('.react-flow [data-card="entry"]').focus();
  await page.keyboard.press('v');
  await page.getByRole('button', { name: 'Compare…' }).click();
  const compare = page.getByRole('dialog', { name: 'What differs' });
  await compare.getByRole('combobox', { name: 'From' }).click();
  await page.getByRole('option', { name: 'Version 1' }).click();
  await compare.getByRole('combobox', { name: 'To' }).click();
  await page.getByRole('option', { name: 'Version 2' }).click();
  await expect(compare.getByRole('listitem').filter({ hasText: 'Added' })).toContainText('5 days');
  await expect(compare.getByRole('listitem').filter({ hasText: 'Removed' })).toHaveCount(1);
  await expect(compare.locator('[data-moved="2"]')).toContainText('2 went where you said');
});

test('a journey takes nobody in, opens again, is paused and resumed', async ({ page }) => {
  const id = await begin('drain', [wait('a', 10, null)], [wait('a', 10, null)], ['Flo']);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto(`/journeys/${id}`);
  const choose = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await choose('Take nobody in, let people inside go on');
  await expect(page.getByText('Takes nobody in')).toBeVisible();
  await expectSound(page);
  await choose('Take people in again');
  await expect(page.getByText('Takes nobody in')).toHaveCount(0);
  await choose('Pause: everything stays where it is');
  await expect(page.getByText('Paused v1')).toBeVisible();
  await choose('Resume');
  await expect(page.getByText('Live v1')).toBeVisible();
});

test('people whose journey failed are found at the step and tried again, in French', async ({ page }) => {
  const check = { id: 'a', kind: 'pressureCheck', settings: { category: 'special', channel: 'email' }, next: {} };
  const put = async (withSpecial: boolean): Promise<void> => {
    const { revision, policy } = await brand.call('GET', '/pressure-policy');
    const { categories, ...rest } = policy as { categories: { key: string }[] };
    const others = categories.filter(({ key }) => key !== 'special');
    const special = { ...categories[0], key: 'special' };
    await brand.call('PUT', '/pressure-policy', { revision, policy: { ...rest, categories: withSpecial ? [...others, special] : others } });
  };
  await put(true);
  const { id } = await brand.call('POST', '/journeys', drawn('fails', [check]));
  await brand.call('POST', `/journeys/${String(id)}/publish`, {});
  await put(false);
  for (const name of ['Gus', 'Hal']) await brand.call('POST', '/events', { id: `fails-${name}`, type: 'fails-visit', customer: { email: `${name.toLowerCase()}@example.org`, profile: { firstName: name, lastName: 'Petit' } } });
  await expect.poll(async () => JSON.stringify((await brand.call('GET', `/journeys/${String(id)}/report`))['endings']), { timeout: 20_000 }).toContain('"count":2');
  await put(true);
  await walkIn(page, await brand.addPerson('marketer'), 'fr');
  await page.goto(`/journeys/${String(id)}`);
  const showFailed = async (): Promise<void> => {
    await page.locator('[data-card="a"]').click();
    await page.getByText('En échec ici (2)').click();
    await expect(page.getByRole('link', { name: 'Gus Petit' })).toBeVisible();
  };
  await showFailed();
  await expectSound(page);
  // The narrow window in between has put the canvas away and with it what was chosen beside it.
  await page.reload();
  await showFailed();
  await page.getByRole('button', { name: 'Tout réessayer' }).click();
  await expect(page.getByText('2 personnes sont relancées')).toBeVisible();
  await expect.poll(async () => JSON.stringify((await brand.call('GET', `/journeys/${String(id)}/report`))['endings'])).toContain('"completed"');
});
