/** Browsers keep passkeys for one name. Whoever came by another address is told where they work. */
import { passkeyHost } from '#app/api/auth/sign-in.ts';
import { env } from '#env.ts';

const HERE = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Null when passkeys work at the address of this request. This machine's server is reached by its name at the same port. */
export function placeOfPasskeys(headers: Headers, path: string): string | null {
  const { PUBLIC_URL } = env();
  const host = headers.get('host') ?? '';
  const name = host.replace(/:\d+$/, '');
  const wanted = passkeyHost(PUBLIC_URL);
  if (name === wanted || name.endsWith(`.${wanted}`)) return null;
  return wanted === 'localhost' && HERE.has(name) ? `http://${host.replace(name, wanted)}${path}` : `${PUBLIC_URL}${path}`;
}
