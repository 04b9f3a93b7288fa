/**
 * Sign-in by e-mail and password with a second proof, or by a passkey (better-auth): sessions are cookies that scripts cannot read, sign-up is closed, and
 * attempts are counted in the route. A passkey asks for the finger, the face or the code of its device, and so is two proofs in one.
 */
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import { passkey } from '@better-auth/passkey';
import { authSchema, openAuthDatabase } from '#db/auth-database.ts';
import { hashPassword, verifyPassword } from '#db/passwords.ts';
import { notesChanges } from '#app/api/auth/notes-changes.ts';
import { hashRecoveryCode, keepRecoveryCodes, makeRecoveryCodes } from '#app/api/auth/recovery-codes.ts';
import { signInSecrets } from '#app/api/auth/sign-in-secrets.ts';
import { env } from '#env.ts';

const WEEK_SECONDS = 7 * 86_400;
export const ISSUER = 'Parcours';

/** The origin under which this very request reached us: the demo answers to localhost and to 127.0.0.1. */
const ownOrigins = (request?: Request): string[] => {
  const host = request?.headers.get('host');
  return host ? [`http://${host}`, `https://${host}`] : [];
};

/** Browsers keep passkeys for names alone: this machine's address stands for its name. */
export const passkeyHost = (publicUrl: string): string => {
  const { hostname } = new URL(publicUrl);
  return hostname === '127.0.0.1' || hostname === '[::1]' ? 'localhost' : hostname;
};

/** A recovery code is compared by its hash, which is all that is kept of it. A changed password always ends the other sessions. */
const readsBody = createAuthMiddleware(async (context) => {
  const body: unknown = context.body;
  if (typeof body !== 'object' || body === null) return;
  if (context.path === '/change-password') return { context: { ...context, body: { ...body, revokeOtherSessions: true } } };
  if (context.path === '/two-factor/verify-backup-code' && 'code' in body && typeof body.code === 'string') return { context: { ...context, body: { ...body, code: hashRecoveryCode(body.code) } } };
});

const secondProofs = (publicUrl: string) => [
  twoFactor({ issuer: ISSUER, backupCodeOptions: { customBackupCodesGenerate: makeRecoveryCodes, storeBackupCodes: { encrypt: async (json) => keepRecoveryCodes(json), decrypt: async (kept) => kept } } }),
  passkey({
    rpID: passkeyHost(publicUrl), rpName: ISSUER, authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    authentication: {
      afterVerification: async ({ verification }) => {
        if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED', { code: 'PASSKEY_UNVERIFIED', message: 'The device did not ask who is there.' });
      },
    },
    advanced: { webAuthnChallengeCookie: 'passkey_challenge' },
  }),
] as const;

function createSignIn() {
  const { DATABASE_URL, PARCOURS_SECRET, PARCOURS_FORMER_SECRET, PUBLIC_URL } = env();
  const [proof, keys] = secondProofs(PUBLIC_URL);
  return betterAuth({
    appName: ISSUER,
    baseURL: PUBLIC_URL,
    basePath: '/api/auth',
    secrets: signInSecrets(PARCOURS_SECRET, PARCOURS_FORMER_SECRET),
    trustedOrigins: (request) => [PUBLIC_URL, ...ownOrigins(request)],
    database: drizzleAdapter(openAuthDatabase(DATABASE_URL), { provider: 'pg', schema: authSchema }),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 200, password: { hash: hashPassword, verify: verifyPassword } },
    session: { expiresIn: WEEK_SECONDS, updateAge: WEEK_SECONDS / 7 },
    plugins: [proof, keys],
    hooks: { before: readsBody, after: notesChanges },
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
