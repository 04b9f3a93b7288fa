import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseResendWebhook } from '#providers/parse-resend-webhook.ts';
import { openResend } from '#providers/resend.ts';
import { email, openTestVendors, WEBHOOK_SECRET } from '#providers/vendor-server/vendors-for-test.ts';

let vendors: Awaited<ReturnType<typeof openTestVendors>>;
beforeAll(async () => { vendors = await openTestVendors(); });
afterAll(() => vendors.stop());

const provider = () => openResend({ apiKey: vendors.resend.credential, baseUrl: vendors.server.url });
const send = (...to: string[]) => provider().sendBatch({ batchId: randomUUID(), payload: to.map((address) => email(address)) });
const mailbox = (to: string) => vendors.store.listMessages({ to, limit: 10 });
const reportsAbout = (messageId: string) => vendors.webhooks.state.received.flatMap(({ headers, body }) => {
  const parsed = parseResendWebhook({ payload: body, headers, webhookSecret: WEBHOOK_SECRET });
  return parsed.ok ? parsed.reports.filter((report) => report.messageId === messageId) : [];
});

describe('openResend against the vendor server', () => {
  it('names each member\'s outcome, and one refused address fails alone (§7.2)', async () => {
    const payload = [email('one@lutin.test'), email('someone@example.com'), email('two@lutin.test')];
    const outcome = await provider().sendBatch({ batchId: randomUUID(), payload });
    expect(outcome.kind === 'answered' && outcome.members.map((member) => member.kind)).toEqual(['sent', 'refused', 'sent']);
    const [kept] = await mailbox('two@lutin.test');
    expect(outcome.kind === 'answered' && outcome.members[2]).toEqual({ messageId: payload[2]?.messageId, kind: 'sent', providerMessageId: kept?.id });
    expect(kept).toMatchObject({ messageId: payload[2]?.messageId, payload: { subject: 'Merci', headers: { 'List-Unsubscribe': '<https://lutin.test/u>' } } });
    expect(outcome.rate).toMatchObject({ limit: 1_000, resetSeconds: 1 });
  });

  it('sends the same batch twice and nothing leaves twice (§7.2)', async () => {
    const batch = { batchId: randomUUID(), payload: [email('again@lutin.test'), email('refused+x@lutin.test')] };
    const first = await provider().sendBatch(batch);
    const second = await provider().sendBatch(batch);
    expect(second.kind === 'answered' && second.members).toEqual(first.kind === 'answered' && first.members);
    expect(await mailbox('again@lutin.test')).toHaveLength(1);
  });

  it('calls another payload under a used key ambiguous: the first may have left', async () => {
    const batchId = randomUUID();
    await provider().sendBatch({ batchId, payload: [email('a@lutin.test')] });
    expect(await provider().sendBatch({ batchId, payload: [email('b@lutin.test')] })).toMatchObject({ kind: 'ambiguous', reason: 'invalid_idempotent_request' });
  });

  it.each(['reset+a@lutin.test', 'error+a@lutin.test'])('finds out by the same key what a lie hid: %s (§7.2)', async (to) => {
    const batch = { batchId: randomUUID(), payload: [email(to)] };
    expect((await provider().sendBatch(batch)).kind).toBe('ambiguous');
    expect(await provider().sendBatch(batch)).toMatchObject({ kind: 'answered', members: [{ kind: 'sent' }] });
    expect(await mailbox(to)).toHaveLength(1);
  });

  it('passes on how long a 429 asks to wait, and nothing was kept (§7.5)', async () => {
    expect(await send('limited+a@lutin.test', 'with@lutin.test')).toMatchObject({ kind: 'rateLimited', retryAfterSeconds: 1 });
    expect(await mailbox('with@lutin.test')).toHaveLength(0);
    expect((await send('limited+a@lutin.test')).kind).toBe('answered');
  });

  it('takes a wrong key as an account at fault, not as refused addresses', async () => {
    const wrong = openResend({ apiKey: 're_wrong', baseUrl: vendors.server.url });
    expect(await wrong.sendBatch({ batchId: randomUUID(), payload: [email('a@lutin.test')] })).toMatchObject({ kind: 'unavailable', reason: 'invalid_api_key' });
  });

  it('answers with a value when nobody listens', async () => {
    const nobody = openResend({ apiKey: 're_x', baseUrl: 'http://127.0.0.1:1' });
    expect(await nobody.sendBatch({ batchId: randomUUID(), payload: [email('a@lutin.test')] })).toMatchObject({ kind: 'ambiguous', rate: null });
  });
});

