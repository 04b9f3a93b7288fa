import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let customerId: string;
let journeyAddress: string;

const draft = {
  formatVersion: 1, key: 'asks', name: 'Asks the till', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'afterExit' }, next: 'task' },
  nodes: [
    { id: 'task', kind: 'createTask', settings: { title: 'Ring {{ customer.firstName }} up', assignedTo: 'store', dueIn: { amount: 2, unit: 'calendarDays' } }, next: { next: 'ask' } },
    { id: 'ask', kind: 'httpRequest', settings: { method: 'POST', address: 'https://erp.example.com/customers/{{ customer.id }}', headers: [], body: '{"page":"{{ event.properties.page }}"}', timeoutSeconds: 10, sandboxAnswer: { status: 200, body: '{"vip":true}' } }, next: { next: 'vip' } },
    { id: 'vip', kind: 'condition', settings: { condition: { field: 'event.properties.body.vip', is: 'equals', value: true } }, next: { yes: 'tag', no: null } },
    { id: 'tag', kind: 'changeTag', settings: { tag: 'vip', does: 'add' }, next: {} },
  ],
};

/** Pictures for whoever wants to look, when a folder is given. */
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['E2E_PICTURES'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test.beforeAll(async () => {
  brand = await openBrand('tasks');
  await brand.call('PUT', '/stores/lyon', { name: 'Lyon Bellecour', country: 'FR', timeZone: 'Europe/Paris' });
  customerId = String((await brand.call('PUT', '/customers', { identifiers: { externalId: 'zoe', phone: '06 12 34 56 78' }, profile: { firstName: 'Zoé', lastName: 'Martin' } }))['id']);
  journeyAddress = `/journeys/${String((await brand.call('POST', '/journeys', draft))['id'])}`;
  await brand.call('POST', '/events', { id: 'cb', type: 'callback.requested', customer: { externalId: 'zoe' }, properties: { topic: 'Sizes of boots', note: 'After six o’clock' } });
  await brand.call('POST', '/tasks', { customerId, title: 'Bring the size chart', dueAt: '2020-01-01T10:00:00Z' });
});

test('a marketer keeps a secret, names it in a request of the designer, and sees what a sandbox answers (§4.3)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/secrets');
  await page.getByRole('button', { name: 'Add a secret' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('erp-key');
  await page.getByLabel('Secret', { exact: true }).fill('hush-hush');
  await page.getByRole('button', { name: 'Save the secret' }).click();
  await expect(page.getByRole('row', { name: /erp-key/ })).toBeVisible();
  await expect(page.getByText('hush-hush')).toHaveCount(0);
  await expectSound(page);
  await picture(page, 'secrets');

  await page.goto(journeyAddress);
  const card = page.locator('[data-card="ask"]');
  await expect(card).toContainText('Ask erp.example.com (POST)', { timeout: 30_000 });
  await card.click();
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Authorization');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('Bearer {{ secret.erp-key }}');
  const address = page.getByRole('textbox', { name: 'Address' });
  await address.fill('http://10.0.0.1/');
  await expect(page.getByText('Write an address that begins with https://').first()).toBeVisible();
  await address.fill('https://erp.example.com/customers/{{ customer.id }}');
  await picture(page, 'http-form');
  await expect(page.getByRole('textbox', { name: 'Answer (JSON)' })).toHaveValue('{"vip":true}');
  await expectSound(page);
  await page.locator('[data-card="task"]').click();
  await expect(page.getByRole('textbox', { name: 'What to do' })).toHaveValue('Ring {{ customer.firstName }} up');
  await picture(page, 'task-form');
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Live v1')).toBeVisible();
  await brand.call('POST', '/events', { id: 'v1', type: 'visit', customer: { externalId: 'zoe' }, properties: { page: 'boots' } });
  await expect.poll(async () => JSON.stringify((await brand.call('GET', `/customers/${customerId}`))['profile']), { timeout: 20_000 }).toContain('"tags":["vip"]');
  await page.goto(`/customers/${customerId}`);
  await expect(page.getByText('Asks the till: the server answered 200')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Tasks and calls' })).toContainText('Ring Zoé up');
  await picture(page, 'customer');
  expect(errors).toEqual([]);
});

test('the staff work through the list: a call nobody answered stays, one that reached the customer goes (§4.6)', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/tasks');
  const call = page.getByRole('row', { name: /Sizes of boots/ });
  await expect(call).toContainText('the customer asked for it');
  await expect(page.getByRole('row', { name: /Bring the size chart/ })).toContainText('overdue since');
  await expectSound(page);
  await picture(page, 'tasks');
  await page.getByRole('radiogroup', { name: 'Kind' }).getByText('Calls').click();
  await expect(page).toHaveURL(/kind=call/);
  await expect(page.getByRole('row', { name: /Bring the size chart/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Close “Sizes of boots”' }).click();
  await expect(page.getByRole('link', { name: 'Ring +33612345678' })).toHaveAttribute('href', 'tel:+33612345678');
  await page.getByRole('radio', { name: 'No answer' }).check();
  await page.getByLabel('Call again (Europe/Paris)').fill('2031-05-02T10:00');
  await picture(page, 'close-call');
  await expectSound(page);
  await page.getByRole('button', { name: 'Keep it open' }).click();
  await expect(call).toContainText('tried once');
  await expect(call).toContainText('2 May 2031, 10:00');
  await page.getByRole('button', { name: 'Close “Sizes of boots”' }).click();
  await page.getByRole('radio', { name: 'Reached' }).check();
  await page.getByRole('textbox', { name: 'Comment' }).fill('Comes on Saturday');
  await page.getByRole('button', { name: 'Close it' }).click();
  await expect(call).toHaveCount(0);
  await page.getByRole('radiogroup', { name: 'State' }).getByText('Closed').click();
  await expect(page.getByRole('row', { name: /Sizes of boots/ })).toContainText('Comes on Saturday');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('tasks.csv');
  expect(errors).toEqual([]);
});

test('the list speaks French', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'), 'fr');
  await page.goto('/tasks');
  await expect(page.getByRole('row', { name: /Bring the size chart/ })).toContainText('en retard depuis');
  await expectSound(page);
  await picture(page, 'tasks-fr');
  await page.setViewportSize({ width: 320, height: 800 });
  await picture(page, 'tasks-320');
});
