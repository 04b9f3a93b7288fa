/** A brand in which every page has something to show, made once for all looks. */
import { expect } from '@playwright/test';
import { firstPurchase } from '#domain/journeys/ready/first-purchase.ts';
import { drawPicture } from '#tests/harness/draw-picture.ts';
import { openBrand, type Brand } from '#tests/e2e/open-brand.ts';

export type Seen = {
  brand: Brand; owner: { email: string; password: string };
  customerId: string; /** Live, one person waiting, its draft differs. */ journeyId: string; pausedId: string; simulationId: string; importId: string; destinationId: string; connectorId: string; messageId: string; /** The path of a customer's own page. */ ownPage: string; /** The path behind a place’s code. */ joinPage: string; placePage: string;
};

const WITHIN = { timeout: 60_000 };
const entry = (type: string, next: string) => ({ trigger: { kind: 'event', event: { type } }, reentry: { mode: 'onceEver' }, next });
const wait = (id: string, days: number, next: string | null = null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });
const drawn = (key: string, type: string, days: number) => ({
  formatVersion: 1, key, name: `Thanks ${key}`, entry: entry(type, 'mail'), nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'transactional' }, next: { next: 'wait' } }, wait('wait', days)],
});
const emails = { email: 'ines@example.org' };

async function makeContent(brand: Brand): Promise<void> {
  const name = { en: 'One', fr: 'Un' };
  await brand.call('PUT', '/stores/lyon', { name: 'Lyon Bellecour', city: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await brand.call('POST', '/stores/lyon/tills', { name: 'Comptoir 1' });
  await brand.call('POST', '/stores/lyon/staff', { name: 'Nadia', pin: '4071' });
  await brand.call('PUT', '/templates/thanks', { name: 'Thanks', content: { channel: 'email', variants: { fr: { subject: 'Merci {{ customer.firstName }}', html: '<!doctype html><html lang="fr"><head><title>Merci</title></head><body><main><h1>Merci</h1><p><a href="{{ links.preferences }}">Choisir</a></p></main></body></html>' } } } });
  for (const { key, ...graded } of firstPurchase.build('fr', 'https://lutin.test').templates) await brand.call('PUT', `/templates/${key}`, graded);
  await brand.call('PUT', '/templates/short', { name: 'Short', content: { channel: 'sms', variants: { fr: { text: 'Fête demain' } } } });
  await brand.call('POST', `/images?${new URLSearchParams({ fileName: 'Vitrine d’automne.png', alt: 'Une vitrine aux couleurs de l’automne', language: 'fr' })}`, await drawPicture('#b4532a', 900, 600));
  await brand.call('PUT', '/products/coat', { name: { fr: 'Manteau rouge', en: 'Red coat' }, categories: ['coats'], priceMinor: 8_900, stock: 0 });
  await brand.call('PUT', '/offers/one', { key: 'one', name, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 } });
  await brand.call('PUT', '/programmes/one', { key: 'one', name, unit: 'points', earn: { base: { key: 'euro', kind: 'perAmount', points: 1, perMinor: 100 }, bonuses: [{ key: 'tuesday', order: 1, stacking: 'adds', when: { weekdays: [2] }, factor: 2 }] } });
}

async function makePeople(brand: Brand): Promise<string> {
  const customer = await brand.call('PUT', '/customers', { identifiers: emails, profile: { firstName: 'Inès', lastName: 'Martin', language: 'fr' } });
  await brand.call('POST', '/events', [
    { id: 'p-1', type: 'purchase', customer: emails, properties: { orderId: 'o-1', amountMinor: 4_590, currency: 'EUR' } },
    { id: 'far', type: 'purchase', customer: emails, properties: { orderId: 'o-2', amountMinor: 4_590, currency: 'USD' } },
  ]);
  await brand.call('POST', '/tasks', { customerId: customer['id'], title: 'Bring the size chart' });
  return String(customer['id']);
}

const itemsOf = (answer: Record<string, unknown>): Record<string, unknown>[] => (Array.isArray(answer['items']) ? answer['items'] : []);

export async function openBrandToLookAt(): Promise<Seen> {
  const brand = await openBrand('looks');
  const owner = await brand.addPerson('owner');
  await brand.addPerson('marketer');
  await makeContent(brand);
  const journeyId = String((await brand.call('POST', '/journeys', drawn('live', 'purchase', 3)))['id']);
  await brand.call('POST', `/journeys/${journeyId}/publish`, {});
  await brand.call('PUT', `/journeys/${journeyId}/draft`, { revision: 1, draft: drawn('live', 'purchase', 30) });
  const pausedId = String((await brand.call('POST', '/journeys', drawn('paused', 'visit', 3)))['id']);
  await brand.call('POST', `/journeys/${pausedId}/publish`, {});
  await brand.call('POST', `/journeys/${pausedId}/pause`, {});
  const customerId = await makePeople(brand);
  const place = await brand.call('PUT', '/places/window', { name: 'Vitrine', kind: 'qr', store: 'lyon', invitation: { fr: 'Scannez : votre prochaine visite compte double.' }, asksFor: ['email', 'sms'] });
  const poster = await brand.call('PUT', '/stores/lyon/poster', {});
  const destination = await brand.call('POST', '/destinations', { name: 'Order desk', address: 'https://desk.example.com/parcours', types: ['purchase', 'offer.granted'] });
  const destinationId = String(destination['id']);
  await brand.call('POST', `/destinations/${destinationId}/test`, {});
  const connector = await brand.call('POST', '/connectors', { name: 'Web shop', kind: 'woocommerce', secret: 'between the shop and us' });
  await fetch(String(connector['url']), { method: 'POST', body: '{}' });
  const simulation = await brand.call('POST', '/simulations', { journeys: [{ journeyId }], to: new Date(Date.now() + 7 * 86_400_000).toISOString() });
  await expect.poll(async () => itemsOf(await brand.call('POST', '/sandbox/mailbox/search', {})).length, WITHIN).toBeGreaterThan(0);
  const [mail] = itemsOf(await brand.call('POST', '/sandbox/mailbox/search', {}));
  const simulationId = String(simulation['id']);
  const importId = String((await brand.call('POST', '/imports?kind=customers', 'e-mail;naissance;taille\nada@example.org;31/01/1985;38\nida@;99/01/1985;40\n'))['id']);
  await expect.poll(async () => (await brand.call('GET', `/simulations/${simulationId}`))['state'], WITHIN).toBe('done');
  return { brand, owner, customerId, journeyId, pausedId, simulationId, importId, destinationId, connectorId: String(connector['id']), messageId: String(mail?.['messageId']), ownPage: /\/u\/[\w-]+/.exec(String(mail?.['html']))?.[0] ?? '/u/none', joinPage: new URL(String(poster['url'])).pathname, placePage: new URL(String(place['url'])).pathname };
}
