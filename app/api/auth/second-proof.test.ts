import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GET as listSessions, POST as endSessions } from '#app/api/account/sessions/route.ts';
import { GET, POST } from '#app/api/auth/[...all]/route.ts';
import { hashRecoveryCode, keepRecoveryCodes, makeRecoveryCodes } from '#app/api/auth/recovery-codes.ts';
import { readSession, sessionCaller } from '#app/api/auth/read-session.ts';
import { resealAuthenticators } from '#app/api/auth/reseal-authenticators.ts';
import { createMember } from '#db/create-member.ts';
import type { Engine } from '#engine/engine.ts';
import { resetSignIn } from '#engine/reset-sign-in.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';
import { totpOf } from '#tests/harness/totp.ts';

const HERE = 'http://127.0.0.1:3000';
const PASSWORD = 'a password of the tests';
const SECRET = 'the secret of this test, long enough for all';
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine; parcoursSignIn?: unknown };

let api: TestApi;
let workspaceId: string;
let people = 0;

/** A browser: it keeps the cookies that it is given. */
function browser(userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0') {
  const jar = new Map<string, string>();
  const headers = () => new Headers({ 'content-type': 'application/json', 'user-agent': userAgent, origin: HERE, host: '127.0.0.1:3000', 'x-parcours-page': '1', 'x-forwarded-for': `10.0.0.${people}`, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') });
  const post = async (path: string, body: unknown): Promise<{ status: number; body: Record<string, unknown> }> => {
    const response = await POST(new Request(`${HERE}/api/auth${path}`, { method: 'POST', headers: headers(), body: JSON.stringify(body) }));
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await response.text();
    return { status: response.status, body: z.record(z.string(), z.unknown()).parse(text === '' ? {} : JSON.parse(text) ?? {}) };
  };
  return { post, headers, jar, signedIn: async () => (await readSession(headers())) !== null };
}

async function makePerson(): Promise<{ email: string; userId: string }> {
  const email = `person-${people += 1}@example.test`;
  const { userId } = await createMember(api.database, { workspaceId, email, name: 'Ada', role: 'owner', password: PASSWORD });
  return { email, userId };
}

/** Signed in, with an authenticator app set up. */
async function withApp() {
  const person = await makePerson();
  const page = browser();
  await page.post('/sign-in/email', { email: person.email, password: PASSWORD });
  const begun = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) }).parse((await page.post('/two-factor/enable', { password: PASSWORD })).body);
  const verified = await page.post('/two-factor/verify-totp', { code: totpOf(begun.totpURI) });
  expect(verified.status).toBe(200);
  return { ...person, page, address: begun.totpURI, codes: begun.backupCodes };
}

beforeAll(async () => {
  api = await openTestApi();
  Object.assign(process.env, { DATABASE_URL: api.url, TEMPORAL_ADDRESS: '127.0.0.1:1', PARCOURS_SECRET: SECRET, PUBLIC_URL: HERE });
  kept.parcoursWebEngine = api.engine;
  workspaceId = await api.makeWorkspace('proofs');
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  delete kept.parcoursSignIn;
  await api.close();
});

