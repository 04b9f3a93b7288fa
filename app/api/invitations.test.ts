import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POST as accept } from '#app/api/account/invitations/route.ts';
import { createMember } from '#db/create-member.ts';
import { findMembership } from '#db/queries/memberships.ts';
import { verifyPassword } from '#db/passwords.ts';
import { inWorkspace } from '#db/connection.ts';
import { acceptInvitation, readInvitation } from '#engine/accept-invitation.ts';
import { sendAccountMail } from '#engine/account-mail.ts';
import { INVITATIONS_PER_HOUR, invite } from '#engine/commands/invite.ts';
import type { SendingAccount } from '#engine/dispatch/sending-account.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { Engine } from '#engine/engine.ts';
import { writeInvitation } from '#engine/invitation-mail.ts';
import { sendInvitation } from '#engine/send-invitation.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

const HERE = 'http://127.0.0.1:3000';
const PASSWORD = 'a password of the tests';
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine; parcoursSignIn?: unknown };
let api: TestApi;
let workspaceId: string;
let call: Call;
let people = 0;
const address = (): string => `invited-${people += 1}@example.test`;

/** Without a sender, as here, the link is answered. */
async function inviteSomebody(email = address(), more: object = {}): Promise<{ id: string; token: string; email: string }> {
  const { status, body } = await call('POST', '/invitations', { email, role: 'marketer', ...more });
  expect(status).toBe(201);
  return { id: String(body['id']), token: String(body['link']).split('/').at(-1) ?? '', email };
}

beforeAll(async () => {
  api = await openTestApi();
  Object.assign(process.env, { DATABASE_URL: api.url, TEMPORAL_ADDRESS: '127.0.0.1:1', PARCOURS_SECRET: 'the secret of this test, long enough for all', PUBLIC_URL: HERE });
  kept.parcoursWebEngine = api.engine;
  workspaceId = await api.makeWorkspace('inviting');
  call = api.callerOf(await api.makeKey(workspaceId));
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  delete kept.parcoursSignIn;
  await api.close();
});

describe('an invitation', () => {
  it('makes a new person a member with the role that was chosen, once', async () => {
    const { token, email } = await inviteSomebody();
    expect(await readInvitation(api.engine, token)).toMatchObject({ email, role: 'marketer', known: false });
    await acceptInvitation(api.engine, token, { kind: 'new', name: 'Inès', password: PASSWORD });
    const [account] = await api.database<{ id: string; password: string }[]>`select u.id, a.password from auth_users u join auth_accounts a on a.user_id = u.id where u.email = ${email}`;
    expect(await verifyPassword({ hash: account?.password ?? '', password: PASSWORD })).toBe(true);
    expect((await findMembership(api.database, account?.id ?? '', workspaceId))?.role).toBe('marketer');
    expect(await readInvitation(api.engine, token)).toBeNull();
    await expect(acceptInvitation(api.engine, token, { kind: 'new', name: 'Again', password: PASSWORD })).rejects.toMatchObject({ code: 'invitation.gone' });
    const { body } = await call('GET', '/audit?about=member');
    expect(body['items']).toContainEqual(expect.objectContaining({ action: 'member.join', actorName: 'Inès', subjectName: 'Inès' }));
  });

  it('lets only one of two hands at once in', async () => {
    const { token, email } = await inviteSomebody();
    const both = await Promise.allSettled([1, 2].map(() => acceptInvitation(api.engine, token, { kind: 'new', name: 'Twin', password: PASSWORD })));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await api.database`select id from auth_users where email = ${email}`).toHaveLength(1);
  });

  it('is for the person whose address it names: an account there has to sign in', async () => {
    const email = address();
    const elsewhere = await api.makeWorkspace(`elsewhere-${people}`);
    const { userId } = await createMember(api.database, { workspaceId: elsewhere, email, name: 'Bo', role: 'viewer', password: PASSWORD });
    const { userId: other } = await createMember(api.database, { workspaceId: elsewhere, email: address(), name: 'Cy', role: 'viewer' });
    const { token } = await inviteSomebody(email.toUpperCase());
    await expect(acceptInvitation(api.engine, token, { kind: 'new', name: 'Thief', password: 'another password here' })).rejects.toMatchObject({ code: 'invitation.signIn' });
    await expect(acceptInvitation(api.engine, token, { kind: 'known', userId: other })).rejects.toMatchObject({ code: 'invitation.otherPerson' });
    await acceptInvitation(api.engine, token, { kind: 'known', userId });
    expect((await findMembership(api.database, userId, workspaceId))?.role).toBe('marketer');
    const [account] = await api.database<{ password: string }[]>`select password from auth_accounts where user_id = ${userId}`;
    expect(await verifyPassword({ hash: account?.password ?? '', password: PASSWORD })).toBe(true);
  });

  it('ends after seven days, when it is taken back, and when another link takes its place', async () => {
    const old = await inviteSomebody();
    await inWorkspace(api.database, workspaceId, (transaction) => transaction`update invitations set expires_at = clock_timestamp() where email = ${old.email}`);
    expect(await readInvitation(api.engine, old.token)).toBeNull();
    const sent = await call('POST', `/invitations/${old.id}/resend`, {});
    const next = String(sent.body['link']).split('/').at(-1) ?? '';
    expect(next).not.toBe(old.token);
    expect(await readInvitation(api.engine, next)).not.toBeNull();
    const third = await inviteSomebody(old.email, { role: 'viewer' });
    expect([third.id, await readInvitation(api.engine, next)]).toEqual([old.id, null]);
    expect((await call('DELETE', `/invitations/${old.id}`)).status).toBe(200);
    expect(await readInvitation(api.engine, third.token)).toBeNull();
    expect((await call('POST', `/invitations/${old.id}/resend`, {})).body['code']).toBe('invitation.state');
    expect((await call('DELETE', `/invitations/${old.id}`)).status).toBe(409);
  });

  it('is kept as a hash of its link, and read by nobody who guesses', async () => {
    const { token, email } = await inviteSomebody();
    const [row] = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ row: string }[]>`select i::text as row from invitations i where email = ${email}`);
    expect(row?.row).not.toContain(token);
    expect(JSON.stringify((await call('GET', '/invitations')).body)).not.toContain(token);
    for (const guess of ['', 'x', token.slice(1), `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`]) expect(await readInvitation(api.engine, guess)).toBeNull();
  });

  it('of a member, or for a store that is not there, is refused', async () => {
    const email = address();
    await createMember(api.database, { workspaceId, email, name: 'Di', role: 'viewer' });
    expect((await call('POST', '/invitations', { email, role: 'owner' })).body['code']).toBe('invitation.member');
    expect((await call('POST', '/invitations', { email: address(), role: 'merchant' })).status).toBe(422);
    expect((await call('POST', '/invitations', { email: 'no address', role: 'viewer' })).status).toBe(422);
  });

  it('leaves so many an hour at most', async () => {
    const busy = await api.makeWorkspace('busy');
    const send = () => inWorkspace(api.database, busy, (transaction) => invite({ transaction, workspaceId: busy, actor: 'test' }, { email: address(), role: 'viewer', storeIds: [], language: 'en' }));
    for (let count = 0; count < INVITATIONS_PER_HOUR; count += 1) await send();
    await expect(send()).rejects.toMatchObject({ code: 'invitation.limit' });
  });
});

