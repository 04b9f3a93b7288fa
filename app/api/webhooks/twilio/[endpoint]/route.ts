/** Where Twilio tells what became of messages. The engine verifies, applies and commits; then the answer is 200. */
import { receiveTwilioWebhook } from '#engine/receive-webhook.ts';
import { webEngine } from '#temporal/web-engine.ts';

export const dynamic = 'force-dynamic';

export async function POST(request: Request, { params }: { params: Promise<{ endpoint: string }> }): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { status, reason } = await receiveTwilioWebhook(webEngine(), {
    endpoint: (await params).endpoint, pathAndQuery: pathname + search, headers: Object.fromEntries(request.headers), body: await request.text(),
  });
  return status === 200 ? ok() : Response.json({ title: reason }, { status });
}

/** An empty TwiML document: no automatic reply. https://www.twilio.com/docs/messaging/twiml */
const ok = (): Response => new Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', { status: 200, headers: { 'content-type': 'text/xml' } });
