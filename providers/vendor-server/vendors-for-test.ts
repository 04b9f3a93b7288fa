/** For tests: the simulated vendors over memory, clocks that stand until moved (retries wait for `releaseClaims`), and a webhook receiver that keeps what came and may refuse it. */
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { invariant } from '#domain/shared/invariant.ts';
import type { EmailMessage, SmsMessage } from '#providers/ports.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { VendorAccount, VendorStore } from '#db/queries/vendor-store.ts';
import { openMemoryStore } from '#providers/vendor-server/memory-store.ts';
import { serveVendors } from '#providers/vendor-server/serve-vendors.ts';

export type ReceivedWebhook = { url: string; headers: Record<string, string>; body: string };

export const WEBHOOK_SECRET = `whsec_${Buffer.from('a secret of the tests only').toString('base64')}`;
export const AUTH_TOKEN = 'a token of the tests only';

/** A receiver on a free port; answers 500 while `refusals` is above zero. */
export async function receiveWebhooks() {
  const state: { received: ReceivedWebhook[]; refusals: number } = { received: [], refusals: 0 };
  const server = createServer((incoming, response) => {
    let body = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
      state.refusals -= 1;
      if (state.refusals < 0) state.received.push({ url: `${url}${incoming.url}`, headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)])), body });
      response.writeHead(state.refusals < 0 ? 204 : 500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'a listening server has an address');
  const url = `http://127.0.0.1:${address.port}`;
  return { url, state, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }) };
}

/** One Resend and one Twilio account of a workspace. */
export const testAccounts = (webhookUrl: string, workspaceId: string): [VendorAccount, VendorAccount] => [
  { id: randomUUID(), workspaceId, vendor: 'resend', credential: `re_${randomUUID()}`, signingSecret: WEBHOOK_SECRET, webhookUrl: `${webhookUrl}/resend` },
  { id: randomUUID(), workspaceId, vendor: 'twilio', credential: `AC${randomUUID().replaceAll('-', '')}`, signingSecret: AUTH_TOKEN, webhookUrl: `${webhookUrl}/twilio` },
];

/** Everything running; `clock.now` is workspace time, and `run` sends what is due at it. */
export async function openTestVendors(options: { ratePerSecond?: number } = {}) {
  const clock: { now: Instant } = { now: Date.UTC(2026, 0, 5, 9) };
  const webhooks = await receiveWebhooks();
  const [resend, twilio] = testAccounts(webhooks.url, randomUUID());
  const store: VendorStore = openMemoryStore({ accounts: [resend, twilio], now: () => clock.now, machineNow: () => 0 });
  const errors: unknown[] = [];
  const server = await serveVendors({ store, port: 0, ...options, onError: (error) => errors.push(error) });
  const run = () => fetch(`${server.url}/callbacks/run`, { method: 'POST' });
  return { clock, webhooks, resend, twilio, store, server, errors, run, stop: async () => { await server.stop(); await webhooks.stop(); } };
}

export const email = (to: string, messageId: string = randomUUID()): EmailMessage => ({
  messageId, to, from: 'Lutin <bonjour@lutin.test>', subject: 'Merci', html: '<p>Merci <a href="https://lutin.test/a?b=1&amp;c=2">ici</a></p>', text: 'Merci', headers: { 'List-Unsubscribe': '<https://lutin.test/u>' }, tags: { journey: 'welcome' },
});

export const sms = (to: string, callbackUrl: string, messageId: string = randomUUID()): SmsMessage => ({
  channel: 'sms', messageId, to, sender: { from: 'LUTIN' }, body: 'Merci. STOP au 36111', validitySeconds: 3_600, statusCallbackUrl: `${callbackUrl}/twilio?m=${messageId}&s=signed`,
});
