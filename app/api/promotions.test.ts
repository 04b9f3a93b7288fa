import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMember } from '#db/create-member.ts';
import { inWorkspace } from '#db/connection.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ROLE_SCOPES, type Role } from '#engine/commands/roles.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let sandboxId: string;
let liveId: string;
let people = 0;
let sandbox: Call;
let live: Call;
let liveKey: string;

const mail = (subject: string) => ({ name: 'Thanks', content: { channel: 'email', variants: { fr: { subject, html: '<p>Merci {{ voucher.gift.code }}</p>' } } } });
const offer = (percent: number) => ({ key: 'gift', name: { fr: 'Cadeau' }, benefit: { kind: 'percentOff', percent }, validity: { days: 30 } });
const drawn = (storeId: string, hours = 24) => ({
  formatVersion: 1, key: 'welcome', name: 'Bienvenue',
  entry: { trigger: { kind: 'event', event: { type: 'cart.paid', where: { field: 'event.storeId', is: 'equals', value: storeId } } }, reentry: { mode: 'onceEver' }, next: 'gift' },
  nodes: [
    { id: 'gift', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: 'wait' } }, { id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: hours, unit: 'hours' } }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'promotion' } },
  ],
});
type Part = { kind: string; key: string; state: string; side: string | null; did?: string };
const partsOf = (body: Record<string, unknown>): Record<string, Part> => Object.fromEntries((body['parts'] as Part[]).map((part) => [part.kind, part]));
const inLive = async <T>(query: (transaction: Parameters<Parameters<typeof inWorkspace<T>>[2]>[0]) => Promise<T>): Promise<T> => inWorkspace(api.database, liveId, query);
const asPerson = async (roleHere: Role, roleThere: Role | null): Promise<Call> => {
  const email = `p${(people += 1)}@example.org`;
  const { userId } = await createMember(api.database, { workspaceId: sandboxId, email, name: 'P', role: roleHere });
  if (roleThere) await createMember(api.database, { workspaceId: liveId, email, name: 'P', role: roleThere });
  const call = api.callerOf('', { session: async () => ({ userId, workspaceId: sandboxId, scopes: ROLE_SCOPES[roleHere], storeIds: null }) });
  return (method, path, body) => call(method, path, body, { authorization: '' });
};
let journeyId: string;
let revision = 1;
const store: Record<'sandbox' | 'live', string> = { sandbox: '', live: '' };
const draw = async (hours: number): Promise<void> => {
  const saved = await sandbox('PUT', `/journeys/${journeyId}/draft`, { revision, draft: drawn(store.sandbox, hours) });
  revision = Number(saved.body['draftRevision']);
};
const promote = (call: Call, body: object = {}) => call('POST', `/journeys/${journeyId}/promotion`, { revision, liveKey, ...body });
const preview = (call: Call, body: object = {}) => call('POST', `/journeys/${journeyId}/promotion/preview`, { liveKey, ...body });

beforeAll(async () => {
  api = await openTestApi();
  sandboxId = await api.makeWorkspace('lutin');
  sandbox = api.callerOf(await api.makeKey(sandboxId));
  for (const number of ['paris', 'lyon']) await sandbox('PUT', `/stores/${number}`, { name: number, country: 'FR', timeZone: 'Europe/Paris' });
  await sandbox('PUT', '/templates/thanks', mail('Merci'));
  await sandbox('PUT', '/offers/gift', offer(10));
  await sandbox('PUT', '/customers', { identifiers: [{ kind: 'email', value: 'ada@example.org' }] });
  store.sandbox = (await inWorkspace(api.database, sandboxId, (transaction) => transaction<{ id: string }[]>`select id from stores where external_id = 'paris'`))[0]!.id;
  journeyId = String((await sandbox('POST', '/journeys', drawn(store.sandbox))).body['id']);
  await createMember(api.database, { workspaceId: sandboxId, email: 'owner@example.org', name: 'O', role: 'owner' });
  await createMember(api.database, { workspaceId: sandboxId, email: 'viewer@example.org', name: 'V', role: 'viewer' });
});
afterAll(() => api.close());

