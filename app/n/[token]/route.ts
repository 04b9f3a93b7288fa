/** Where a customer turns notifications on and off in their browser, by the signed link of their preference page (§6.4). A GET changes nothing of theirs. */
import { z } from 'zod';
import { PushSubscription } from '#domain/customers/push-subscription.ts';
import { choosePush, openPushPage } from '#engine/follow-push-link.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { answerPage } from '#app/public-page.ts';
import { PUSH_WORDING_VERSION, pushPage, pushWording, unknownPushPage } from './push-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ token: string }> };
const Body = z.union([z.object({ on: PushSubscription }), z.object({ on: z.object({ simulated: z.literal(true) }) }), z.object({ off: z.string().max(2_000) })]);
const MOST_BYTES = 10_000;

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const page = await openPushPage(webEngine(), (await params).token);
  return page ? answerPage(pushPage(page), { scripts: true }) : answerPage(unknownPushPage(), { status: 404 });
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const engine = webEngine();
  const page = await openPushPage(engine, token);
  if (!page) return new Response(null, { status: 404 });
  const text = await request.text();
  const body = text.length > MOST_BYTES ? null : Body.safeParse(await new Response(text).json().catch(() => null));
  if (!body?.success) return new Response(null, { status: 422 });
  const choice = 'off' in body.data ? { off: body.data.off } : { on: 'simulated' in body.data.on ? { simulated: 'kept' } : body.data.on, wordingVersion: PUSH_WORDING_VERSION, wording: pushWording(page.language), userAgent: request.headers.get('user-agent') };
  return new Response(null, { status: (await choosePush(engine, token, choice)) ? 204 : 409, headers: { 'cache-control': 'no-store' } });
}
