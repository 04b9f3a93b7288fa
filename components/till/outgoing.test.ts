import { expect, it } from 'vitest';
import { ApiProblem } from '#components/api-client.ts';
import { OutgoingBox, type KeyValues } from '#components/till/outgoing.ts';

function memory(): KeyValues {
  const values = new Map<string, string>();
  return { getItem: (name) => values.get(name) ?? null, setItem: (name, value) => void values.set(name, value), removeItem: (name) => void values.delete(name), key: (index) => [...values.keys()][index] ?? null, get length() { return values.size; } };
}
const sale = (id: string, at: number) => ({ id, at, path: '/events' as const, body: { id }, amountMinor: 100 });
const offline = () => Promise.reject(new ApiProblem(0, 'offline', 'The server cannot be reached.'));

it('keeps ringing up offline and sends each sale once, in its order, under its own id (issue 4 §3, §11.3)', async () => {
  const sent: unknown[] = [];
  let online = false;
  const box = new OutgoingBox(memory(), 'w', (_, body) => (online ? (sent.push(body), Promise.resolve({ events: [{ status: 'accepted' }] })) : offline()));
  expect((await box.send(sale('b', 2))).kind).toBe('kept');
  expect((await box.send(sale('a', 1))).kind).toBe('kept');
  expect(box.list().map(({ id }) => id)).toEqual(['a', 'b']);
  await box.sendAll();
  expect(box.list()).toHaveLength(2);
  online = true;
  await box.sendAll();
  await box.sendAll();
  expect(sent).toEqual([{ id: 'a' }, { id: 'b' }]);
  expect(box.list()).toEqual([]);
});

it('keeps what is refused later with its reason, and goes on with the others', async () => {
  const storage = memory();
  await new OutgoingBox(storage, 'w', offline).send(sale('a', 1));
  await new OutgoingBox(storage, 'w', offline).send(sale('b', 2));
  const box = new OutgoingBox(storage, 'w', (_, body) => ((body as { id: string }).id === 'a' ? Promise.reject(new ApiProblem(422, 'event.rejected', 'no')) : Promise.resolve({ events: [] })));
  await box.sendAll();
  expect(box.list()).toMatchObject([{ id: 'a', refused: { code: 'event.rejected' } }]);
  box.forget('a');
  expect(box.list()).toEqual([]);
});

it('tells a refusal at the counter at once and keeps nothing of it', async () => {
  const box = new OutgoingBox(memory(), 'w', () => Promise.resolve({ events: [{ status: 'quarantined', code: 'event.currency', message: 'other' }] }));
  expect(await box.send(sale('a', 1))).toEqual({ kind: 'refused', code: 'event.currency', detail: 'other' });
  expect(box.list()).toEqual([]);
});

it('shows nothing of another workspace', async () => {
  const storage = memory();
  await new OutgoingBox(storage, 'one', offline).send(sale('a', 1));
  expect(new OutgoingBox(storage, 'other').list()).toEqual([]);
});
