/** The OpenAPI 3.1 document. Anybody may read it. */
import { env } from '#env.ts';
import { buildOpenApi } from '#app/api/openapi.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(buildOpenApi(ALL_ROUTES, env().PUBLIC_URL), { headers: { 'cache-control': 'no-cache' } });
}
