/** A signed link of a message: records the click and goes to the stored address, and to no other. */
import { followClick } from '#engine/follow-link.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ token: string }> };
const HEADERS = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const url = await followClick(webEngine(), (await params).token);
  return url === null
    ? new Response('This link does not exist. — Ce lien n’existe pas.', { status: 404, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
    : new Response(null, { status: 302, headers: { ...HEADERS, location: url } });
}

/** Machines look at links before people do: a HEAD is no click. */
export function HEAD(): Response {
  return new Response(null, { status: 200, headers: HEADERS });
}
