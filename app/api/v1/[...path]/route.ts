/** Next's door to the API: every method and path of /api/v1 goes to the one router. */
import { webEngine } from '#temporal/web-engine.ts';
import { handleRequest } from '#app/api/handle-request.ts';
import { routerOptions } from '#app/api/router-options.ts';

export const dynamic = 'force-dynamic';

const handle = (request: Request): Promise<Response> => handleRequest(webEngine(), request, routerOptions());

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
