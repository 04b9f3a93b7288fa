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

const withVoucher = { ...sale('s', 1), body: { id: 's', properties: { orderId: 's', amountMinor: 1_500, currency: 'EUR', discountMinor: 500 } }, amountMinor: 1_500, voucher: { code: 'ABCD', amountMinor: 2_000, discountMinor: 500 } };

/** A server that takes the voucher and the sale once each, whatever is sent again; `fails` says at which call the network is gone, before or after the server heard it. */
function shop(fails: Record<number, 'before' | 'after'>) {
  const taken = new Set<string>();
  const sold = new Map<string, unknown>();
  let calls = 0;
  const post = (path: string, body: unknown, key?: string): Promise<unknown> => {
    calls += 1;
    const fate = fails[calls];
    if (fate !== 'before') path === '/events' ? sold.set((body as { id: string }).id, body) : taken.add(key ?? '');
    return fate ? offline() : Promise.resolve(path === '/events' ? { events: [{ status: 'accepted' }] } : { discountMinor: 500, gift: null });
  };
  return { post, taken, sold };
}

it.each([[1, 'before'], [1, 'after'], [2, 'before'], [2, 'after']] as const)('loses and doubles nothing when the network goes at call %i, %s the server heard it: voucher and sale once each (§10.11, §11.3)', async (call, when) => {
  const { post, taken, sold } = shop({ [call]: when });
  const storage = memory();
  expect((await new OutgoingBox(storage, 'w', post).send(withVoucher)).kind).toBe('kept');
  const reloaded = new OutgoingBox(storage, 'w', post);
  await reloaded.sendAll();
  await reloaded.sendAll();
  expect([...taken]).toEqual(['s:voucher']);
  expect([...sold.values()]).toEqual([withVoucher.body]);
  expect(reloaded.list()).toEqual([]);
});

it('refuses a voucher at the counter and keeps nothing; later the sale that took place counts, and the refusal is shown', async () => {
  const used = (path: string, body: unknown) => (path === '/events' ? Promise.resolve({ events: [{ status: 'accepted', body }] }) : Promise.reject(new ApiProblem(422, 'voucher.redeemed', 'used')));
  const storage = memory();
  expect(await new OutgoingBox(storage, 'w', used).send(withVoucher)).toMatchObject({ kind: 'refused', code: 'voucher.redeemed' });
  expect(new OutgoingBox(storage, 'w').list()).toEqual([]);
  await new OutgoingBox(storage, 'w', offline).send(withVoucher);
  await new OutgoingBox(storage, 'w', used).sendAll();
  expect(new OutgoingBox(storage, 'w').list()).toMatchObject([{ id: 's', refused: { code: 'voucher.redeemed' } }]);
});

it('gives the voucher back when the sale itself is refused at the counter (§10.11)', async () => {
  const asked: [string, unknown][] = [];
  const post = (path: string, body: unknown) => {
    asked.push([path, body]);
    return path === '/events' ? Promise.reject(new ApiProblem(422, 'event.rejected', 'no')) : Promise.resolve({ discountMinor: 500, gift: null });
  };
  expect(await new OutgoingBox(memory(), 'w', post).send(withVoucher)).toMatchObject({ kind: 'refused', code: 'event.rejected' });
  expect(asked.map(([path]) => path)).toEqual([expect.stringMatching(/redeem$/), '/events', expect.stringMatching(/release$/)]);
  expect(asked.at(-1)?.[1]).toEqual({ orderId: 's' });
});
