import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;
let journeyId: string;
const ids: string[] = [];

const CLUB = {
  formatVersion: 1, key: 'club', name: 'Club',
  entry: {
    trigger: { kind: 'event', event: { type: 'purchase', where: { field: 'event.properties.amountMinor', is: 'atLeast', value: 5_000 } } }, audience: { field: 'customer.city', is: 'equals', value: 'Lyon' },
    reentry: { mode: 'onceEver' }, holdout: { percent: 50, experiment: 'club' }, next: 'wait',
  },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } }, next: { next: 'mail' } }, { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'thanks', category: 'information' }, next: {} }],
};

beforeAll(async () => {
  api = await openTestApi();
  workspaceId = await api.makeWorkspace('entries', { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  await call('PUT', '/templates/thanks', { name: 'Merci', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: '<p>Merci</p>' } } } });
  for (let index = 0; index < 260; index += 1) {
    const city = index % 2 === 0 ? 'Lyon' : 'Nice';
    ids.push(String((await call('PUT', '/customers', { identifiers: { externalId: `c${index}`, email: `c${index}@lutin.test` }, profile: { city } })).body['id']));
  }
  journeyId = String((await call('POST', '/journeys', CLUB)).body['id']);
});
afterAll(() => api.close());

const enter = (body: Record<string, unknown>, headers?: Record<string, string>) => call('POST', `/journeys/${journeyId}/entries`, body, headers);
const check = async (index: number) => (await call('GET', `/journeys/${journeyId}/entry-check/${ids[index]!}`)).body;
const rows = () => inWorkspace(api.database, workspaceId, async (transaction) => (await transaction`select (select count(*)::int from enrollments) as enrollments, (select count(*)::int from traces where kind = 'entryRefused') as refusals`)[0]);

