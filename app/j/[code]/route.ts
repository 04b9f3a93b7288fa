/**
 * The page behind a store's poster: a GET shows and changes nothing; a POST lets a passer-by join by their phone, and answers the same whether the number
 * was known. It works without scripts, keeps no cookie, and counts attempts by network address and by poster.
 */
import { joinStore } from '#engine/join-store.ts';
import { openPlace, readAddress } from '#engine/open-place.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { addressOf } from '#app/api/till/device-cookie.ts';
import { answerPage, fieldOf, readForm } from '#app/public-page.ts';
import { languageOf, noPlacePage } from '#app/q/[code]/visit-page.ts';
import { joinedPage, joinPage, JOIN_WORDING_VERSION, joinWordingOf } from './join-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ code: string }> };

/** People of one shop share its network; a machine that tries numbers does not pass for them. */
const byAddress = createRateLimiter({ perSecond: 1 / 15, burst: 12 });
const byPoster = createRateLimiter({ perSecond: 1, burst: 60 });

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const opened = await openPlace(webEngine(), (await params).code, 'join');
  if (!opened) return answerPage(noPlacePage(), { status: 404 });
  const language = languageOf(request, opened.language);
  return answerPage(new URL(request.url).searchParams.has('joined') ? joinedPage(opened, language) : joinPage(opened, { language }));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const engine = webEngine();
  const { code } = await params;
  const opened = await openPlace(engine, code, 'join');
  if (!opened) return answerPage(noPlacePage(), { status: 404 });
  const form = await readForm(request);
  const asked = fieldOf(form, 'lang', 2);
  const language = asked === 'en' || asked === 'fr' ? asked : languageOf(request, opened.language);
  const [phone, firstName] = [fieldOf(form, 'phone', 40), fieldOf(form, 'firstName', 100)];
  if (Math.max(byAddress.take(addressOf(request)), byPoster.take(opened.place.id)) > 0) return answerPage(joinPage(opened, { language, problem: 'tooFast', phone, firstName }), { status: 429 });
  const read = phone.includes('@') ? null : readAddress(phone, opened.country);
  if (!read) return answerPage(joinPage(opened, { language, problem: 'wrong', phone, firstName }), { status: 422 });
  const agreed = form.getAll('agree').includes('sms') ? { wording: joinWordingOf(opened.brand, language), wordingVersion: `${JOIN_WORDING_VERSION}-${language}` } : null;
  await joinStore(engine, opened, { phone: read, firstName: firstName || null, language, agreed });
  return new Response(null, { status: 303, headers: { location: `/j/${code}?joined&lang=${language}`, 'cache-control': 'no-store' } });
}
