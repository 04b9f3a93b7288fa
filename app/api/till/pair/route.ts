/**
 * A device, signed out, becomes a till by the code that was typed (§11.6). It answers with a cookie that scripts cannot read, or with a token for a device
 * that is no browser (`{ "code", "as": "token" }`). Attempts are few for each network address, and few for everybody together.
 */
import { z } from 'zod';
import { pairTill } from '#engine/tills/pair-till.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { PAGE_HEADER } from '#app/api/auth/read-session.ts';
import { problemDocument, problemResponse } from '#app/api/problem.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { addressOf, deviceCookie } from '#app/api/till/device-cookie.ts';

export const dynamic = 'force-dynamic';

const Body = z.strictObject({ code: z.string().max(40), as: z.literal('token').optional() });
const byAddress = createRateLimiter({ perSecond: 1 / 10, burst: 10 });
const byAll = createRateLimiter({ perSecond: 2, burst: 60 });
const MOST_BYTES = 1_000;

export async function POST(request: Request): Promise<Response> {
  const seconds = Math.ceil(Math.max(byAddress.take(addressOf(request)), byAll.take('all')));
  if (seconds > 0) return problemResponse(problemDocument('rate.limited', 'Too many codes were tried: wait a moment.'), { 'retry-after': String(seconds) });
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return problemResponse(problemDocument('request.tooLarge', 'A code is shorter than this.'));
  const body = Body.safeParse(await request.json().catch(() => null));
  if (!body.success) return problemResponse(problemDocument('request.invalid', 'Send { "code": "…" } as JSON.'));
  // A cookie is given to a page of ours alone: no other site may make somebody's browser a till.
  if (body.data.as === undefined && request.headers.get(PAGE_HEADER) === null) return problemResponse(problemDocument('session.otherSite', 'Pair a browser from its own page, /till, or ask for a token: { "code", "as": "token" }.'));
  const engine = webEngine();
  const paired = await pairTill(engine, body.data.code);
  if (!paired) return problemResponse(problemDocument('till.code', 'This code pairs nothing: it was mistyped, used, or its ten minutes are over.'));
  const { token, name, store } = paired;
  if (body.data.as === 'token') return Response.json({ till: { name }, store, token }, { status: 201, headers: { 'cache-control': 'no-store' } });
  return Response.json({ till: { name }, store }, { status: 201, headers: { 'cache-control': 'no-store', 'set-cookie': deviceCookie(engine.publicUrl, token) } });
}