describe('entries by the API', () => {
  it('are refused by a journey that does not run', async () => {
    expect(await enter({ customers: [ids[0]] })).toMatchObject({ status: 409, body: { code: 'journey.state' } });
    expect(await check(0)).toMatchObject({ state: 'refused', reason: { code: 'journey.state' } });
    expect(await call('POST', `/journeys/${journeyId}/publish`, {})).toMatchObject({ status: 200 });
  });

  it('§1.1 §1.6 say first how many would enter and why the others would not, changing nothing, and then take them in with a line for each refusal', async () => {
    const asked = { customers: [ids[0], ids[1], ids[2]] };
    const wanted = { looked: 3, entered: 2, refused: [{ code: 'audience', count: 1 }], next: null };
    expect((await enter({ ...asked, dryRun: true })).body).toMatchObject(wanted);
    expect(await rows()).toEqual({ enrollments: 0, refusals: 0 });
    const header = { 'idempotency-key': 'once' };
    expect((await enter(asked, header)).body).toMatchObject({ ...wanted, customers: expect.arrayContaining([{ customerId: ids[1], reason: { code: 'audience' } }]) });
    expect((await enter(asked, header)).body).toMatchObject(wanted);
    expect(await rows()).toEqual({ enrollments: 2, refusals: 1 });
    expect((await call('GET', '/audit?limit=1')).body['items']).toMatchObject([{ action: 'journey.enter', after: { entered: 2, refused: 1 } }]);
    expect((await enter(asked)).body).toMatchObject({ entered: 0, refused: [{ code: 'reentry.onceEver', count: 2 }, { code: 'audience', count: 1 }] });
  });

  it('§1.1 take in an audience page by page, everybody once', async () => {
    const audience = { field: 'customer.city', is: 'equals', value: 'Lyon' };
    const first = (await enter({ audience })).body;
    expect(first).toMatchObject({ looked: 200 });
    const second = (await enter({ audience, after: first['next'] })).body;
    expect(second).toMatchObject({ looked: 60, next: null });
    expect(Number(first['entered']) + Number(second['entered'])).toBe(128);
    expect(await rows()).toMatchObject({ enrollments: 130 });
    expect(await enter({ audience: { field: 'event.properties.amountMinor', is: 'atLeast', value: 1 } })).toMatchObject({ status: 422, body: { code: 'entries.event' } });
    expect((await enter({ audience, customers: [ids[0]] })).status).toBe(422);
  });

  it('§1.7 count whom they hold out', async () => {
    const { body } = await call('GET', `/journeys/${journeyId}/report`);
    const heldOut = Number(body['heldOut']);
    expect(body).toMatchObject({ entered: 130, inside: 130 });
    expect(heldOut).toBeGreaterThan(40);
    expect(heldOut).toBeLessThan(90);
  });

  it('§1.6 are refused once the journey is full, and without the consent that it asks for; a preview counts the places that are left', async () => {
    const { holdout: _, ...entry } = CLUB.entry;
    const full = { ...CLUB, key: 'full', entry: { ...entry, cap: { maximum: 3, per: 'ever' } } };
    const fullId = String((await call('POST', '/journeys', full)).body['id']);
    await call('POST', `/journeys/${fullId}/publish`, {});
    const customers = [0, 2, 4, 6, 8].map((index) => ids[index]);
    const wanted = { looked: 5, entered: 3, refused: [{ code: 'entry.full.ever', count: 2 }] };
    expect((await call('POST', `/journeys/${fullId}/entries`, { customers, dryRun: true })).body).toMatchObject(wanted);
    expect((await call('POST', `/journeys/${fullId}/entries`, { customers })).body).toMatchObject(wanted);
    const check = async (id: string, index: number) => (await call('GET', `/journeys/${id}/entry-check/${ids[index]!}`)).body;
    expect(await check(fullId, 10)).toMatchObject({ state: 'refused', reason: { code: 'entry.full.ever', figures: { maximum: 3 } }, cap: { maximum: 3, per: 'ever', entered: 3, since: null }, consent: null });

    const asks = { ...CLUB, key: 'asks', entry: { ...entry, cap: { maximum: 9, per: 'day' }, consent: { purpose: 'marketing', channel: 'email' } } };
    const asksId = String((await call('POST', '/journeys', asks)).body['id']);
    await call('POST', `/journeys/${asksId}/publish`, {});
    expect(await check(asksId, 0)).toMatchObject({ state: 'refused', reason: { code: 'entry.noConsent' }, consent: { purpose: 'marketing', channel: 'email', holds: false }, cap: { entered: 0, since: '2026-06-15T22:00:00.000Z' } });
    await call('PUT', `/customers/${ids[0]!}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'till' }] });
    expect((await call('POST', `/journeys/${asksId}/entries`, { customers: [ids[0], ids[2]] })).body).toMatchObject({ entered: 1, refused: [{ code: 'entry.noConsent', count: 1 }] });
    expect(await call('POST', '/journeys', { ...full, key: 'wrong', entry: { ...entry, cap: { maximum: 0, per: 'month' } } })).toMatchObject({ status: 422 });
  });

  it('§12.1 answer for each customer why they are in it or not: state, trigger, audience comparison by comparison, latest refusals', async () => {
    expect(await check(0)).toMatchObject({ state: 'inside', entries: 1, reason: { code: 'reentry.onceEver' } });
    expect(await check(1)).toMatchObject({
      state: 'refused', reason: { code: 'audience' }, trigger: { happened: false, type: 'purchase' }, audience: [{ part: { field: 'customer.city' }, holds: false, value: 'Nice' }],
      refusals: [{ reason: { code: 'audience' } }, { reason: { code: 'audience' } }],
    });
    const lyon = String((await call('PUT', '/customers', { identifiers: { externalId: 'late' }, profile: { city: 'Lyon' } })).body['id']);
    ids.push(lyon);
    await call('POST', '/events', { id: 'small', type: 'purchase', customer: { externalId: 'late' }, properties: { orderId: 'small', amountMinor: 1_000, currency: 'EUR' } });
    while ((await routeOnce(api.engine, workspaceId)) > 0);
    expect(await check(ids.length - 1)).toMatchObject({ state: 'mayEnter', reason: null, entries: 0, trigger: { happened: true, where: [{ holds: false, value: 1_000 }] }, audience: [{ holds: true }] });
  });
});