describe('the webhooks of simulated Resend', () => {
  it('come signed, when workspace time has reached them', async () => {
    const message = email('Timely@lutin.test');
    const sentAt = vendors.clock.now;
    await provider().sendBatch({ batchId: randomUUID(), payload: [message] });
    await vendors.run();
    expect(reportsAbout(message.messageId)).toEqual([]);
    vendors.clock.now += 3_000;
    await vendors.run();
    expect(reportsAbout(message.messageId).map(({ status, at }) => [status, at]).sort()).toEqual([['delivered', sentAt + 3_000], ['sent', sentAt + 1_000]]);
    expect(await mailbox('timely@lutin.test')).toMatchObject([{ status: 'delivered' }]);
  });

  it('come before the answer when the address asks for it, and find their message by the tag (§7.2)', async () => {
    const message = email('early+a@lutin.test');
    const outcome = provider().sendBatch({ batchId: randomUUID(), payload: [message] }).then((answer) => ({ answer, reports: reportsAbout(message.messageId) }));
    const { answer, reports } = await outcome;
    expect(answer.kind).toBe('answered');
    expect(reports.map((report) => report.status).sort()).toEqual(['delivered', 'sent']);
  });

  it('come doubled under one event id, and late with the time of what happened', async () => {
    const [doubled, late] = [email('doubled+a@lutin.test'), email('late+a@lutin.test')];
    const sentAt = vendors.clock.now;
    await provider().sendBatch({ batchId: randomUUID(), payload: [doubled, late] });
    vendors.clock.now += 3_000;
    await vendors.run();
    expect(reportsAbout(doubled.messageId)).toHaveLength(4);
    expect(new Set(reportsAbout(doubled.messageId).map((report) => report.providerEventId)).size).toBe(2);
    expect(reportsAbout(late.messageId)).toEqual([]);
    vendors.clock.now += 6 * 3_600_000;
    await vendors.run();
    expect(reportsAbout(late.messageId).map((report) => report.at).sort()).toEqual([sentAt + 1_000, sentAt + 3_000]);
  });

  it('tell a bounce, a complaint and a suppressed address with what they mean for the address', async () => {
    const messages = [email('bounced@resend.dev'), email('complained@resend.dev'), email('suppressed@resend.dev')];
    await provider().sendBatch({ batchId: randomUUID(), payload: messages });
    vendors.clock.now += 60_000;
    await vendors.run();
    const last = messages.map(({ messageId }) => reportsAbout(messageId).sort((a, b) => a.at - b.at).at(-1));
    expect(last).toMatchObject([{ status: 'bounced', permanent: true }, { status: 'complained', permanent: false }, { status: 'failed', permanent: true }]);
  });

  it('are refused as a value when the body, the secret or the hour was tampered with', async () => {
    const genuine = vendors.webhooks.state.received.find(({ url }) => url.endsWith('/resend'))!;
    type Change = { body?: string; headers?: Record<string, string>; secret?: string };
    const verdict = (change: Change) =>
      parseResendWebhook({ payload: change.body ?? genuine.body, headers: { ...genuine.headers, ...change.headers }, webhookSecret: change.secret ?? WEBHOOK_SECRET });
    expect(verdict({}).ok).toBe(true);
    const changes: Change[] = [{ body: `${genuine.body} ` }, { headers: { 'svix-timestamp': '1' } }, { headers: { 'svix-id': 'msg_other' } }, { secret: 'whsec_b3RoZXI=' }, { secret: '' }];
    for (const change of changes) {
      expect(verdict(change)).toMatchObject({ ok: false, code: 'badSignature' });
    }
  });
});
