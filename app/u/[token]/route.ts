/**
 * The preference page and the one-click unsubscribe of RFC 8058: a GET shows and never changes anything; a POST, without cookie or login, is either
 * a mail program's `List-Unsubscribe=One-Click` or the page's own form (§6.5).
 */
import { CHANNELS } from '#domain/customers/channels.ts';
import { choosePreferences, readPreferences } from '#engine/follow-link.ts';
import { webEngine } from '#temporal/web-engine.ts';
import { preferencePage, unknownPage } from './preference-page.ts';

export const dynamic = 'force-dynamic';

type Context = { params: Promise<{ token: string }> };

const html = (text: string, status = 200): Response => new Response(text, {
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex',
    'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  },
});

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const preferences = await readPreferences(webEngine(), token);
  if (!preferences) return html(unknownPage(), 404);
  return html(preferencePage(preferences, { saved: new URL(request.url).searchParams.has('saved'), pushPath: `/n/${token}` }));
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const form = await request.formData().catch(() => new FormData());
  const oneClick = form.get('List-Unsubscribe') === 'One-Click';
  const choice = oneClick ? { kind: 'oneClick' as const }
    : form.get('action') === 'all' ? { kind: 'all' as const }
    : form.get('action') === 'save' ? { kind: 'channels' as const, granted: CHANNELS.filter((channel) => form.get(channel) === 'on') }
    : null;
  if (!choice) return html(unknownPage(), 400);
  if (!(await choosePreferences(webEngine(), token, choice))) return html(unknownPage(), 404);
  return oneClick ? new Response(null, { status: 200 }) : new Response(null, { status: 303, headers: { location: `/u/${token}?saved`, 'cache-control': 'no-store' } });
}