describe('a brand', () => {
  it('that has only a sandbox is told so, and makes its live workspace, which its owners own and nobody else enters', async () => {
    expect(await preview(sandbox)).toMatchObject({ status: 409, body: { code: 'promotion.noLive' } });
    const made = await sandbox('POST', '/workspace/counterpart', {}, { 'idempotency-key': 'once' });
    expect(made).toMatchObject({ status: 201, body: { slug: 'lutin-live', kind: 'live' } });
    expect((await sandbox('POST', '/workspace/counterpart', {}, { 'idempotency-key': 'once' })).body).toEqual(made.body);
    expect((await sandbox('POST', '/workspace/counterpart', {})).body['code']).toBe('workspace.hasLive');
    const [row] = await inWorkspace(api.database, sandboxId, (transaction) => transaction<{ id: string }[]>`select live_id as id from workspaces`);
    liveId = row!.id;
    expect(made.body['id']).toBe(formatId('workspace', liveId));
    expect(await api.database`select email, role from memberships join auth_users on id = user_id where workspace_id = ${liveId}`).toEqual([{ email: 'owner@example.org', role: 'owner' }]);
    expect(await inLive((transaction) => transaction`select external_id from stores order by 1`)).toEqual([{ external_id: 'lyon' }, { external_id: 'paris' }]);
    store.live = (await inLive((transaction) => transaction<{ id: string }[]>`select id from stores where external_id = 'paris'`))[0]!.id;
    liveKey = await api.makeKey(liveId);
    live = api.callerOf(liveKey);
  });

  it('that has a live workspace makes sandboxes for whoever works in it', async () => {
    await createMember(api.database, { workspaceId: liveId, email: 'bo@example.org', name: 'Bo', role: 'marketer' });
    const made = await live('POST', '/workspace/counterpart', { name: 'Essais' });
    expect(made).toMatchObject({ status: 201, body: { slug: 'lutin-sandbox', kind: 'sandbox' } });
    const second = await live('POST', '/workspace/counterpart', {});
    expect(second.body['slug']).toBe('lutin-sandbox-2');
  });

  it('is linked by nobody but the owner of both', async () => {
    const lonely = await api.makeWorkspace('lonely');
    const { userId } = await createMember(api.database, { workspaceId: lonely, email: 'cy@example.org', name: 'Cy', role: 'owner' });
    const cy = api.callerOf('', { session: async () => ({ userId, workspaceId: lonely, scopes: ROLE_SCOPES.owner, storeIds: null }) });
    const link = () => cy('POST', '/workspace/counterpart', { workspaceId: formatId('workspace', liveId) }, { authorization: '' });
    expect(await link()).toMatchObject({ status: 404, body: { code: 'workspace.unknown' } });
    await createMember(api.database, { workspaceId: liveId, email: 'cy@example.org', name: 'Cy', role: 'owner' });
    expect(await link()).toMatchObject({ status: 201, body: { slug: 'lutin-live', kind: 'live' } });
  });
});

