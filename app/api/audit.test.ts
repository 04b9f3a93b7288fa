import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

const Lines = z.object({ items: z.array(z.object({ action: z.string(), subject: z.string(), subjectName: z.string().nullable() })) });
let api: TestApi;
let call: Call;

beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('audited')));
  await call('PUT', '/stores/lyon', { name: '=Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  await call('PUT', '/stores/lyon', { name: '=Lyon, again', country: 'FR', timeZone: 'Europe/Paris' });
  await call('POST', '/invitations', { email: 'ines@example.org', role: 'viewer' });
});
afterAll(() => api.close());

const actionsOf = async (query: string) => Lines.parse((await call('GET', `/audit?${query}`)).body).items.map(({ action }) => action);

it('the log is filtered by what it is about and by what was done, and names what it speaks of', async () => {
  expect(await actionsOf('about=store')).toEqual(['store.change', 'store.create']);
  expect(await actionsOf('action=store.create')).toEqual(['store.create']);
  expect(await actionsOf('about=invitation&action=store.create')).toEqual([]);
  expect((await call('GET', '/audit?action=store')).status).toBe(422);
  expect(Lines.parse((await call('GET', '/audit?about=invitation')).body).items).toMatchObject([{ action: 'invitation.send', subjectName: 'ines@example.org' }]);
});

it('the log is saved by the same filters, all of it, and says so itself', async () => {
  const { body } = await call('GET', '/audit/export?about=store');
  const lines = String(body['csv']).trim().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('store.change');
  expect(lines[1], 'a spreadsheet runs nothing of it').toMatch(/'=Lyon, again/);
  expect(await actionsOf('about=audit')).toEqual(['audit.export']);
});
