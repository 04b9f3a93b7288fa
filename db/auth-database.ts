/** The tables of sign-in through drizzle, as better-auth's adapter wants them: a small pool of its own, since drizzle changes the client that it wraps. */
import { drizzle } from 'drizzle-orm/postgres-js';
import { openDatabase } from '#db/connection.ts';
import { authAccounts, authPasskeys, authSessions, authTwoFactors, authUsers, authVerifications } from '#db/schema-auth.ts';

export const authSchema = { user: authUsers, session: authSessions, account: authAccounts, verification: authVerifications, twoFactor: authTwoFactors, passkey: authPasskeys };

export const openAuthDatabase = (url: string) => drizzle(openDatabase(url, { maximumConnections: 3, applicationName: 'parcours-sign-in' }), { schema: authSchema });
