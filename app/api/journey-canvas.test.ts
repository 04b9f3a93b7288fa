import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';
import { seedWorkspace, type Seeded } from '#tests/harness/seed-workspace.ts';

let api: TestApi;
let seeded: Seeded;
beforeAll(async () => {
  api = await openTestApi();
  seeded = await seedWorkspace(api, 'ours');
});
afterAll(() => api.close());

it('§12.2 finds the people at a step by the beginning of a name or an address, and nobody at another step (issue 4 §1)', async () => {
  const people = async (body: unknown) => (await seeded.call('POST', `/journeys/${seeded.journeyId}/people/search`, body)).body['items'];
  expect(await people({ nodeId: 'wait' })).toMatchObject([{ id: seeded.enrollmentId, customerId: seeded.customerId, name: 'ours' }]);
  expect(await people({ nodeId: 'wait', find: 'OUR' })).toHaveLength(1);
  expect(await people({ find: 'ours@exam' })).toHaveLength(1);
  expect(await people({ find: '%' })).toHaveLength(0);
  expect(await people({ nodeId: 'mail' })).toHaveLength(0);
});

it('§12.2 tells the path of a customer step by step, and where they stand', async () => {
  const { body } = await seeded.call('GET', `/journeys/${seeded.journeyId}/path/${seeded.customerId}`);
  expect(body).toMatchObject({ nodeId: 'wait', versionNumber: 1, endedAt: null, entries: 1 });
  expect(body['steps']).toMatchObject([{ kind: 'entered' }, { kind: 'passed', nodeId: 'mail', port: 'next' }, { kind: 'passed', nodeId: 'gift', port: 'next' }, { kind: 'waiting', nodeId: 'wait' }]);
});

it('§12.2 shows a version as it was published, and counts who was taken out at a step', async () => {
  const { body } = await seeded.call('GET', `/journeys/${seeded.journeyId}/versions/1`);
  expect(body).toMatchObject({ number: 1, definition: { key: 'ours' } });
  await seeded.call('POST', `/journeys/${seeded.journeyId}/enrollments/${seeded.enrollmentId}/remove`, { reason: 'asked for it' });
  const report = await seeded.call('GET', `/journeys/${seeded.journeyId}/report`);
  expect(report.body).toMatchObject({ endings: [{ ending: 'removed', count: 1 }], today: { endings: [{ ending: 'removed', count: 1 }], refusedEntries: [] } });
  expect(report.body['nodes']).toEqual(expect.arrayContaining([expect.objectContaining({ nodeId: 'wait', waiting: 0, stopped: 1 })]));
});

it('lists the versions with who published them and why, and tells who else has the journey open', async () => {
  const { body } = await seeded.call('GET', `/journeys/${seeded.journeyId}/versions`);
  expect(body['items']).toMatchObject([{ number: 1, note: null }]);
  const presence = await seeded.call('POST', `/journeys/${seeded.journeyId}/presence`, { nodeId: 'wait' });
  expect(presence.body).toEqual({ draftRevision: 1, others: [] });
});

it('counts whom e-mail and SMS reach by their latest word', async () => {
  const { body } = await seeded.call('GET', '/journeys/reach');
  expect(body).toMatchObject({ customers: expect.any(Number) as number, email: { withAddress: expect.any(Number) as number } });
  expect((body['email'] as { agreed: number }).agreed).toBeLessThanOrEqual((body['email'] as { withAddress: number }).withAddress);
});

it('§7.7 what deserves a second look is said by validate as on the canvas: who would read a mail in another language than theirs', async () => {
  const { id } = (await seeded.call('PUT', '/customers', { identifiers: { email: 'jonas@exam.test' }, profile: { firstName: 'Jonas', language: 'de' } })).body;
  expect(id).toBeTypeOf('string');
  const { body } = await seeded.call('POST', `/journeys/${seeded.journeyId}/validate`);
  expect(body['problems']).toEqual([]);
  expect(body['warnings']).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'warn.noVariant', values: expect.objectContaining({ languages: 'de' }) as unknown })]));
});
