/**
 * The preference page and the one-click unsubscribe of RFC 8058: a GET shows and never changes anything; a POST, without cookie or login, is either
 * a mail program's `List-Unsubscribe=One-Click` or the page's own form (§6.5).
 */
import { CHANNELS } from '#domain/customers/channels.ts';
import { choosePreferences, readPreferences } from '#engine/follow-link.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { answerPage, readForm } from '#app/public-page.ts';
import { preferencePage, unknownPage } from './preference-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ token: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const preferences = await readPreferences(webEngine(), token);
  if (!preferences) return answerPage(unknownPage(), { status: 404 });
  return answerPage(preferencePage(preferences, { saved: new URL(request.url).searchParams.has('saved'), pushPath: `/n/${token}` }));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const form = await readForm(request);
  const oneClick = form.get('List-Unsubscribe') === 'One-Click';
  const choice = oneClick ? { kind: 'oneClick' as const }
    : form.get('action') === 'all' ? { kind: 'all' as const }
    : form.get('action') === 'save' ? { kind: 'channels' as const, granted: CHANNELS.filter((channel) => form.get(channel) === 'on') }
    : null;
  if (!choice) return answerPage(unknownPage(), { status: 400 });
  if (!(await choosePreferences(webEngine(), token, choice))) return answerPage(unknownPage(), { status: 404 });
  return oneClick ? new Response(null, { status: 200 }) : new Response(null, { status: 303, headers: { location: `/u/${token}?saved`, 'cache-control': 'no-store' } });
}
