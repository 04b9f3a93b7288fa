import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseResendWebhook } from '#providers/parse-resend-webhook.ts';
import { openResend } from '#providers/resend.ts';
import { email, openTestVendors, WEBHOOK_SECRET } from '#providers/vendor-server/vendors-for-test.ts';

let vendors: Awaited<ReturnType<typeof openTestVendors>>;
beforeAll(async () => { vendors = await openTestVendors({ ratePerSecond: 10 }); });
afterAll(() => vendors.stop());

const Mailbox = z.object({ messages: z.array(z.object({ id: z.string(), seq: z.number(), to: z.string(), subject: z.string(), text: z.string(), messageId: z.string(), at: z.string(), status: z.string() })), next: z.number().nullable() });
const readMailbox = async (query: string) => Mailbox.parse(await (await fetch(`${vendors.server.url}/mailbox${query}`)).json());
const send = (...to: string[]) => openResend({ apiKey: vendors.resend.credential, baseUrl: vendors.server.url }).sendBatch({ batchId: randomUUID(), payload: to.map((address) => email(address)) });
const act = (id: string, name: string, body?: object) => fetch(`${vendors.server.url}/mailbox/${id}/${name}`, { method: 'POST', ...(body && { body: JSON.stringify(body) }) });
const reports = () => vendors.webhooks.state.received.flatMap(({ headers, body }) => {
  const parsed = parseResendWebhook({ payload: body, headers, webhookSecret: WEBHOOK_SECRET });
  return parsed.ok ? parsed.reports : [];
});

describe('the mailbox', () => {
  it('lists what came in its order, by recipient and page by page', async () => {
    await send('page1@lutin.test', 'Anna@Lutin.test', 'page2@lutin.test');
    const first = await readMailbox('?limit=2');
    expect(first.messages.map(({ to }) => to)).toEqual(['page1@lutin.test', 'anna@lutin.test']);
    expect((await readMailbox(`?limit=2&after=${first.next}`)).messages.map(({ to }) => to)).toEqual(['page2@lutin.test']);
    expect((await readMailbox('?to=ANNA@lutin.test')).messages).toMatchObject([{ subject: 'Merci', status: 'queued', at: '2026-01-05T09:00:00.000Z' }]);
  });

  it('turns an open, a click and a complaint into signed webhooks at once', async () => {
    await send('acts@lutin.test');
    const [message] = (await readMailbox('?to=acts@lutin.test')).messages;
    for (const name of ['open', 'click', 'complain']) expect((await act(message!.id, name)).status).toBe(202);
    expect((await act(message!.id, 'click', { link: 'https://lutin.test/other' })).status).toBe(202);
    expect(reports().filter((report) => report.messageId === message!.messageId).map(({ status, detail }) => [status, detail])).toEqual([
      ['opened', null], ['clicked', 'https://lutin.test/a?b=1&c=2'], ['complained', null], ['clicked', 'https://lutin.test/other'],
    ]);
  });

  it('knows neither a message that is not there nor a number that nobody wrote to', async () => {
    expect((await act(randomUUID(), 'open')).status).toBe(404);
    expect((await fetch(`${vendors.server.url}/mailbox/reply`, { method: 'POST', body: JSON.stringify({ from: '+33639980099', body: 'STOP' }) })).status).toBe(404);
  });
});

describe('webhooks', () => {
  it('are tried again until they are taken, and hold the vendors unsettled meanwhile', async () => {
    await vendors.run();
    vendors.clock.now += 86_400_000;
    await vendors.run();
    expect(await vendors.server.settled()).toBe(true);
    await send('suppressed+again@lutin.test');
    vendors.webhooks.state.refusals = 1;
    vendors.clock.now += 1_000;
    await vendors.run();
    expect(await vendors.server.settled()).toBe(false);
    const before = reports().length;
    await vendors.store.releaseClaims();
    await vendors.run();
    expect(reports().length).toBe(before + 1);
    expect(await vendors.server.settled()).toBe(true);
  });
});

describe('the rate', () => {
  it('is stated on every answer and enforced per key', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => send('rate@lutin.test')));
    const refused = outcomes.filter((outcome) => outcome.kind === 'rateLimited');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ retryAfterSeconds: 1, rate: { limit: 10, remaining: 0 } });
    expect(vendors.errors).toEqual([]);
  });
});
