/** The documentation of the API as one page, made from the OpenAPI document; it loads nothing from elsewhere and needs no script. */
import { env } from '#env.ts';
import { renderDocs } from '#app/api/render-docs.ts';
import { buildOpenApi } from '#app/api/openapi.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const html = renderDocs(buildOpenApi(ALL_ROUTES, env().PUBLIC_URL));
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'", 'cache-control': 'no-cache' } });
}
