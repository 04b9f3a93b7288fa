/** A device stops being a till: its cookie goes. The till itself stays, to be paired again or revoked. */
import { webEngine } from '#temporal/web-engine.ts';
import { TILL_HEADER } from '#app/api/till-headers.ts';
import { deviceCookie } from '#app/api/till/device-cookie.ts';

export const dynamic = 'force-dynamic';

/** Only a page of ours can send the header. */
export function POST(request: Request): Response {
  if (request.headers.get(TILL_HEADER) === null) return new Response(null, { status: 403 });
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store', 'set-cookie': deviceCookie(webEngine().publicUrl, null) } });
}
