/** What a till sends along for whoever stands at it: signed by us, good at that till alone, and void with the next PIN. It proves nothing without the till's own token. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { secretsOf, type Keyring } from '#engine/seal-secret.ts';

export type StaffClaim = { staffId: string; tillId: string; pinVersion: number; issuedAtSeconds: number };

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const TOKEN = new RegExp(`^((${UUID})\\.(${UUID})\\.(\\d{1,9})\\.(\\d{1,12}))\\.([A-Za-z0-9_-]{43})$`);

const tagOf = (secret: string, said: string): Buffer => createHmac('sha256', secret).update('till staff').update(said).digest();

export function signStaff({ secret }: Pick<Keyring, 'secret'>, { staffId, tillId, pinVersion, issuedAtSeconds }: StaffClaim): string {
  const said = `${staffId}.${tillId}.${pinVersion}.${issuedAtSeconds}`;
  return `${said}.${tagOf(secret, said).toString('base64url')}`;
}

/** What a token says, when we signed it; null otherwise. */
export function readStaffToken(keyring: Keyring, token: string): StaffClaim | null {
  const [, said, staffId, tillId, pinVersion, issuedAtSeconds, tag] = TOKEN.exec(token) ?? [];
  if (said === undefined || staffId === undefined || tillId === undefined || tag === undefined) return null;
  const given = Buffer.from(tag, 'base64url');
  if (!secretsOf(keyring).some((secret) => timingSafeEqual(given, tagOf(secret, said)))) return null;
  return { staffId, tillId, pinVersion: Number(pinVersion), issuedAtSeconds: Number(issuedAtSeconds) };
}
