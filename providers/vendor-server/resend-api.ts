/**
 * Simulated Resend: `POST /emails` and `POST /emails/batch` as its SDK calls them, with replay of idempotency keys, permissive and strict
 * validation, rate headers, and the lies that a recipient's address asks for. https://resend.com/docs/api-reference/emails/send-batch-emails
 */
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { simulateEmail, type EmailCallbackKind, type SimulatedOutcome } from '#domain/messages/simulated-vendor.ts';
import { callbacksOf } from '#providers/vendor-server/vendor-events.ts';
import { readJson, type VendorAnswer, type VendorRequest } from '#providers/vendor-server/vendor-answer.ts';
import type { NewVendorMessage, VendorAccount, VendorStore } from '#db/queries/vendor-store.ts';
import type { CallbackDeliverer } from '#providers/vendor-server/deliver-callbacks.ts';

const Email = z.object({
  from: z.string().min(1), to: z.union([z.string(), z.array(z.string()).length(1).transform((list) => list[0] ?? '')]), subject: z.string().min(1),
  html: z.string().default(''), text: z.string().default(''), headers: z.record(z.string(), z.string()).default({}),
  tags: z.array(z.object({ name: z.string().regex(/^[\w-]{1,256}$/), value: z.string().regex(/^[\w-]{1,256}$/) })).default([]),
});
type Email = z.infer<typeof Email>;

const MAXIMUM_BATCH = 100;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

type Judged = { index: number; email: Email; outcome: SimulatedOutcome<EmailCallbackKind> } | { index: number; problem: string };

const errorAnswer = (statusCode: number, name: string, message: string, headers?: Record<string, string>): VendorAnswer => ({ status: statusCode, ...(headers && { headers }), body: { statusCode, name, message } });

/** Takes one e-mail or a batch; `batch` is whether the path was `/emails/batch`. */
export async function acceptEmails(store: VendorStore, deliverer: CallbackDeliverer, request: VendorRequest, batch: boolean): Promise<VendorAnswer> {
  const account = await store.findAccount('resend', (request.headers.authorization ?? '').replace(/^Bearer /, ''));
  if (!account) return errorAnswer(401, 'invalid_api_key', 'API key is invalid');
  const key = request.headers['idempotency-key'];
  const bodyHash = createHash('sha256').update(request.path).update(request.body).digest('hex');
  const replay = await replayOf(store, account, key, bodyHash);
  if (replay) return replay;

  const body = readJson(request.body);
  const list = batch ? body : [body];
  if (!Array.isArray(list) || list.length === 0 || list.length > MAXIMUM_BATCH) return errorAnswer(422, 'validation_error', `A batch holds 1 to ${MAXIMUM_BATCH} emails.`);
  const judged = await Promise.all(list.map((value, index) => judge(store, account, value, index)));
  const refusal = refusalOfAll(judged, batch && request.headers['x-batch-validation'] === 'permissive');
  if (refusal) return refusal;

  const at = await store.workspaceNow(account.workspaceId);
  const kept = judged.flatMap((one) => ('outcome' in one ? [{ message: messageOf(account, one.email, at), outcome: one.outcome }] : []));
  const errors = judged.flatMap((one) => ('problem' in one ? [{ index: one.index, message: one.problem }] : []));
  const ids = kept.map(({ message }) => ({ id: message.id }));
  const answer = batch ? { data: ids, ...(errors.length > 0 && { errors }) } : ids[0];
  const saved = await store.saveAccepted({
    accountId: account.id, at,
    messages: kept.map(({ message }) => message),
    callbacks: kept.flatMap(({ message, outcome }) => callbacksOf(account, message, outcome.callbacks)),
    idempotent: key === undefined ? null : { key, bodyHash, answer },
  });
  if (!saved) return errorAnswer(409, 'concurrent_idempotent_requests', 'Another request with this idempotency key is in progress.');
  if (kept.some(({ outcome }) => outcome.early)) await deliverer.run();
  if (kept.some(({ outcome }) => outcome.answer.kind === 'acceptedThenReset')) return { reset: true };
  if (kept.some(({ outcome }) => outcome.answer.kind === 'acceptedThenError')) return errorAnswer(500, 'internal_server_error', 'An unexpected error occurred.');
  return { status: 200, body: answer };
}

async function replayOf(store: VendorStore, account: VendorAccount, key: string | undefined, bodyHash: string): Promise<VendorAnswer | null> {
  if (key === undefined) return null;
  if (key.length === 0 || key.length > 256) return errorAnswer(400, 'invalid_idempotency_key', 'The key must have 1 to 256 characters.');
  const found = await store.findIdempotent(account.id, key);
  if (!found) return null;
  if (found.bodyHash !== bodyHash) return errorAnswer(409, 'invalid_idempotent_request', 'This idempotency key has been used with another payload.');
  return { status: 200, body: found.answer };
}

async function judge(store: VendorStore, account: VendorAccount, value: unknown, index: number): Promise<Judged> {
  const email = Email.safeParse(value);
  if (!email.success) return { index, problem: z.prettifyError(email.error) };
  const { to } = email.data;
  const counts = simulateEmail(to, 1).answer.kind === 'rateLimited';
  const outcome = simulateEmail(to, counts ? await store.countAttempt(account.id, to) : 1);
  return outcome.answer.kind === 'refused' ? { index, problem: outcome.answer.reason } : { index, email: email.data, outcome };
}

/** One limited or failing member answers for the whole call, and so does a refused one unless validation is permissive: then nothing is kept. */
function refusalOfAll(judged: Judged[], permissive: boolean): VendorAnswer | null {
  for (const one of judged) {
    if ('problem' in one) {
      if (!permissive) return errorAnswer(422, 'validation_error', one.problem);
    } else if (one.outcome.answer.kind === 'rateLimited') {
      return errorAnswer(429, 'rate_limit_exceeded', 'Too many requests.', { 'retry-after': String(one.outcome.answer.retryAfterSeconds) });
    } else if (one.outcome.answer.kind === 'error') {
      return errorAnswer(500, 'internal_server_error', 'An unexpected error occurred.');
    }
  }
  return null;
}

function messageOf(account: VendorAccount, email: Email, receivedAt: number): NewVendorMessage {
  const tags = Object.fromEntries(email.tags.map(({ name, value }) => [name, value]));
  const messageId = tags['message_id'];
  const { from, subject, html, text, headers } = email;
  return {
    id: randomUUID(), workspaceId: account.workspaceId, accountId: account.id, channel: 'email', recipient: email.to.toLowerCase(),
    messageId: messageId !== undefined && UUID.test(messageId) ? messageId : null, payload: { from, subject, html, text, headers, tags, statusCallbackUrl: null }, status: 'queued', receivedAt,
  };
}
