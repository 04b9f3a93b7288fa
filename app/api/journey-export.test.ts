import { afterAll, beforeAll, expect, it } from 'vitest';
import { routeOnce } from '#engine/route-events.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';
import { seedWorkspace, type Seeded } from '#tests/harness/seed-workspace.ts';

let api: TestApi;
let ours: Seeded;
beforeAll(async () => {
  api = await openTestApi();
  ours = await seedWorkspace(api, 'exports');
  await ours.call('POST', '/events', { id: 'evil', type: 'purchase', customer: { email: 'evil@example.org', phone: '+33612345678', profile: { firstName: '=HYPERLINK("https://evil.test")', lastName: ' -1+1' } }, properties: { orderId: 'evil', amountMinor: 1, currency: 'EUR' } });
  while ((await routeOnce(api.engine, ours.workspaceId)) > 0);
});
afterAll(() => api.close());

const save = async (body: unknown): Promise<{ lines: string[]; headers: Headers }> => {
  const { status, body: answer, headers } = await ours.call('POST', `/journeys/${ours.journeyId}/people/export`, body);
  expect(status).toBe(200);
  return { lines: String(answer['csv']).split('\r\n'), headers };
};

it('saves the people of a step as CSV in which no cell can run as a formula (§12.2)', async () => {
  const { lines: [head, ...lines], headers } = await save({ nodeId: 'wait' });
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('x-next')).toBeNull();
  expect(head).toBe('customerId,externalId,firstName,lastName,email,phone,step,version,enteredAt,waitsUntil,leftAt,how,detail');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^cus_\w+,,"'=HYPERLINK\(""https:\/\/evil\.test""\)",'-1\+1,evil@example\.org,'\+33612345678,wait,1,\d{4}-.*Z,\d{4}-.*Z,,,$/);
  expect(lines[1]).toMatch(new RegExp(`^${ours.customerId},exports-1,exports,,exports@example.org,`));
});

it('finds in the file whom a search finds: by name, by step and by how they are', async () => {
  expect((await save({ find: 'exports@' })).lines).toHaveLength(2);
  expect((await save({ nodeId: 'mail' })).lines).toHaveLength(1);
  await ours.call('POST', `/journeys/${ours.journeyId}/enrollments/${ours.enrollmentId}/remove`, { reason: 'asked for it' });
  const { lines: [head, line, ...more] } = await save({ who: 'left', nodeId: 'wait', language: 'fr' });
  expect(head).toMatch(/^Client,Votre numéro,Prénom,/);
  expect(line).toContain('retiré');
  expect(more).toEqual([]);
});

it('leaves an audit line that says how many and from where, never whose name was looked for', async () => {
  await save({ find: 'exports@', nodeId: 'wait' });
  const { body } = await ours.call('GET', '/audit?limit=1');
  expect(body['items']).toMatchObject([{ action: 'journey.export', subject: ours.journeyId, after: { who: 'inside', nodeId: 'wait', filtered: true, people: 0 } }]);
  expect(JSON.stringify(body['items'])).not.toContain('exports@');
});

it('needs the scope that reads customers', async () => {
  const narrow = api.callerOf(await api.makeKey(ours.workspaceId, ['journeys:read']));
  expect((await narrow('POST', `/journeys/${ours.journeyId}/people/export`, {})).status).toBe(403);
});
