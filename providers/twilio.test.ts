import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTwilioWebhook } from '#providers/parse-twilio-webhook.ts';
import { openTwilio } from '#providers/twilio.ts';
import { AUTH_TOKEN, openTestVendors, sms } from '#providers/vendor-server/vendors-for-test.ts';

let vendors: Awaited<ReturnType<typeof openTestVendors>>;
beforeAll(async () => { vendors = await openTestVendors(); });
afterAll(() => vendors.stop());

const provider = (baseUrl = vendors.server.url, authToken = AUTH_TOKEN) => openTwilio({ accountSid: vendors.twilio.credential, authToken, baseUrl });
const send = (to: string) => provider().send(sms(to, vendors.webhooks.url));
const mailbox = (to: string) => vendors.store.listMessages({ to, limit: 10 });
const parse = ({ url, headers, body }: { url: string; headers: Record<string, string>; body: string }, authToken = AUTH_TOKEN) => parseTwilioWebhook({
  params: Object.fromEntries(new URLSearchParams(body)), signature: headers['x-twilio-signature'] ?? '', publicUrl: url, authToken, messageId: new URL(url).searchParams.get('m'), channel: body.includes('whatsapp') ? 'whatsapp' : 'sms', at: 7,
});
const reportsAbout = (messageId: string) => vendors.webhooks.state.received.map((webhook) => parse(webhook)).flatMap((parsed) => (parsed.ok && parsed.kind === 'report' && parsed.report.messageId === messageId ? [parsed.report] : []));

describe('openTwilio against the vendor server', () => {
  it('sends through the SDK and names the vendor\'s message', async () => {
    const message = sms('+33639980001', vendors.webhooks.url);
    const outcome = await provider().send(message);
    const [kept] = await mailbox('+33639980001');
    expect(outcome).toEqual({ kind: 'sent', providerMessageId: kept?.id });
    expect(kept).toMatchObject({ messageId: message.messageId, payload: { from: 'LUTIN', text: message.body } });
  });

  it.each(['+33639989903', '+33639989904'])('calls a kept message behind a lie ambiguous: %s (§7.3)', async (to) => {
    expect((await send(to)).kind).toBe('ambiguous');
    expect(await mailbox(to)).toHaveLength(1);
  });

  it('calls an error before anything was kept ambiguous too: it cannot know (§7.3)', async () => {
    expect((await send('+33639989905')).kind).toBe('ambiguous');
    expect(await mailbox('+33639989905')).toHaveLength(0);
  });

  it('waits as long as a 429 says, and storms no further (§7.5)', async () => {
    const kinds = [];
    for (let attempt = 0; attempt < 4; attempt += 1) kinds.push((await send('+33639989907')).kind);
    expect(kinds).toEqual(['rateLimited', 'rateLimited', 'rateLimited', 'sent']);
    expect(await mailbox('+33639989907')).toHaveLength(1);
  });

  it('names an unsubscribed and an invalid number by Twilio\'s code', async () => {
    expect(await send('+33639989911')).toMatchObject({ kind: 'refused', code: '21610', permanent: true });
    expect(await send('0639980001')).toMatchObject({ kind: 'refused', code: '21211', permanent: true });
  });

  it('takes a wrong token, or a server that is not there, as unavailable: nothing left', async () => {
    expect(await provider(undefined, 'wrong').send(sms('+33639980002', vendors.webhooks.url))).toMatchObject({ kind: 'unavailable' });
    expect(await provider('http://127.0.0.1:1').send(sms('+33639980002', vendors.webhooks.url))).toEqual({ kind: 'unavailable', reason: 'ECONNREFUSED' });
  });
});

describe('the webhooks of simulated Twilio', () => {
  it('settle an ambiguous send by the message id of their URL (§7.4)', async () => {
    const message = sms('+33639989903', vendors.webhooks.url);
    expect((await provider().send(message)).kind).toBe('ambiguous');
    vendors.clock.now += 3_000;
    await vendors.run();
    expect(reportsAbout(message.messageId).map((report) => report.status).sort()).toEqual(['delivered', 'sent']);
  });

  it('carry Twilio\'s error code when the carrier did not deliver', async () => {
    const message = sms('+33639989901', vendors.webhooks.url);
    await provider().send(message);
    vendors.clock.now += 3_000;
    await vendors.run();
    expect(reportsAbout(message.messageId)).toContainEqual(expect.objectContaining({ status: 'failed', detail: '30003', permanent: false, at: 7 }));
  });

  it('come before the answer when the number asks for it', async () => {
    const message = sms('+33639989910', vendors.webhooks.url);
    const reports = await provider().send(message).then(() => reportsAbout(message.messageId));
    expect(reports.map((report) => report.status).sort()).toEqual(['delivered', 'sent']);
  });

  it('bring what a customer wrote', async () => {
    await send('+33639980003');
    const answer = await fetch(`${vendors.server.url}/mailbox/reply`, { method: 'POST', body: JSON.stringify({ from: '+33639980003', body: 'Arrêt & fin' }) });
    expect(answer.status).toBe(202);
    const parsed = vendors.webhooks.state.received.map((webhook) => parse(webhook)).find((one) => one.ok && one.kind === 'inbound');
    expect(parsed).toMatchObject({ sms: { from: '+33639980003', to: 'LUTIN', body: 'Arrêt & fin' } });
  });

  it('are refused as a value when anything was tampered with', () => {
    const genuine = vendors.webhooks.state.received[0]!;
    expect(parse(genuine).ok).toBe(true);
    expect(parse(genuine, 'wrong')).toMatchObject({ ok: false, code: 'badSignature' });
    expect(parse({ ...genuine, url: `${genuine.url}0` })).toMatchObject({ ok: false, code: 'badSignature' });
    expect(parse({ ...genuine, body: `${genuine.body}&Extra=1` })).toMatchObject({ ok: false, code: 'badSignature' });
    expect(parse({ ...genuine, headers: {} })).toMatchObject({ ok: false, code: 'badSignature' });
  });
});
