/**
 * The page behind a printed code (§1.10): a GET shows and changes nothing; a POST counts the visit of whoever the browser is known for or whose address
 * was written. It goes back to its own address and to no other. It works without scripts; the cookie it leaves names nobody.
 */
import { CHANNELS } from '#domain/customers/channels.ts';
import { knownVisitor, openPlace, readAddress, visitorToken, visitPlace } from '#engine/open-place.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { answerPage, fieldOf, readForm } from '#app/public-page.ts';
import { languageOf, noPlacePage, thanksPage, visitPage, WORDING_VERSION, wordingOf, type PageLanguage } from './visit-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ code: string }> };

const COOKIE = 'parcours.visitor';
const KEPT_SECONDS = 400 * 86_400;
/** A queue at a shop's door passes; a machine that tries addresses does not. */
const limiter = createRateLimiter({ perSecond: 2, burst: 60 });

const tokenOf = (request: Request): string | null => /(?:^|;\s*)parcours\.visitor=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? null;

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const engine = webEngine();
  const opened = await openPlace(engine, (await params).code);
  if (!opened) return answerPage(noPlacePage(), { status: 404 });
  const language = languageOf(request, opened.language);
  if (new URL(request.url).searchParams.has('counted')) return answerPage(thanksPage(opened, language));
  return answerPage(visitPage(opened, { language, known: (await knownVisitor(engine, opened.workspaceId, tokenOf(request))) !== null }));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const engine = webEngine();
  const { code } = await params;
  const opened = await openPlace(engine, code);
  if (!opened) return answerPage(noPlacePage(), { status: 404 });
  const form = await readForm(request);
  const asked = fieldOf(form, 'lang', 2);
  const language: PageLanguage = asked === 'en' || asked === 'fr' ? asked : languageOf(request, opened.language);
  const typed = fieldOf(form, 'who', 254);
  const known = await knownVisitor(engine, opened.workspaceId, tokenOf(request));
  if (limiter.take(opened.place.id) > 0) return answerPage(visitPage(opened, { language, known: known !== null, problem: 'tooFast', typed }), { status: 429 });
  const address = typed === '' ? null : readAddress(typed, opened.country);
  if (address === null && (typed !== '' || known === null)) return answerPage(visitPage(opened, { language, known: known !== null, problem: 'wrong', typed }), { status: 422 });
  const agreedTo = CHANNELS.filter((channel) => form.getAll('agree').includes(channel)).map((channel) => ({ channel, wording: wordingOf(channel, language), wordingVersion: WORDING_VERSION }));
  const { customerId } = await visitPlace(engine, opened, { customerId: address ? null : known, identifiers: address ? [address] : [], agreedTo });
  const secure = engine.publicUrl.startsWith('https:') ? '; Secure' : '';
  return new Response(null, {
    status: 303,
    headers: { location: `/q/${code}?counted&lang=${language}`, 'cache-control': 'no-store', 'set-cookie': `${COOKIE}=${visitorToken(engine, customerId)}; Path=/q; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Lax${secure}` },
  });
}
