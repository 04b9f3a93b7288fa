/**
 * The page behind a store's poster: a GET shows and changes nothing; a POST lets a passer-by join by their phone, and answers the same whether the number
 * was known. It works without scripts, keeps no cookie, and counts attempts by network address and by poster.
 */
import { joinStore } from '#engine/join-store.ts';
import { openPlace, readAddress } from '#engine/open-place.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { addressOf } from '#app/api/till/device-cookie.ts';
import { languageOf, noPlacePage } from '#app/q/[code]/visit-page.ts';
import { joinedPage, joinPage, JOIN_WORDING_VERSION, joinWordingOf } from './join-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ code: string }> };

const MOST_FORM_BYTES = 10_000;
/** People of one shop share its network; a machine that tries numbers does not pass for them. */
const byAddress = createRateLimiter({ perSecond: 1 / 15, burst: 12 });
const byPoster = createRateLimiter({ perSecond: 1, burst: 60 });

const html = (text: string, status = 200): Response => new Response(text, {
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  },
});

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const opened = await openPlace(webEngine(), (await params).code, 'join');
  if (!opened) return html(noPlacePage(), 404);
  const language = languageOf(request, opened.language);
  return html(new URL(request.url).searchParams.has('joined') ? joinedPage(opened, language) : joinPage(opened, { language }));
}

const textOf = (form: FormData, name: string, length: number): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim().slice(0, length) : '';
};

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const engine = webEngine();
  const { code } = await params;
  const opened = await openPlace(engine, code, 'join');
  if (!opened) return html(noPlacePage(), 404);
  const tooLarge = Number(request.headers.get('content-length') ?? 0) > MOST_FORM_BYTES;
  const form = tooLarge ? new FormData() : await request.formData().catch(() => new FormData());
  const asked = textOf(form, 'lang', 2);
  const language = asked === 'en' || asked === 'fr' ? asked : languageOf(request, opened.language);
  const [phone, firstName] = [textOf(form, 'phone', 40), textOf(form, 'firstName', 100)];
  if (Math.max(byAddress.take(addressOf(request)), byPoster.take(opened.place.id)) > 0) return html(joinPage(opened, { language, problem: 'tooFast', phone, firstName }), 429);
  const read = phone.includes('@') ? null : readAddress(phone, opened.country);
  if (!read) return html(joinPage(opened, { language, problem: 'wrong', phone, firstName }), 422);
  const agreed = form.getAll('agree').includes('sms') ? { wording: joinWordingOf(opened.brand, language), wordingVersion: `${JOIN_WORDING_VERSION}-${language}` } : null;
  await joinStore(engine, opened, { phone: read, firstName: firstName || null, language, agreed });
  return new Response(null, { status: 303, headers: { location: `/j/${code}?joined&lang=${language}`, 'cache-control': 'no-store' } });
}