describe('a promotion', () => {
  it('shows what is new and what live lacks, and writes nothing', async () => {
    const shown = await preview(sandbox);
    expect(shown.status).toBe(200);
    expect(Object.values(partsOf(shown.body)).map(({ kind, state, side }) => [kind, state, side])).toEqual([['journey', 'new', 'sandbox'], ['template', 'new', 'sandbox'], ['offer', 'new', 'sandbox'], ['policy', 'same', 'live']]);
    expect(shown.body['missing']).toEqual([{ code: 'sender.missing', figures: {}, blocks: true, message: expect.stringContaining('e-mails') as string }]);
    expect(await inLive((transaction) => transaction`select key from templates union all select key from journeys`)).toEqual([]);
  });

  it('needs permission in both workspaces', async () => {
    expect(await promote(sandbox, { liveKey: undefined })).toMatchObject({ status: 403, body: { code: 'promotion.noAccess' } });
    expect(await promote(sandbox, { liveKey: await api.makeKey(sandboxId) })).toMatchObject({ status: 403, body: { code: 'promotion.noAccess' } });
    expect(await promote(sandbox, { liveKey: await api.makeKey(liveId, ['journeys:write']) })).toMatchObject({ status: 403, body: { code: 'promotion.scope' } });
    expect((await promote(await asPerson('viewer', 'owner'), { liveKey: undefined })).status).toBe(403);
    expect(await promote(await asPerson('marketer', null), { liveKey: undefined })).toMatchObject({ status: 403, body: { code: 'promotion.noAccess' } });
    expect(await promote(await asPerson('marketer', 'viewer'), { liveKey: undefined })).toMatchObject({ status: 403, body: { code: 'promotion.noAccess' } });
    expect(await inLive((transaction) => transaction`select key from templates`)).toEqual([]);
  });

  it('is nothing for whoever may not enter live without two-factor sign-in', async () => {
    const person = await asPerson('marketer', 'marketer');
    const live2 = (rule: boolean) => live('PUT', '/workspace', { name: 'Lutin', brand: 'Les Petits', language: 'fr', requiresTwoFactor: rule });
    expect((await live2(true)).status).toBe(200);
    expect(await preview(person, { liveKey: undefined })).toMatchObject({ status: 403, body: { code: 'promotion.noAccess' } });
    await api.database`update auth_users set two_factor_enabled = true where email = ${`p${people}@example.org`}`;
    expect((await preview(person, { liveKey: undefined })).status).toBe(200);
    await live2(false);
  });

  it('copies the journey with all it needs as a draft, and neither customers nor anything that ran', async () => {
    const done = await promote(await asPerson('marketer', 'marketer'), { liveKey: undefined, reason: 'first' });
    expect(done).toMatchObject({ status: 201, body: { key: 'welcome', draft: 'created' } });
    const [row] = await inLive((transaction) => transaction<{ draft: ReturnType<typeof drawn>; status: string }[]>`select draft, status from journeys`);
    expect(row?.status).toBe('draft');
    expect(row?.draft.nodes.map(({ id }) => id)).toEqual(['gift', 'wait', 'mail']);
    expect(row?.draft.entry.trigger.event.where.value).toBe(store.live);
    expect((await live('GET', '/templates/thanks')).status).toBe(200);
    expect((await live('GET', '/offers/gift')).body['offer']).toMatchObject({ benefit: { percent: 10 } });
    expect(await inLive((transaction) => transaction`select id from customers`)).toEqual([]);
    for (const call of [sandbox, live]) expect((await call('GET', '/audit?about=journey')).body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ action: 'journey.promote', reason: 'first' })]));
  });

  it('changes the same draft when it is repeated, and only what was changed', async () => {
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ journey: { state: 'same' }, template: { state: 'same' }, offer: { state: 'same' } });
    await draw(48);
    await sandbox('PUT', '/templates/thanks', mail('Merci encore'));
    const shown = await preview(sandbox);
    expect(partsOf(shown.body)).toMatchObject({ journey: { state: 'changed', side: 'sandbox' }, template: { state: 'changed', side: 'sandbox' }, offer: { state: 'same' } });
    const done = await promote(sandbox);
    expect(done).toMatchObject({ status: 201, body: { draft: 'changed' } });
    expect(partsOf(done.body)).toMatchObject({ template: { did: 'changed' }, offer: { did: 'kept' } });
    expect(await inLive((transaction) => transaction`select number from templates`)).toEqual([{ number: 2 }]);
    expect(await inLive((transaction) => transaction`select count(*)::int as n from journeys`)).toEqual([{ n: 1 }]);
  });

  it('of a draft that was changed since the difference was seen is refused', async () => {
    expect(await promote(sandbox, { revision: revision - 1 })).toMatchObject({ status: 409, body: { code: 'journey.revision' } });
  });

  it('leaves what was edited in live alone, and asks when both were', async () => {
    await live('PUT', '/offers/gift', offer(15));
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ offer: { state: 'liveChanged', side: 'live' } });
    await sandbox('PUT', '/offers/gift', offer(20));
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ offer: { state: 'conflict', side: null } });
    expect(await promote(sandbox)).toMatchObject({ status: 409, body: { code: 'promotion.undecided' } });
    expect((await promote(sandbox, { choices: [{ kind: 'offer', key: 'gift', side: 'live' }] })).status).toBe(201);
    expect((await live('GET', '/offers/gift')).body['offer']).toMatchObject({ benefit: { percent: 15 } });
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ offer: { state: 'same' } });
    expect((await promote(sandbox, { choices: [{ kind: 'offer', key: 'gift', side: 'sandbox' }] })).status).toBe(201);
  });

  it('brings what was agreed of its events (§11.4), once, and leaves what live agreed otherwise alone', async () => {
    const agreed = (call: Call, values: string[], version: number) => call('PUT', '/event-types/cart.paid/schema', { version, schema: { properties: { shop: { kind: 'text', required: true, values } } } });
    await agreed(sandbox, ['paris'], 0);
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ eventType: { key: 'cart.paid', side: 'sandbox' } });
    expect(partsOf((await promote(sandbox)).body)).toMatchObject({ eventType: { key: 'cart.paid' } });
    expect(await inLive((transaction) => transaction`select version, schema -> 'properties' -> 'shop' -> 'values' as values from event_schemas`)).toEqual([{ version: 1, values: ['paris'] }]);
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ eventType: { state: 'same' } });
    await agreed(live, ['lyon'], 1);
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ eventType: { state: 'liveChanged', side: 'live' } });
    await agreed(sandbox, ['paris', 'nice'], 1);
    expect(partsOf((await preview(sandbox)).body)).toMatchObject({ eventType: { state: 'conflict', side: null } });
    expect((await promote(sandbox, { choices: [{ kind: 'eventType', key: 'cart.paid', side: 'sandbox' }] })).status).toBe(201);
    expect(await inLive((transaction) => transaction`select version from event_schemas order by version`)).toEqual([{ version: 1 }, { version: 2 }, { version: 3 }]);
  });

  it('says which stores, products, programmes and offers live does not have, or has no more', async () => {
    await sandbox('PUT', '/stores/nice', { name: 'Nice', country: 'FR', timeZone: 'Europe/Paris' });
    const [nice] = await inWorkspace(api.database, sandboxId, (transaction) => transaction<{ id: string }[]>`select id from stores where external_id = 'nice'`);
    const other = await sandbox('POST', '/journeys', { ...drawn(nice!.id), key: 'other', entry: { ...drawn(nice!.id).entry, audience: { field: 'balance.club', is: 'atLeast', value: 1 } } });
    await sandbox('PUT', '/offers/gift', { ...offer(20), validity: { until: '2020-01-01' } });
    const { body } = await sandbox('POST', `/journeys/${String(other.body['id'])}/promotion/preview`, { liveKey, choices: [{ kind: 'offer', key: 'gift', side: 'sandbox' }] });
    expect((body['missing'] as { code: string; figures: { names?: string } }[]).map(({ code, figures }) => [code, figures.names])).toEqual(expect.arrayContaining([['promotion.stores', 'nice'], ['promotion.programmes', 'club'], ['promotion.offerEnded', 'Cadeau']]));
  });

  it('is nothing that a live workspace can do', async () => {
    const [row] = await inLive((transaction) => transaction<{ id: string }[]>`select id from journeys`);
    expect(await live('POST', `/journeys/${formatId('journey', row!.id)}/promotion/preview`, {})).toMatchObject({ status: 403, body: { code: 'sandbox.only' } });
  });
});
