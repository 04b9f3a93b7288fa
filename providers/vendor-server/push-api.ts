/**
 * A simulated push service: `POST /push/{browser}`, as RFC 8030 has it. It checks who signs (RFC 8292), reads the message as the browser would, and keeps it for the
 * mailbox.
 */
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { z } from 'zod';
import { simulatePush } from '#domain/messages/simulated-vendor.ts';
import { readAsBrowser } from '#providers/vendor-server/simulated-browser.ts';
import { readJson, type VendorAnswer, type VendorRequest } from '#providers/vendor-server/vendor-answer.ts';
import type { NewVendorMessage, VendorStore } from '#db/queries/vendor-store.ts';

const Notification = z.object({ title: z.string(), body: z.string(), url: z.string().nullable(), icon: z.string().nullable(), tag: z.string() });
const Claims = z.object({ aud: z.string(), exp: z.number(), sub: z.string() });

const refuse = (status: number, reason: string, headers?: Record<string, string>): VendorAnswer => ({ status, ...(headers && { headers }), body: { reason } });

/** The key that signed for this origin, or null. */
function signerOf(authorization: string, origin: string): string | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(key, 'base64url');
  const said = Claims.safeParse(readJson(Buffer.from(claims, 'base64url').toString()));
  if (point.length !== 65 || !said.success || said.data.aud !== origin || said.data.exp * 1_000 < Date.now()) return null;
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const isTrue = verify('sha256', Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  return isTrue ? key : null;
}

export async function acceptPush(store: VendorStore, request: VendorRequest, name: string): Promise<VendorAnswer> {
  const key = signerOf(request.headers['authorization'] ?? '', `http://${request.headers['host'] ?? ''}`);
  const account = key === null ? null : await store.findAccount('webpush', key);
  if (!account) return refuse(403, 'nobody known has signed this');
  if (request.headers['ttl'] === undefined) return refuse(400, 'no TTL');
  const notification = Notification.safeParse(readJson(readAsBrowser(account.signingSecret, name, request.bytes) ?? ''));
  if (!notification.success) return refuse(400, 'this was not encrypted for this browser');
  const counts = simulatePush(name, 1).answer.kind === 'rateLimited';
  const { answer } = simulatePush(name, counts ? await store.countAttempt(account.id, name) : 1);
  if (answer.kind === 'refused') return refuse(answer.status, answer.reason);
  if (answer.kind === 'rateLimited') return refuse(429, 'too many', { 'retry-after': String(answer.retryAfterSeconds) });
  if (answer.kind === 'error') return refuse(answer.status, 'internal error');

  const { title, body, url, icon, tag } = notification.data;
  const receivedAt = await store.workspaceNow(account.workspaceId);
  const message: NewVendorMessage = {
    id: randomUUID(), workspaceId: account.workspaceId, accountId: account.id, channel: 'push', recipient: name, messageId: tag,
    payload: { from: '', subject: title, html: '', text: [body, url].filter(Boolean).join('\n'), headers: { topic: request.headers['topic'] ?? '', ...(icon !== null && { icon }) }, tags: {}, statusCallbackUrl: null, notification: { title, body, url, icon } }, status: 'delivered', receivedAt,
  };
  await store.saveAccepted({ accountId: account.id, messages: [message], callbacks: [], idempotent: null, at: receivedAt });
  if (answer.kind === 'acceptedThenReset') return { reset: true };
  if (answer.kind === 'acceptedThenError') return refuse(answer.status, 'internal error');
  return { status: 201, headers: { location: `/messages/${message.id}` }, body: {} };
}
