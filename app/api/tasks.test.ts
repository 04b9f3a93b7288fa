import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { formatId } from '#domain/shared/ids.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let customerId: string;

const LISTENS = {
  formatVersion: 1, key: 'after-call', name: 'After the call',
  entry: { trigger: { kind: 'event', event: { type: 'call.answered', where: { field: 'event.properties.outcome', is: 'equals', value: 'reached' } } }, reentry: { mode: 'afterExit' }, next: 'tag' },
  nodes: [{ id: 'tag', kind: 'changeTag', settings: { tag: 'called', does: 'add' }, next: {} }],
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('tasks', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  const store = await call('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  const body = { identifiers: { externalId: 'c1', phone: '06 12 34 56 78' }, profile: { firstName: '=cmd|1', lastName: 'Martin', storeId: await storeUuid(String(store.body['externalId'] ?? 'lyon')) } };
  customerId = String((await call('PUT', '/customers', body)).body['id']);
  const journey = await call('POST', '/journeys', LISTENS);
  await call('POST', `/journeys/${String(journey.body['id'])}/publish`, {});
});
afterAll(() => api.close());

const storeUuid = (externalId: string) => inWorkspace(api.database, workspaceId, async (transaction) => String((await transaction`select id from stores where external_id = ${externalId}`)[0]?.['id']));
const settle = async () => { while ((await routeOnce(api.engine, workspaceId)) > 0); };
const items = async (query = ''): Promise<Record<string, unknown>[]> => (await call('GET', `/tasks${query}`)).body['items'] as Record<string, unknown>[];

describe('a call-back request (§4.6)', () => {
  it('becomes one call on the list of the customer’s store, with the number and the hour that was asked for', async () => {
    const posted = { id: 'cb-1', type: 'callback.requested', customer: { externalId: 'c1' }, properties: { topic: 'Sizes of boots', at: '2026-06-16T15:00:00Z', note: 'After work' } };
    await call('POST', '/events', posted);
    await call('POST', '/events', posted);
    await settle();
    expect(await items('?kind=call')).toMatchObject([{
      kind: 'call', state: 'open', title: 'Sizes of boots', note: 'After work', customerId, phone: '+33612345678', isRequested: true, assignedTo: 'store', storeName: 'Lyon', dueAt: '2026-06-16T15:00:00.000Z', isOverdue: false, attempts: 0,
    }]);
    expect((await call('GET', `/customers/${customerId}/timeline?kinds=task`)).body['items']).toMatchObject([{ kind: 'task', data: { taskKind: 'call', state: 'open' } }]);
  });

  it('told as history, calls nobody', async () => {
    await call('POST', '/events', { id: 'cb-old', type: 'callback.requested', historical: true, customer: { externalId: 'c1' }, properties: {} });
    await settle();
    expect(await items()).toHaveLength(1);
  });

  it('needs an outcome, stays open when nobody answered, and tells journeys how it ended', async () => {
    const [open] = await items();
    const path = `/tasks/${String(open?.['id'])}/close`;
    expect(await call('POST', path, {})).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'outcome'] }] } });
    expect(await call('POST', path, { outcome: 'reached', callAgainAt: '2026-06-17T10:00:00Z' })).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'callAgainAt'] }] } });
    expect(await call('POST', path, { outcome: 'noAnswer', callAgainAt: '2026-06-17T10:00:00Z' })).toMatchObject({ status: 200, body: { state: 'open' } });
    expect(await items()).toMatchObject([{ state: 'open', attempts: 1, outcome: 'noAnswer', dueAt: '2026-06-17T10:00:00.000Z' }]);
    expect(await call('POST', path, { outcome: 'reached', comment: 'Comes on Saturday' })).toMatchObject({ status: 200, body: { state: 'done' } });
    expect(await call('POST', path, { outcome: 'reached' })).toMatchObject({ status: 409, body: { code: 'task.closed' } });
    await settle();
    expect((await call('GET', `/customers/${customerId}`)).body).toMatchObject({ profile: { tags: ['called'] } });
    expect(await items()).toEqual([]);
    expect(await items('?state=closed')).toMatchObject([{ state: 'done', outcome: 'reached', comment: 'Comes on Saturday', attempts: 2, closedAt: '2026-06-16T08:00:00.000Z' }]);
    expect((await call('GET', '/audit?limit=2')).body['items']).toMatchObject([{ action: 'task.close', after: { outcome: 'reached' } }, { action: 'task.tryAgain' }]);
  });
});

describe('the list of tasks (§4.3)', () => {
  it('takes one by hand, pages by urgency and knows what is overdue', async () => {
    for (const day of ['18', '15', '17']) await call('POST', '/tasks', { customerId, title: `Due on ${day}`, dueAt: `2026-06-${day}T10:00:00Z` });
    const first = (await call('GET', '/tasks?limit=2')).body;
    expect(first['items']).toMatchObject([{ title: 'Due on 15', isOverdue: true }, { title: 'Due on 17', isOverdue: false }]);
    expect(await items(`?limit=2&after=${String(first['next'])}`)).toMatchObject([{ title: 'Due on 18' }]);
    expect(await items('?overdue=true')).toMatchObject([{ title: 'Due on 15' }]);
    expect(await call('POST', '/tasks', { customerId: formatId('customer', '0197a3c2-5b1e-7c3d-8e4f-9a0b1c2d3e4f'), title: 'x' })).toMatchObject({ status: 404, body: { code: 'customer.unknown' } });
    expect(await call('POST', '/tasks', { customerId, title: 'x', assignedTo: 'store' })).toMatchObject({ status: 422 });
    expect(await call('POST', '/tasks', { customerId, title: 'x', assignedTo: 'member', memberId: 'nobody' })).toMatchObject({ status: 422 });
  });

  it('is exported as CSV that no spreadsheet runs, leaving a line in the audit log', async () => {
    await call('POST', '/tasks', { customerId, title: '=HYPERLINK("http://x")' });
    const { status, headers, body } = await call('GET', '/tasks/export');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = String(body['csv']).trim().split('\r\n');
    expect(lines[0]).toMatch(/^\ufeff?id,kind,state,title,note,customerId/);
    expect(lines).toHaveLength(5);
    expect(body['csv']).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(body['csv']).toContain(`'=cmd|1 Martin`);
    expect((await call('GET', '/audit?limit=1')).body['items']).toMatchObject([{ action: 'task.export', after: { rows: 4 } }]);
  });
});