describe('a second proof', () => {
  it('is asked for once an app is set up, and a wrong code lets nobody in', async () => {
    const { email, address } = await withApp();
    const other = browser();
    expect((await other.post('/sign-in/email', { email, password: PASSWORD })).body).toMatchObject({ twoFactorRedirect: true });
    expect(await other.signedIn()).toBe(false);
    expect((await other.post('/two-factor/verify-totp', { code: totpOf(address) === '000000' ? '000001' : '000000' })).status).toBe(401);
    expect(await other.signedIn()).toBe(false);
    expect((await other.post('/two-factor/verify-totp', { code: totpOf(address) })).status).toBe(200);
    expect(await other.signedIn()).toBe(true);
  });

  it('is not in force before its first code was right', async () => {
    const { email } = await makePerson();
    const page = browser();
    await page.post('/sign-in/email', { email, password: PASSWORD });
    await page.post('/two-factor/enable', { password: PASSWORD });
    const other = browser();
    await other.post('/sign-in/email', { email, password: PASSWORD });
    expect(await other.signedIn()).toBe(true);
  });

  it('keeps its key sealed and its recovery codes as hashes, each of which lets in once', async () => {
    const { email, userId, codes, address } = await withApp();
    const [row] = await api.database<{ secret: string; codes: string }[]>`select secret, backup_codes as codes from auth_two_factors where user_id = ${userId}`;
    expect(codes).toHaveLength(8);
    for (const code of codes) expect(row?.codes).not.toContain(code);
    expect(row?.secret).not.toContain(new URL(address).searchParams.get('secret'));
    const recover = async (code: string) => {
      const other = browser();
      await other.post('/sign-in/email', { email, password: PASSWORD });
      return (await other.post('/two-factor/verify-backup-code', { code })).status;
    };
    const [first = '', second = ''] = codes;
    expect(await recover(` ${first.toUpperCase().replaceAll('-', ' ')}`)).toBe(200);
    expect(await recover(first)).toBe(401);
    expect(await recover(hashRecoveryCode(second)), 'what the database keeps lets nobody in').toBe(401);
    expect(await recover(second)).toBe(200);
  });

  it('is turned off by the password alone', async () => {
    const { email, page } = await withApp();
    expect((await page.post('/two-factor/disable', { password: 'not the password' })).status).toBe(400);
    expect((await page.post('/two-factor/disable', { password: PASSWORD })).status).toBe(200);
    const other = browser();
    await other.post('/sign-in/email', { email, password: PASSWORD });
    expect(await other.signedIn()).toBe(true);
  });

  it('still works after the secret of the installation was changed and everything sealed anew', async () => {
    const { email, address } = await withApp();
    const enter = async () => {
      delete kept.parcoursSignIn;
      const other = browser();
      await other.post('/sign-in/email', { email, password: PASSWORD });
      return (await other.post('/two-factor/verify-totp', { code: totpOf(address) })).status;
    };
    const next = 'another secret of this test, as long as the first';
    expect(await resealAuthenticators(api.database, { secret: next })).toMatchObject({ sealed: 0 });
    expect((await resealAuthenticators(api.database, { secret: next, formerSecret: SECRET })).lost).toEqual([]);
    const { signIn } = await import('#app/api/auth/sign-in.ts');
    const { env } = await import('#env.ts');
    Object.assign(env(), { PARCOURS_SECRET: next });
    expect(await enter()).toBe(200);
    expect(signIn()).toBeDefined();
    Object.assign(env(), { PARCOURS_SECRET: SECRET });
    await resealAuthenticators(api.database, { secret: SECRET, formerSecret: next });
    expect(await enter()).toBe(200);
  });

  it('is asked of every member where the workspace wants it, and who has none reaches nothing before', async () => {
    const call = api.callerOf(await api.makeKey(workspaceId));
    const { email } = await makePerson();
    const page = browser();
    await page.post('/sign-in/email', { email, password: PASSWORD });
    const rule = async (requiresTwoFactor: boolean) => (await call('PUT', '/workspace', { name: 'Proofs', brand: 'Les Petits', language: 'fr', requiresTwoFactor })).body['requiresTwoFactor'];
    expect(await rule(true)).toBe(true);
    await expect(sessionCaller(new Request(`${HERE}/api/v1/customers`, { headers: page.headers() }))).rejects.toMatchObject({ code: 'session.needsTwoFactor' });
    const secured = await withApp();
    expect(await sessionCaller(new Request(`${HERE}/api/v1/customers`, { headers: secured.page.headers() }))).toMatchObject({ workspaceId });
    expect((await call('GET', '/members')).body['items']).toContainEqual(expect.objectContaining({ email: secured.email, twoFactor: true }));
    expect(await rule(false)).toBe(false);
    expect(await sessionCaller(new Request(`${HERE}/api/v1/customers`, { headers: page.headers() }))).toMatchObject({ workspaceId });
  });
});

describe('a change of somebody’s sign-in', () => {
  const changesOf = async (userId: string): Promise<string[]> => {
    const { items } = z.object({ items: z.array(z.object({ action: z.string(), actor: z.string() })) }).parse((await api.callerOf(await api.makeKey(workspaceId))('GET', `/audit?about=member&subject=${userId}`)).body);
    return items.map(({ action, actor }) => `${action} by ${actor.replace(userId, 'them')}`).reverse();
  };

  it('is a line in the log of their workspaces, and what failed or only let them in is none', async () => {
    const { email, userId, page, address, codes } = await withApp();
    const other = browser();
    await other.post('/sign-in/email', { email, password: PASSWORD });
    await other.post('/two-factor/verify-totp', { code: totpOf(address) });
    await page.post('/two-factor/verify-totp', { code: totpOf(address) });
    expect(codes).toHaveLength(8);
    await page.post('/change-password', { currentPassword: 'not the password', newPassword: 'another password of it' });
    await page.post('/two-factor/generate-backup-codes', { password: PASSWORD });
    await page.post('/two-factor/disable', { password: PASSWORD });
    expect(await changesOf(userId)).toEqual(['member.twoFactorOn by user:them', 'member.recoveryCodes by user:them', 'member.twoFactorOff by user:them']);
  });

  it('is undone by whoever runs the server: no second proof, no session, and a new password on demand', async () => {
    const { email, userId, page } = await withApp();
    expect(await resetSignIn(api.database, 'nobody@example.test', { newPassword: true })).toBeNull();
    const done = await resetSignIn(api.database, email.toUpperCase(), { newPassword: true });
    expect(await page.signedIn()).toBe(false);
    const again = browser();
    expect((await again.post('/sign-in/email', { email, password: PASSWORD })).status).toBe(401);
    await again.post('/sign-in/email', { email, password: done?.password });
    expect(await again.signedIn()).toBe(true);
    expect((await changesOf(userId)).at(-1)).toBe('member.signInReset by reset-sign-in');
  });
});

