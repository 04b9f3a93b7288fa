import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let customerId: string;

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('family', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  customerId = String((await call('PUT', '/customers', { identifiers: { externalId: 'c1' }, relatives: [{ relation: 'spouse', firstName: 'Ali' }, { relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }] })).body['id']);
});
afterAll(() => api.close());

const at = (rest = '') => `/customers/${customerId}/${rest}`;
const items = async (rest: string): Promise<Record<string, unknown>[]> => (await call('GET', at(rest))).body['items'] as Record<string, unknown>[];
const events = () => inWorkspace(api.database, workspaceId, (transaction) => transaction<{ type: string; properties: Record<string, unknown> }[]>`select type, properties from events where type in ('relative.changed', 'contract.changed') order by no`);

describe('relatives and contracts by the API', () => {
  it('§1.1 §13.3 are rows of the customer, each with an id that a change of the list does not touch', async () => {
    const before = await items('relatives');
    expect(before).toMatchObject([{ relation: 'spouse', firstName: 'Ali', birthDate: null }, { relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }]);
    await call('PUT', '/customers', { identifiers: { externalId: 'c1' }, relatives: [{ relation: 'child', firstName: 'Zoé', birthDate: '2021-04-12' }, { relation: 'parent', firstName: 'Ida' }] });
    const after = await items('relatives');
    expect(after.map(({ relation }) => relation).sort()).toEqual(['child', 'parent']);
    expect(after.find(({ relation }) => relation === 'child')!['id']).toBe(before[1]!['id']);
    const kept = await call('PUT', at('relatives'), { relatives: [{ id: before[1]!['id'], relation: 'child', firstName: 'Zoé', birthDate: '2021-04-13' }] });
    expect(kept.body['items']).toEqual([{ id: before[1]!['id'], relation: 'child', firstName: 'Zoé', birthDate: '2021-04-13' }]);
  });

  it('§1.1 are added, changed and taken away one by one, once per idempotency key, and put back as the same', async () => {
    const header = { 'idempotency-key': 'add-once' };
    const added = await call('POST', at('contracts'), { kind: 'maintenance', reference: 'M-1', startsOn: '2025-09-01', endsOn: '2026-08-31' }, header);
    expect(added).toMatchObject({ status: 201, body: { kind: 'maintenance', reference: 'M-1', status: 'active' } });
    expect((await call('POST', at('contracts'), { kind: 'maintenance', reference: 'M-1', startsOn: '2025-09-01', endsOn: '2026-08-31' }, header)).body).toEqual(added.body);
    const one = `contracts/${String(added.body['id'])}`;
    expect((await call('PUT', at(one), { kind: 'maintenance', startsOn: '2025-09-01', endsOn: '2027-08-31' })).body).toMatchObject({ reference: null, endsOn: '2027-08-31' });
    expect((await call('DELETE', at(one))).body).toEqual({ items: [] });
    expect(await call('DELETE', at(one))).toMatchObject({ status: 404, body: { code: 'rows.unknown' } });
    await call('PUT', at(one), { kind: 'maintenance', startsOn: '2025-09-01' });
    expect(await items('contracts')).toMatchObject([{ id: added.body['id'], endsOn: null }]);
  });

  it('§1.1 leave an event that tells which row and which fields, never a name or a date, and an audit line', async () => {
    const said = await events();
    expect(said.filter(({ type }) => type === 'contract.changed').map(({ properties }) => properties['change'])).toEqual(['added', 'changed', 'removed', 'added']);
    expect(said.find(({ type, properties }) => type === 'contract.changed' && properties['change'] === 'changed')!.properties).toMatchObject({ kind: 'maintenance', fields: ['reference', 'ends_on'] });
    expect(JSON.stringify(said)).not.toMatch(/Zoé|Ali|Ida|20\d\d-/);
    const { body } = await call('GET', '/audit?limit=1');
    expect(body['items']).toMatchObject([{ action: 'customer.contracts', subject: customerId }]);
    expect(JSON.stringify((await call('GET', '/audit?limit=50')).body)).not.toMatch(/Zoé|Ida/);
  });

  it('change nothing that says what it said before', async () => {
    const before = (await events()).length;
    const [relative] = await items('relatives');
    await call('PUT', at('relatives'), { relatives: [{ relation: 'child', firstName: relative!['firstName'], birthDate: relative!['birthDate'] }] });
    expect((await events()).length).toBe(before);
  });

  it('are refused when a date does not exist, an end lies before its start, a row is another customer’s, or there are too many', async () => {
    expect(await call('POST', at('relatives'), { relation: 'child', birthDate: '2026-02-30' })).toMatchObject({ status: 422 });
    expect(await call('POST', at('contracts'), { kind: 'care', startsOn: '2026-02-02', endsOn: '2026-02-01' })).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'endsOn'] }] } });
    const other = String((await call('PUT', '/customers', { identifiers: { externalId: 'c2' } })).body['id']);
    const [mine] = await items('relatives');
    expect(await call('PUT', `/customers/${other}/relatives/${String(mine!['id'])}`, { relation: 'child' })).toMatchObject({ status: 404, body: { code: 'rows.unknown' } });
    expect(await call('PUT', `/customers/${other}/relatives`, { relatives: [{ id: mine!['id'], relation: 'child' }] })).toMatchObject({ status: 404 });
    await call('PUT', `/customers/${other}/relatives`, { relatives: Array.from({ length: 30 }, () => ({ relation: 'other' })) });
    expect(await call('POST', `/customers/${other}/relatives`, { relation: 'other' })).toMatchObject({ status: 409, body: { code: 'rows.tooMany' } });
  });
});
