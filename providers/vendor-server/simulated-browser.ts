/**
 * A browser that a sandbox makes up: its keys follow from the account's secret and its own name, so that the simulated push service, which knows both, reads what a
 * real one never could. The way in which it lies stands at the beginning of its name, as with addresses of e-mail.
 */
import { createDecipheriv, createECDH, createHmac, type ECDH } from 'node:crypto';

const hmac = (key: Buffer | string, ...parts: (Buffer | string)[]): Buffer => parts.reduce<ReturnType<typeof createHmac>>((sum, part) => sum.update(part), createHmac('sha256', key)).digest();

function keysOf(secret: string, name: string): { ecdh: ECDH; auth: Buffer } {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(hmac(secret, 'browser', name));
  return { ecdh, auth: hmac(secret, 'secret', name).subarray(0, 16) };
}

/** What such a browser would tell of itself. */
export function simulateBrowser(account: { privateKey: string; baseUrl: string }, name: string): { endpoint: string; keys: { p256dh: string; auth: string } } {
  const { ecdh, auth } = keysOf(account.privateKey, name);
  return { endpoint: `${account.baseUrl.replace(/\/$/, '')}/push/${name}`, keys: { p256dh: ecdh.getPublicKey().toString('base64url'), auth: auth.toString('base64url') } };
}

const SALT_BYTES = 16;
const TAG_BYTES = 16;
const LAST_RECORD = 2;

/** Reads what was encrypted for it (RFC 8291, one record of RFC 8188); null when it was not. */
export function readAsBrowser(secret: string, name: string, body: Buffer): string | null {
  try {
    const { ecdh, auth } = keysOf(secret, name);
    const salt = body.subarray(0, SALT_BYTES);
    const keyLength = body.readUInt8(SALT_BYTES + 4);
    const sender = body.subarray(SALT_BYTES + 5, SALT_BYTES + 5 + keyLength);
    const sealed = body.subarray(SALT_BYTES + 5 + keyLength);
    const material = hmac(hmac(auth, ecdh.computeSecret(sender)), 'WebPush: info\0', ecdh.getPublicKey(), sender, '\u0001');
    const key = hmac(salt, material);
    const opened = createDecipheriv('aes-128-gcm', hmac(key, 'Content-Encoding: aes128gcm\0\u0001').subarray(0, 16), hmac(key, 'Content-Encoding: nonce\0\u0001').subarray(0, 12));
    opened.setAuthTag(sealed.subarray(-TAG_BYTES));
    const padded = Buffer.concat([opened.update(sealed.subarray(0, -TAG_BYTES)), opened.final()]);
    const end = padded.lastIndexOf(LAST_RECORD);
    return end < 0 ? null : padded.subarray(0, end).toString('utf8');
  } catch {
    return null;
  }
}
