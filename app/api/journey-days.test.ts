import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';
import { seedWorkspace, type Seeded } from '#tests/harness/seed-workspace.ts';

let api: TestApi;
let ours: Seeded;
type Day = { waiting: Record<string, number>; passed: Record<string, number>; onDay: Record<string, number>; entered: number; inside: number; stopped: number };
let dates: string[] = [];

beforeAll(async () => {
  api = await openTestApi();
  ours = await seedWorkspace(api, 'days');
  await inWorkspace(api.database, ours.workspaceId, async (transaction) => {
    const enrollment = parseId('enrollment', ours.enrollmentId) ?? '';
    // Entered four days ago at «mail», stood at «early» until two days ago, since then at «wait».
    const back = async (days: number, table: 'enrollments' | 'node_passes'): Promise<void> => void (table === 'enrollments'
      ? await transaction`update enrollments set entered_at = entered_at - make_interval(days => ${days}) where id = ${enrollment}`
      : await transaction`update node_passes set minute = minute - make_interval(days => ${days})`);
    await back(4, 'enrollments');
    await back(2, 'node_passes');
    await transaction`update traces set at = at - interval '2 days' where enrollment_id = ${enrollment}`;
    await transaction`
      insert into traces (id, workspace_id, customer_id, journey_id, version_id, enrollment_id, node_id, visit, kind, data, at)
      select '00000000-0000-7000-8000-000000000001', workspace_id, customer_id, journey_id, version_id, enrollment_id, 'early', 1, 'waiting', '{}', at - interval '2 days' from traces where enrollment_id = ${enrollment} and kind = 'waiting'`;
  });
  const { body } = await ours.call('GET', `/journeys/${ours.journeyId}/days`);
  dates = (body['items'] as { date: string }[]).map(({ date }) => date);
});
afterAll(() => api.close());

async function read(date: string): Promise<Day> {
  const { status, body } = await ours.call('GET', `/journeys/${ours.journeyId}/days/${date}`);
  expect(status).toBe(200);
  const nodes = body['nodes'] as { nodeId: string; waiting: number; passed: Record<string, number>; stopped: number }[];
  const count = (passed: Record<string, number>): number => Object.values(passed).reduce((sum, each) => sum + each, 0);
  return {
    waiting: Object.fromEntries(nodes.filter(({ waiting }) => waiting > 0).map(({ nodeId, waiting }) => [nodeId, waiting])), passed: Object.fromEntries(nodes.flatMap(({ nodeId, passed }) => (count(passed) > 0 ? [[nodeId, count(passed)]] : []))),
    onDay: Object.fromEntries((body['onDay'] as { passed: { nodeId: string; count: number }[] }).passed.map(({ nodeId, count: n }) => [nodeId, n])), entered: body['entered'] as number, inside: body['inside'] as number, stopped: nodes.reduce((sum, node) => sum + node.stopped, 0),
  };
}

it('tells the counters of each step and way out as they stood at the end of a day (§12.2)', async () => {
  expect(dates).toHaveLength(31);
  const at = (back: number): Promise<Day> => read(dates.at(-1 - back) ?? '');
  expect(await at(5)).toMatchObject({ entered: 0, inside: 0, waiting: {}, passed: {} });
  expect(await at(3)).toMatchObject({ entered: 1, inside: 1, waiting: { early: 1 }, passed: {} });
  expect(await at(2)).toMatchObject({ waiting: { wait: 1 }, passed: { entry: 1, mail: 1, gift: 1 }, onDay: { entry: 1, mail: 1, gift: 1 } });
  expect(await at(1)).toMatchObject({ waiting: { wait: 1 }, passed: { entry: 1, mail: 1, gift: 1 }, onDay: {} });
});

it('says for today what the report says for all time (§12.2)', async () => {
  const today = await read(dates.at(-1) ?? '');
  const { body } = await ours.call('GET', `/journeys/${ours.journeyId}/report`);
  const nodes = body['nodes'] as { nodeId: string; waiting: number }[];
  expect(today).toMatchObject({ entered: body['entered'], inside: body['inside'], waiting: Object.fromEntries(nodes.filter(({ waiting }) => waiting > 0).map(({ nodeId, waiting }) => [nodeId, waiting])) });
  await ours.call('POST', `/journeys/${ours.journeyId}/enrollments/${ours.enrollmentId}/remove`, { reason: 'asked for it' });
  expect(await read(dates.at(-1) ?? '')).toMatchObject({ inside: 0, waiting: {}, stopped: 1 });
  expect(await read(dates.at(-2) ?? '')).toMatchObject({ inside: 1, waiting: { wait: 1 }, stopped: 0 });
  const { body: days } = await ours.call('GET', `/journeys/${ours.journeyId}/days`);
  expect(days['items']).toEqual(expect.arrayContaining([{ date: dates.at(-5), entered: 1, left: 0, failed: 0 }, { date: dates.at(-1), entered: 0, left: 1, failed: 0 }]));
});

it('refuses a day that is not among the last thirty, and says which are', async () => {
  for (const date of ['2019-01-01', '2999-01-01', 'yesterday']) {
    const { status, body } = await ours.call('GET', `/journeys/${ours.journeyId}/days/${date}`);
    expect(status, date).toBe(date === 'yesterday' ? 404 : 422);
    if (status === 422) expect(JSON.stringify(body)).toContain(`${dates[0]} to ${dates.at(-1)}`);
  }
});
