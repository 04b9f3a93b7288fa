/** The pixel of an e-mail: records the open and answers a transparent image, whatever the token. */
import { followOpen } from '#engine/follow-link.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

export async function GET(_request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  await followOpen(webEngine(), (await params).token);
  return new Response(PIXEL, { headers: { 'content-type': 'image/gif', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } });
}
