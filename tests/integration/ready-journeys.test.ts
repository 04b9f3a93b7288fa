/** The ready journeys, started by the API, published as they are and run once each in one sandbox, by one jump. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { READY_JOURNEYS } from '#domain/journeys/ready/all-ready.ts';
import { until } from '#tests/integration/sleeping-brand.ts';
import { withInstallation, type Installation } from '#tests/integration/with-installation.ts';

const DAY_SECONDS = 86_400;

let call: Installation['call'];
let jump: Installation['jump'];
let mailsTo: Installation['mailsTo'];
withInstallation((made) => ({ call, jump, mailsTo } = made));

async function addCustomer(firstName: string, language: string, phone: string): Promise<string> {
  const customer = await call('PUT', '/customers', { identifiers: { email: `${firstName.toLowerCase()}@lutin.test`, phone }, profile: { firstName, language } });
  await call('PUT', `/customers/${String(customer['id'])}/consents`, { consents: ['email', 'sms'].map((channel) => ({ purpose: 'marketing', channel, state: 'granted', source: 'till' })) });
  return String(customer['id']);
}

it('are each published as they are, in French, and write to those concerned in their language', async () => {
  for (const { key } of READY_JOURNEYS) {
    const { id } = await call('POST', `/journeys/ready/${key}`, { language: 'fr', website: 'https://www.lutin.test/' });
    expect(await call('POST', `/journeys/${String(id)}/validate`)).toMatchObject({ problems: [] });
    await call('POST', `/journeys/${String(id)}/publish`, {});
  }
  const again = await call('POST', '/journeys/ready/win-back', { language: 'en', website: 'https://www.lutin.test' });
  expect(again['key']).toBe('win-back-2');
  const anna = await addCustomer('Anna', 'fr', '06 39 98 12 34');
  const basil = await addCustomer('Basil', 'en', '06 39 98 12 35');
  const chloe = String((await call('PUT', '/customers', {
    identifiers: { email: 'chloe@lutin.test' }, profile: { firstName: 'Chloé', language: 'fr', birthDate: '1990-06-20' },
    relatives: [{ relation: 'child', firstName: 'Zoé', birthDate: '2021-07-01' }, { relation: 'spouse', firstName: 'Ali', birthDate: '1989-07-02' }],
    contracts: [{ kind: 'care', reference: 'M-2041', startsOn: '2024-07-20' }, { kind: 'care', reference: 'M-1000', startsOn: '2020-07-21', status: 'ended' }],
  }))['id']);
  await call('PUT', `/customers/${chloe}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
  await call('PUT', '/stores/nice', { name: 'Lutin Nice', city: 'Nice', country: 'FR', timeZone: 'Europe/Paris', opensOn: '2026-08-01' });
  await call('POST', '/events', [
    { id: 'ticket-1', type: 'purchase', customer: { email: 'anna@lutin.test' }, properties: { orderId: 'ticket-1', amountMinor: 4_250, currency: 'EUR' } },
    { id: 'cart-1', type: 'cart.updated', customer: { email: 'basil@lutin.test' }, properties: { cartId: 'cart-1' } },
  ]);
  const Inside = z.object({ items: z.array(z.object({ kind: z.string(), data: z.looseObject({ step: z.string().optional() }) })) });
  const waits = async (id: string, journeys: number) => Inside.parse(await call('GET', `/customers/${id}/timeline`)).items.filter(({ data }) => data.step === 'waiting').length === journeys;
  await until('both wait', async () => (await waits(anna, 2)) && (await waits(basil, 1)));
  expect(await jump(100 * DAY_SECONDS)).toMatchObject({ state: 'done', stuckOn: [] });

  const toAnna = (await mailsTo('anna@lutin.test')).map(({ subject, html }) => ({ subject, html: html ?? '' })).sort((a, b) => (a.subject ?? '').localeCompare(b.subject ?? ''));
  expect(toAnna.map(({ subject }) => subject)).toEqual(['Anna, 10 % pour vous revoir', 'Bienvenue', 'Lutin Nice ouvre aujourd’hui', 'Merci, Anna']);
  expect(toAnna[0]?.html).toMatch(/Votre code.*>[A-Z0-9-]{6,}<\/span>.*Valable jusqu’au \d\d\/\d\d\/2026/s);
  expect(toAnna[3]?.html).toContain('Lutin');
  expect((await mailsTo('basil@lutin.test')).map(({ subject }) => subject).sort()).toEqual(['Lutin Nice opens today', 'May we help you choose?', 'Welcome', 'Your cart is still here']);
  const toChloe = await mailsTo('chloe@lutin.test');
  expect(toChloe.map(({ subject }) => subject).sort()).toEqual(['Bientôt un anniversaire : Zoé', 'Bienvenue', 'Joyeux anniversaire', 'Lutin Nice ouvre aujourd’hui', 'Pouvons-nous vous aider à choisir ?', 'Une année de plus ensemble']);
  expect(toChloe.find(({ subject }) => subject === 'Une année de plus ensemble')?.html).toContain('M-2041');
  expect(toChloe.find(({ subject }) => subject === 'Joyeux anniversaire')?.html).toMatch(/[A-Z0-9-]{6,}<\/span>/);
  expect(await mailsTo('+33639981235')).toMatchObject([{ channel: 'sms' }]);
  expect(await mailsTo('+33639981234')).toEqual([]);
});
