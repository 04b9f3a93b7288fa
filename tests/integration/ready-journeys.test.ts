/** The ready journeys, started by the API, published as they are and run once each in one sandbox, by one jump. */
import pino from 'pino';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { inWorkspace, openDatabase, type Database } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { READY_JOURNEYS } from '#domain/journeys/ready/all-ready.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { startWorker, type RunningWorker } from '#temporal/worker.ts';
import { TEST_SECRET } from '#tests/harness/builders.ts';
import { createTestDatabase, type TestDatabase } from '#tests/harness/test-database.ts';
import { serveApp, type ServedApp } from '#tests/integration/served-app.ts';
import { until } from '#tests/integration/sleeping-brand.ts';

const TEN_O_CLOCK = Date.UTC(2026, 5, 16, 8);
const DAY_SECONDS = 86_400;
const Json = z.record(z.string(), z.unknown());
const Mailbox = z.object({ messages: z.array(z.object({ channel: z.string(), subject: z.string().nullable(), html: z.string().nullable(), text: z.string().nullable() })) });

let made: TestDatabase;
let database: Database;
let vendors: Awaited<ReturnType<typeof startVendorServer>>;
let app: ServedApp;
let worker: RunningWorker;
let apiKey: string;

beforeAll(async () => {
  made = await createTestDatabase();
  database = openDatabase(made.url, { maximumConnections: 2 });
  vendors = await startVendorServer({ port: 0, databaseUrl: made.url });
  const temporalAddress = inject('temporalAddress');
  app = await serveApp({ DATABASE_URL: made.url, TEMPORAL_ADDRESS: temporalAddress, PARCOURS_SECRET: TEST_SECRET, VENDOR_SERVER_URL: vendors.url, LOG_LEVEL: 'silent' });
  worker = startWorker({ databaseUrl: made.url, temporalAddress, temporalNamespace: 'default', publicUrl: app.url, secret: TEST_SECRET, vendorServerUrl: vendors.url, taskQueue: `test-${made.name}`, log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }) });
  const workspaceId = await createWorkspace(database, {
    slug: 'lutin', name: 'Lutin', brand: 'Lutin', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', clockOffsetMs: TEN_O_CLOCK - Date.now(), publicUrl: app.url, vendorServerUrl: vendors.url,
  });
  apiKey = (await inWorkspace(database, workspaceId, (transaction) => createApiKey({ transaction, workspaceId, actor: 'test' }, { name: 'test', scopes: SCOPE_NAMES }))).key;
});
afterAll(async () => {
  await worker.stop();
  await app.stop();
  await vendors.stop();
  await database.end({ timeout: 5 });
  await made.drop();
});

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${app.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const answer = Json.parse(await response.json());
  expect(response.status, `${method} ${path}: ${JSON.stringify(answer)}`).toBeLessThan(300);
  return answer;
}
const mailsTo = async (to: string) => Mailbox.parse(await (await fetch(`${vendors.url}/mailbox?to=${encodeURIComponent(to)}`)).json()).messages;
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
  expect(await call('POST', '/clock/jump', { bySeconds: 100 * DAY_SECONDS })).toMatchObject({ state: 'done', stuckOn: [] });

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
