/** Seals a workspace's secrets (AES-256-GCM) with a key made from the installation's own; opened only where a request leaves. What the former secret sealed still opens, until `npm run reseal`. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Engine } from '#engine/engine.ts';

/** The installation's secret, and the one before it. */
export type Keyring = Pick<Engine, 'secret' | 'formerSecret'>;
export const secretsOf = ({ secret, formerSecret }: Keyring): string[] => (formerSecret === undefined ? [secret] : [secret, formerSecret]);

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const keyOf = (secret: string, workspaceId: string): Buffer => Buffer.from(hkdfSync('sha256', secret, workspaceId, 'parcours secrets v1', 32));
/** A sealed secret moved to another name or workspace does not open. */
const boundTo = (workspaceId: string, name: string): Buffer => Buffer.from(`${workspaceId}/${name}`);

export function sealSecret(secret: string, workspaceId: string, name: string, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, workspaceId), nonce).setAAD(boundTo(workspaceId, name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function openWith(secret: string, workspaceId: string, name: string, sealed: Buffer): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, workspaceId), sealed.subarray(0, NONCE_BYTES)).setAAD(boundTo(workspaceId, name));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}

/** Null when it cannot be opened: another installation's key, or bytes that were changed. */
export function openSecret(keyring: Keyring, workspaceId: string, name: string, sealed: Buffer): string | null {
  for (const secret of secretsOf(keyring)) {
    const text = openWith(secret, workspaceId, name, sealed);
    if (text !== null) return text;
  }
  return null;
}
