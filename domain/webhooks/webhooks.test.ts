import { describe, expect, it } from 'vitest';
import { decideAfterAttempt, reasonOfAttempt, WEBHOOK_ATTEMPTS, WEBHOOK_RETRY_SECONDS } from './after-attempt.ts';
import { DestinationInput } from './destination.ts';
import { testBody, webhookBody } from './webhook-body.ts';

const answered = (status: number, retryAfterSeconds: number | null = null) => ({ kind: 'answered', status, body: null, retryAfterSeconds }) as const;

describe('after an attempt of a webhook (§11.5)', () => {
  it('every 2xx is taken, 410 is final, everything else is tried again', () => {
    for (const status of [200, 202, 204]) expect(decideAfterAttempt(answered(status), 1, 0)).toEqual({ kind: 'delivered' });
    expect(decideAfterAttempt(answered(410), 1, 0)).toEqual({ kind: 'gone' });
    for (const status of [301, 400, 401, 404, 429, 500, 503]) expect(decideAfterAttempt(answered(status), 1, 0)).toEqual({ kind: 'again', seconds: 5 });
    for (const reason of ['http.timeout', 'http.unreachable', 'http.forbiddenAddress'] as const) expect(decideAfterAttempt({ kind: 'failed', reason }, 2, 0)).toEqual({ kind: 'again', seconds: 300 });
  });

  it('ten attempts go over three days, each later, spread, and as late as the server wishes up to a day', () => {
    const waits = Array.from({ length: WEBHOOK_ATTEMPTS }, (_, index) => decideAfterAttempt(answered(500), index + 1, 0));
    expect(waits).toEqual([...WEBHOOK_RETRY_SECONDS.map((seconds) => ({ kind: 'again', seconds })), { kind: 'failed' }]);
    expect(WEBHOOK_RETRY_SECONDS.reduce((sum, each) => sum + each, 0) / 86_400).toBeGreaterThan(3);
    expect(decideAfterAttempt(answered(500), 2, 1)).toEqual({ kind: 'again', seconds: 360 });
    expect(decideAfterAttempt(answered(429, 900), 1, 0)).toEqual({ kind: 'again', seconds: 900 });
    expect(decideAfterAttempt(answered(429, 900_000), 1, 0)).toEqual({ kind: 'again', seconds: 86_400 });
    expect([reasonOfAttempt(answered(500)), reasonOfAttempt({ kind: 'failed', reason: 'http.timeout' })]).toEqual([{ code: 'http.status', figures: { status: 500 } }, { code: 'http.timeout' }]);
  });
});

describe('a destination', () => {
  const parse = (address: string) => DestinationInput.safeParse({ name: 'x', address, types: ['offer.granted'] }).success;
  it('is a host by name over https, with nothing to fill in and nobody’s password', () => {
    for (const address of ['https://shop.example.com', 'https://shop.example.com:8443/hooks?source=parcours']) expect(parse(address), address).toBe(true);
    for (const address of ['http://shop.example.com', 'https://10.0.0.1/x', 'https://localhost/x', 'https://[::1]/', 'https://me:pw@shop.example.com/', 'https://shop.example.com/{{ customer.id }}', 'https://shop.example.com/#x', 'shop.example.com']) expect(parse(address), address).toBe(false);
  });

  it('chooses types, each once', () => {
    expect(DestinationInput.parse({ name: ' a ', address: 'https://a.example.com', types: ['purchase', 'offer.granted', 'purchase'] })).toMatchObject({ name: 'a', types: ['offer.granted', 'purchase'] });
    for (const types of [[], ['No'], ['a b'], ['*']]) expect(DestinationInput.safeParse({ name: 'a', address: 'https://a.example.com', types }).success).toBe(false);
  });
});

describe('the body of a webhook', () => {
  const event = { id: '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f', customerId: '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f', type: 'offer.granted', occurredAt: 0, acceptedAt: 1_000, externalId: 'c-1', store: 'lyon', properties: { offer: 'x' } };
  it('says type, time and data, with ids and no address of the customer', () => {
    expect(JSON.parse(webhookBody(event, true))).toEqual({
      type: 'offer.granted', timestamp: '1970-01-01T00:00:00.000Z',
      data: { eventId: expect.stringMatching(/^evt_/), customer: { id: expect.stringMatching(/^cus_/), externalId: 'c-1' }, store: 'lyon', acceptedAt: '1970-01-01T00:00:01.000Z', sandbox: true, properties: { offer: 'x' } },
    });
    expect(JSON.parse(webhookBody({ ...event, customerId: null }, false))).toMatchObject({ data: { customer: null, sandbox: false } });
    expect(JSON.parse(testBody('Desk', 0))).toMatchObject({ type: 'webhook.test', data: { destination: 'Desk' } });
  });
});
