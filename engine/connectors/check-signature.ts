/** Whether a shop's post is signed by the secret that it shares with us, over the body exactly as it came. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Signature } from '#domain/connectors/connector.ts';

export function checkSignature(signature: Signature, secret: string | null, post: { headers: Readonly<Record<string, string | undefined>>; body: Buffer }): boolean {
  if (signature.method === 'none') return true;
  const given = post.headers[signature.header]?.trim() ?? '';
  const { prefix = '', encoding } = signature;
  if (secret === null || !given.startsWith(prefix)) return false;
  const digest = createHmac('sha256', secret).update(post.body).digest();
  const claimed = Buffer.from(given.slice(prefix.length), encoding);
  return claimed.length === digest.length && timingSafeEqual(claimed, digest);
}
