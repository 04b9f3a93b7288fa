/** The cookie by which a browser is a till: for years, unreadable by scripts, never sent along from another site. */
import { DEVICE_COOKIE } from '#app/api/till-headers.ts';

const KEPT_SECONDS = 400 * 86_400;

/** Null takes it away. */
export const deviceCookie = (publicUrl: string, token: string | null): string =>
  `${DEVICE_COOKIE}=${token ?? ''}; Path=/; Max-Age=${token === null ? 0 : KEPT_SECONDS}; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`;

/** Whose attempts are counted together. */
export const addressOf = (request: Request): string => request.headers.get('x-forwarded-for')?.split(',').pop()?.trim() ?? 'here';