describe('sessions', () => {
  const at = `${HERE}/api/account/sessions`;
  // Strict: a token among the answers fails.
  const Listed = z.object({ items: z.array(z.strictObject({ id: z.string(), userAgent: z.string(), current: z.boolean(), createdAt: z.string(), seenAt: z.string() })) });
  const list = async (page: ReturnType<typeof browser>) => Listed.parse(await (await listSessions(new Request(at, { headers: page.headers() }))).json()).items;
  const end = (page: ReturnType<typeof browser>, body: unknown, without = '') => {
    const headers = page.headers();
    headers.delete(without || 'x-none');
    return endSessions(new Request(at, { method: 'POST', headers, body: JSON.stringify({ end: body }) }));
  };

  async function three() {
    const { email } = await makePerson();
    const pages = [browser(), browser('Safari'), browser('Chrome')] as const;
    for (const page of pages) await page.post('/sign-in/email', { email, password: PASSWORD });
    return pages;
  }

  it('are listed without their tokens and ended one by one or all others at once', async () => {
    const [here, second, third] = await three();
    const listed = await list(here);
    expect(listed.map(({ current }) => current).filter(Boolean)).toHaveLength(1);
    const other = listed.find(({ userAgent }) => userAgent === 'Safari');
    expect((await end(here, { sessionId: other?.id })).status).toBe(200);
    expect([await second.signedIn(), await third.signedIn()]).toEqual([false, true]);
    expect((await end(here, { sessionId: other?.id })).status).toBe(404);
    expect((await end(here, 'others')).status).toBe(200);
    expect([await here.signedIn(), await third.signedIn()]).toEqual([true, false]);
  });

  it('of somebody else are unknown, and another site ends none', async () => {
    const [here] = await three();
    const [stranger] = await three();
    const theirs = (await list(stranger))[0]?.id;
    expect((await end(here, { sessionId: theirs })).status).toBe(404);
    expect((await end(here, 'others', 'x-parcours-page')).status).toBe(403);
    expect((await listSessions(new Request(at))).status).toBe(401);
    expect(await stranger.signedIn()).toBe(true);
  });

  it('other than this one end when the password changes, whatever the page asks for', async () => {
    const [here, second] = await three();
    expect((await here.post('/change-password', { currentPassword: PASSWORD, newPassword: 'another password of it', revokeOtherSessions: false })).status).toBe(200);
    expect([await here.signedIn(), await second.signedIn()]).toEqual([true, false]);
  });
});

it('opens no other door of the library: neither the tokens of sessions, nor another address, nor a sign-up', async () => {
  const { page } = await withApp();
  for (const path of ['/list-sessions', '/get-session', '/two-factor/get-totp-uri', '/sign-up/email', '/update-user', '/delete-user', '/change-email', '/verify-password']) {
    expect({ path, post: (await page.post(path, { password: PASSWORD })).status, get: (await GET(new Request(`${HERE}/api/auth${path}`, { headers: page.headers() }))).status }).toEqual({ path, post: 404, get: 404 });
  }
});

it('lets many people come by passkey at once, and few guesses at one account', async () => {
  const ask = (path: string, body: object, headers: object = {}) => POST(new Request(`${HERE}/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: HERE, host: '127.0.0.1:3000', 'x-forwarded-for': `10.9.9.${people += 1}`, ...headers }, body: JSON.stringify(body) }));
  const passkeys = await Promise.all(Array.from({ length: 15 }, () => ask('/passkey/verify-authentication', { response: {} })));
  expect(passkeys.map(({ status }) => status)).not.toContain(429);
  const cookie = 'parcours.two_factor=somebody';
  const guesses: number[] = [];
  for (let count = 0; count < 11; count += 1) guesses.push((await ask('/two-factor/verify-totp', { code: '000000' }, { cookie })).status);
  expect([guesses.at(0), guesses.at(-1)]).toEqual([401, 429]);
});

it('recovery codes are all different, and what is kept twice stays the same', () => {
  const codes = makeRecoveryCodes();
  expect(new Set(codes).size).toBe(codes.length);
  const once = keepRecoveryCodes(JSON.stringify(codes));
  expect(keepRecoveryCodes(once)).toBe(once);
});