describe('the mail of an invitation', () => {
  const taken: { account: SendingAccount; payload: Payload }[] = [];
  const open = (account: SendingAccount) => ({ kind: 'test', batchLimit: 100, repeatable: true, send: async (_: string, [payload]: Payload[]) => {
    if (payload) taken.push({ account, payload });
    return { kind: 'answered' as const, members: [{ messageId: payload?.messageId ?? '', kind: 'sent' as const, providerMessageId: 'x' }], rate: null };
  } });

  it('leaves a live workspace by the installation’s sender, and then nobody is shown the link', async () => {
    const live = await api.makeWorkspace('a-live-one', { kind: 'live' });
    const engine: Engine = { ...api.engine, vendorAccounts: { email: { kind: 'smtp', url: 'smtp://127.0.0.1:1', from: 'Parcours <parcours@example.org>' } } };
    const email = address();
    const sent = await sendInvitation(engine, { workspaceId: live, actor: 'test' }, (command) => invite(command, { email, role: 'viewer', storeIds: [], language: 'fr' }), open);
    expect(sent).toMatchObject({ mail: 'sent', link: null });
    const [{ payload } = { payload: null }] = taken.splice(0);
    expect(payload).toMatchObject({ to: email, from: 'Parcours <parcours@example.org>', subject: 'a-live-one vous invite sur Parcours' });
    const token = /\/invitation\/([\w-]+)/.exec(payload?.channel === 'email' ? payload.text : '')?.[1] ?? '';
    expect(await readInvitation(engine, token)).toMatchObject({ email, workspaceId: live });
  });

  it('never leaves a sandbox by a real sender', async () => {
    const engine: Engine = { ...api.engine, vendorAccounts: { email: { kind: 'smtp', url: 'smtp://127.0.0.1:1', from: 'parcours@example.org' } } };
    expect(await sendAccountMail(engine, workspaceId, { to: address(), subject: 'x', html: 'x', text: 'x' }, open)).toBe('noSender');
    expect(taken).toEqual([]);
  });

  it('is written so that no name can become part of its page', () => {
    const { html, subject } = writeInvitation({ workspace: '<b>Us</b>\r\nBcc: them', role: 'owner', inviter: '"><script>', link: `${HERE}/invitation/x`, language: 'en' });
    expect(html).not.toMatch(/<script|<b>/);
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

it('is accepted on a page of ours only, and answers what to do', async () => {
  const { token } = await inviteSomebody();
  const post = (body: unknown, headers: Record<string, string> = { origin: HERE, 'x-parcours-page': '1' }) => accept(new Request(`${HERE}/api/account/invitations`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }));
  const codeOf = async (response: Response) => (await response.json() as { code?: string }).code;
  expect((await post({ token, person: { name: 'X', password: PASSWORD } }, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await post({ token, person: { name: '', password: 'short' } })).status).toBe(422);
  expect(await codeOf(await post({ token }))).toBe('invitation.signIn');
  expect(await codeOf(await post({ token: 'x'.repeat(32), person: { name: 'X', password: PASSWORD } }))).toBe('invitation.gone');
  expect((await post({ token, person: { name: 'X', password: PASSWORD } })).status).toBe(200);
});
