/** What this process keeps for the API: all routes, one rate limiter whatever Next reloads, the log. */
import pino from 'pino';
import { env } from '#env.ts';
import { sessionCaller } from '#app/api/auth/read-session.ts';
import type { RouterOptions } from '#app/api/handle-request.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';

const kept = globalThis as typeof globalThis & { parcoursRouterOptions?: RouterOptions };

export function routerOptions(): RouterOptions {
  const { API_REQUESTS_PER_SECOND, LOG_LEVEL } = env();
  kept.parcoursRouterOptions ??= {
    routes: ALL_ROUTES,
    session: sessionCaller,
    limiter: createRateLimiter({ perSecond: API_REQUESTS_PER_SECOND, burst: 2 * API_REQUESTS_PER_SECOND }),
    log: pino({ name: 'api', level: LOG_LEVEL }),
  };
  return kept.parcoursRouterOptions;
}
