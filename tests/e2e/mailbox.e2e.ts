import { expect, test, type Page } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;
let customerId: string;
const SENT_WITHIN_MS = 30_000;

const opened = (page: Page) => page.getByRole('region', { name: 'Message', exact: true });
const consentOf = async (channel: string): Promise<unknown> => {
  const { consents } = await brand.call('GET', `/customers/${customerId}`);
  return (consents as { channel: string; purpose: string; state: string }[]).find((one) => one.channel === channel && one.purpose === 'marketing')?.state;
};

test.beforeAll(async () => {
  brand = await openBrand('mailbox');
  await brand.call('PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { en: { subject: 'Thank you {{ customer.firstName }}', html: '<!doctype html><html lang="en"><head><title>Thanks</title></head><body><main><h1>Hello</h1><p><a href="https://shop.example.org/season">See the season</a></p></main></body></html>' } } } });
  await brand.call('PUT', '/templates/parcel', { name: 'Parcel', content: { channel: 'sms', variants: { en: { text: 'Your parcel has left. STOP to opt out' } } } });
  const { id } = await brand.call('POST', '/journeys', {
    formatVersion: 1, key: 'thanks', name: 'Thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'mail' },
    nodes: [
      { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: { next: 'sms' } },
      { id: 'sms', kind: 'sendSms', settings: { templateKey: 'parcel', category: 'transactional' } },
    ],
  });
  await brand.call('POST', `/journeys/${String(id)}/publish`, {});
  const customer = await brand.call('PUT', '/customers', { identifiers: { email: 'emma@example.org', phone: '0639981234' }, profile: { firstName: 'Emma', language: 'en' } });
  customerId = String(customer['id']);
  await brand.call('PUT', `/customers/${customerId}/consents`, { consents: (['email', 'sms'] as const).map((channel) => ({ purpose: 'marketing', channel, state: 'granted', source: 'till' })) });
  await brand.call('POST', '/events', { id: 'p-1', type: 'purchase', customer: { email: 'emma@example.org' }, properties: { orderId: 'p-1', amountMinor: 5_000, currency: 'EUR' } });
});

test('a marketer reads a mail as its customer does, opens it, clicks its link, and finds both on the message', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/mailbox');
  const mail = page.getByRole('button', { name: /emma@example.org/ });
  await expect(mail).toBeVisible({ timeout: SENT_WITHIN_MS });
  await page.getByLabel('Search by address or number').fill('nobody');
  await expect(page.getByText('No message to such an address')).toBeVisible();
  await page.getByLabel('Search by address or number').fill('EMMA@');
  await mail.click();
  await expect(opened(page).getByRole('heading', { name: 'Thank you Emma' })).toBeVisible();
  await expectSound(page);
  await opened(page).getByRole('button', { name: 'Open' }).click();
  await expect(page.getByText('The vendor has reported the opening.')).toBeVisible();
  await page.frameLocator('iframe').getByRole('link', { name: 'See the season' }).click();
  await expect(opened(page).getByText('Clicked:')).toBeVisible();
  await opened(page).getByRole('link', { name: 'Why it was sent' }).click();
  await expect(page).toHaveURL(/\/content\/messages\/msg_/);
  await expect(page.getByText('It may be sent because the customer agreed on')).toBeVisible();
  const facts = page.getByRole('region', { name: 'Facts' });
  await expect(facts.getByText('Opened')).toBeVisible({ timeout: 15_000 });
  await expect(facts.getByText('Clicked')).toBeVisible();
  await expect(page.frameLocator('iframe').getByRole('heading', { name: 'Hello' })).toBeVisible();
  await expectSound(page);
  expect(errors).toEqual([]);
});

test('a customer unsubscribes from the mail program, and answers STOP to an SMS', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/mailbox');
  await page.getByRole('button', { name: /emma@example.org/ }).click();
  await opened(page).getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(page.getByText('The customer is unsubscribed')).toBeVisible();
  expect(await consentOf('email')).toBe('denied');
  await page.getByRole('button', { name: /33639981234/ }).click();
  await expect(opened(page).getByText('Your parcel has left.')).toBeVisible();
  await expectSound(page);
  await opened(page).getByRole('button', { name: 'Reply STOP' }).click();
  await expect(page.getByText('The vendor has passed the answer on.')).toBeVisible();
  await expect.poll(() => consentOf('sms')).toBe('denied');
});

test('another brand finds nothing of it, and who may not act is told so', async ({ page }) => {
  const other = await openBrand('other');
  expect((await other.call('POST', '/sandbox/mailbox/search', {}))['items']).toEqual([]);
  await walkIn(page, await brand.addPerson('viewer'));
  await page.goto('/mailbox');
  await expect(page.getByRole('heading', { name: 'You have no access to this' })).toBeVisible();
});
