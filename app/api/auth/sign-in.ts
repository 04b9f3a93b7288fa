/** Sign-in by e-mail and password (better-auth): sessions are cookies that scripts cannot read, sign-up is closed, and attempts are counted in the route. */
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { authSchema, openAuthDatabase } from '#db/auth-database.ts';
import { hashPassword, verifyPassword } from '#db/passwords.ts';
import { env } from '#env.ts';

const WEEK_SECONDS = 7 * 86_400;

/** The origin under which this very request reached us: the demo answers to localhost and to 127.0.0.1. */
const ownOrigins = (request?: Request): string[] => {
  const host = request?.headers.get('host');
  return host ? [`http://${host}`, `https://${host}`] : [];
};

function createSignIn() {
  const { DATABASE_URL, PARCOURS_SECRET, PUBLIC_URL } = env();
  return betterAuth({
    baseURL: PUBLIC_URL,
    basePath: '/api/auth',
    secret: PARCOURS_SECRET,
    trustedOrigins: (request) => [PUBLIC_URL, ...ownOrigins(request)],
    database: drizzleAdapter(openAuthDatabase(DATABASE_URL), { provider: 'pg', schema: authSchema }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200, password: { hash: hashPassword, verify: verifyPassword } },
    session: { expiresIn: WEEK_SECONDS, updateAge: WEEK_SECONDS / 7 },
    advanced: { cookiePrefix: 'parcours', useSecureCookies: PUBLIC_URL.startsWith('https:'), defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' } },
    // Attempts are limited in app/api/auth/[...all]/route.ts, by address and by account.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
}

const kept = globalThis as typeof globalThis & { parcoursSignIn?: ReturnType<typeof createSignIn> };

/** One per process, made when first used. */
export function signIn(): ReturnType<typeof createSignIn> {
  kept.parcoursSignIn ??= createSignIn();
  return kept.parcoursSignIn;
}
