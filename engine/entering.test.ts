import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { routeOnce } from '#engine/route-events.ts';
import { buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
let workspaceId: string;
withTestEngine((made) => { ({ sql, engine } = made); });
beforeEach(async () => {
  ({ id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00.000Z' }));
});

const definition = (reentry: unknown) => ({
  key: 'visits', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry, next: 'wait' },
  nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '09:00' }, next: {} }],
});
const EACH = { mode: 'perPeriod', maximumEntries: 100, period: { amount: 1, unit: 'calendarDays' } };
async function post(...ids: string[]): Promise<void> {
  await ingestEvents(engine, workspaceId, ids.map((id) => ({ id, type: 'visit', customer: { email: 'a@lutin.fr' }, properties: { page: 'boots' } })));
  while ((await routeOnce(engine, workspaceId)) > 0);
}
const entries = async (): Promise<number> => (await sql`select count(*)::int as n from enrollments where workspace_id = ${workspaceId}`)[0]?.['n'] as number;

describe('an event that comes again', () => {
  it('§1.3 under the same id never enters twice, in one request, in the next or from two senders at once; under another id it is another event', async () => {
    await buildCustomer(sql, workspaceId, { email: 'a@lutin.fr' });
    await publishJourney(sql, workspaceId, definition(EACH));
    await post('one', 'one');
    await post('one');
    await Promise.all([post('two'), post('two'), post('two')]);
    expect(await entries()).toBe(2);
    await post('three');
    expect(await entries()).toBe(3);
  });
});

describe('the trace', () => {
  it('§3.3 says by which link of the chain the zone of a wait was found', async () => {
    await publishJourney(sql, workspaceId, definition(EACH));
    const people: [string, { profile?: Record<string, string>; phone?: string }][] = [['declared', { profile: { timeZone: 'Asia/Tokyo' } }], ['address', { profile: { country: 'GB' } }], ['phone', { phone: '+262692123456' }], ['workspace', {}]];
    for (const [name, given] of people) {
      await buildCustomer(sql, workspaceId, { email: `${name}@lutin.fr`, ...given });
      await ingestEvents(engine, workspaceId, [{ id: name, type: 'visit', customer: { email: `${name}@lutin.fr` } }]);
    }
    while ((await routeOnce(engine, workspaceId)) > 0);
    const waits = await sql`select data ->> 'zoneSource' as source, data ->> 'zone' as zone from traces where workspace_id = ${workspaceId} and kind = 'waiting' order by 1`;
    expect(waits.map(({ source, zone }) => [source, zone])).toEqual([['address', 'Europe/London'], ['declared', 'Asia/Tokyo'], ['phone', 'Indian/Reunion'], ['workspace', 'Europe/Paris']]);
  });
});

describe('a version', () => {
  it('§8.1 is immutable: nothing that runs can write it again or take it away', async () => {
    const { versionId } = await publishJourney(sql, workspaceId, definition(EACH));
    const inApp = (statement: (transaction: Parameters<Parameters<typeof inWorkspace>[2]>[0]) => Promise<unknown>) => inWorkspace(engine.database, workspaceId, async (transaction) => { await statement(transaction); });
    await expect(inApp((transaction) => transaction`update journey_versions set definition = '{}' where id = ${versionId}`)).rejects.toThrow('permission denied');
    await expect(inApp((transaction) => transaction`delete from journey_versions where id = ${versionId}`)).rejects.toThrow('permission denied');
    expect(await sql`select definition ->> 'key' as key from journey_versions where id = ${versionId}`).toEqual([{ key: 'visits' }]);
  });
});
