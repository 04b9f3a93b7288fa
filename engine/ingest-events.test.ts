import { describe, expect, it } from 'vitest';
import { addProgramme, buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { playDeadlock } from '#tests/harness/play-deadlock.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { putCustomer } from './commands/put-customer.ts';
import { ingestEvents } from './ingest-events.ts';
import { routeOnce } from './route-events.ts';
import { runInWorkspace } from './run-command.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const workspace = async (): Promise<string> => {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  await addProgramme(sql, id);
  return id;
};
const purchase = (id: string, amountMinor: number, customer: Record<string, unknown> | undefined, extra: Record<string, unknown> = {}) =>
  ({ id, type: 'purchase', customer, properties: { orderId: `order-${id}`, amountMinor, currency: 'EUR', ...extra } });
const balance = async (customerId: string): Promise<number> => Number((await sql`select amount from balances where customer_id = ${customerId}`)[0]?.['amount'] ?? 0);

it('§3.3 §3.7 tells of a new phone of a customer who is known, so that who sleeps follows them into its zone; the same phone again says nothing', async () => {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00Z' });
  await publishJourney(sql, id, {
    key: 'evening', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: 'w' },
    nodes: [{ id: 'w', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '18:00' }, next: { next: null } }],
  });
  const customerId = await buildCustomer(sql, id, { email: 'gwada@lutin.fr' });
  await sql`update customers set profile = profile - 'country' where id = ${customerId}`;
  const visit = async (name: string, customer: Record<string, string>): Promise<Date> => {
    await ingestEvents(engine, id, [{ id: name, type: 'visit', customer }]);
    while ((await routeOnce(engine, id)) > 0);
    const [row] = await sql<{ wake_at: Date }[]>`select wake_at from enrollments where customer_id = ${customerId}`;
    return row!.wake_at;
  };
  expect(await visit('1', { email: 'gwada@lutin.fr' })).toEqual(new Date('2026-06-15T16:00:00Z'));
  expect(await visit('2', { email: 'gwada@lutin.fr', phone: '+590690001234' })).toEqual(new Date('2026-06-15T22:00:00Z'));
  await visit('3', { email: 'gwada@lutin.fr', phone: '+590690001234' });
  expect(await sql`select properties from events where customer_id = ${customerId} and type = 'customer.changed'`).toEqual([{ properties: { fields: ['phone'] } }]);
  const put = () => runInWorkspace(engine, { workspaceId: id, actor: 'test' }, ({ command }) => putCustomer(command, { identifiers: { email: 'gwada@lutin.fr', phone: '+262692123456' } }, 'FR'));
  await sql`update clocks set stands_at = '2026-06-15T10:00:01Z' where workspace_id = ${id}`;
  expect(await put()).toMatchObject({ ok: true, value: { created: false, events: 1 } });
  expect(await put()).toMatchObject({ ok: true, value: { events: 0 } });
  while ((await routeOnce(engine, id)) > 0);
  expect(await sql`select wake_at from enrollments where customer_id = ${customerId}`).toEqual([{ wake_at: new Date('2026-06-15T14:00:00Z') }]);
});

describe('ingest', () => {
  it('gives points and the balance in the answer of the purchase, with what is missing to the next reward', async () => {
    const id = await workspace();
    const [answer] = await ingestEvents(engine, id, [purchase('1', 6_250, { email: 'A@Example.org' })]);
    expect(answer).toMatchObject({ status: 'accepted', loyalty: [{ programme: 'points', points: 62, balance: 62, next: { reward: 'ten-euros', missingPoints: 38 } }] });
    expect(await balance(answer!.customerId!)).toBe(62);
  });

  it('answers the same event the same way for ever, and another body under its id with a conflict (§1.3)', async () => {
    const id = await workspace();
    const [first] = await ingestEvents(engine, id, [purchase('1', 1_000, { card: '42' })]);
    const [again, twice] = await ingestEvents(engine, id, [purchase('1', 1_000, { card: '42' }), purchase('1', 1_000, { card: '42' })]);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect(twice).toMatchObject({ status: 'duplicate' });
    const [other] = await ingestEvents(engine, id, [purchase('1', 2_000, { card: '42' })]);
    expect(other).toMatchObject({ status: 'rejected', problems: [{ code: 'event.conflict' }] });
    expect(await balance(first!.customerId!)).toBe(10);
  });

  it('accepts, quarantines and rejects element by element (§11.4)', async () => {
    const id = await workspace();
    const answers = await ingestEvents(engine, id, [
      purchase('1', 100, { card: '1' }), purchase('2', 100, { card: '1' }, { currency: 'USD' }), { id: '3' }, { id: '4', type: 'visit', store: 'nowhere' }, { id: '5', type: 'visit', customer: { card: '1' } },
    ]);
    expect(answers.map(({ status, problems }) => [status, problems?.[0]?.code])).toEqual([
      ['accepted', undefined], ['quarantined', 'event.currency'], ['rejected', 'event.invalid'], ['quarantined', 'store.unknown'], ['accepted', undefined],
    ]);
    const [kept] = await sql`select outcome, customer_id, problem from events where workspace_id = ${id} and event_id = '2'`;
    expect(kept).toMatchObject({ outcome: 'quarantined', customer_id: null });
  });

  it('takes receipts without a customer (§11.9)', async () => {
    const id = await workspace();
    const [answer] = await ingestEvents(engine, id, [purchase('1', 100, undefined)]);
    expect(answer).toMatchObject({ status: 'accepted' });
    expect(answer).not.toHaveProperty('customerId');
  });

  it('finds one person by any identifier, adds the new ones, and lists two people named at once (§13.1)', async () => {
    const id = await workspace();
    const [a] = await ingestEvents(engine, id, [{ id: '1', type: 'visit', customer: { email: 'x@lutin.fr' } }]);
    const [b] = await ingestEvents(engine, id, [{ id: '2', type: 'visit', customer: { email: 'X@LUTIN.fr', phone: '06 12 34 56 78' } }]);
    const [c] = await ingestEvents(engine, id, [{ id: '3', type: 'visit', customer: { phone: '+33612345678' } }]);
    const [d] = await ingestEvents(engine, id, [{ id: '4', type: 'visit', customer: { card: '77' } }]);
    const [e] = await ingestEvents(engine, id, [{ id: '5', type: 'visit', customer: { email: 'x@lutin.fr', card: '77' } }]);
    expect([b, c].map((answer) => answer!.customerId)).toEqual([a!.customerId, a!.customerId]);
    expect(e!.customerId).toBe(d!.customerId);
    expect(await sql`select customer_id, other_id from merge_candidates where workspace_id = ${id}`).toMatchObject([{ customer_id: d!.customerId, other_id: a!.customerId }]);
  });

  it('takes back what the purchase earned, per line and once, and leaves figures as if never bought (§10.9)', async () => {
    const id = await workspace();
    const lines = [{ lineId: 'a', sku: 's1', amountMinor: 1_999 }, { lineId: 'b', sku: 's2', amountMinor: 3_001 }];
    const [bought] = await ingestEvents(engine, id, [purchase('1', 5_000, { card: '1' }, { lines })]);
    const back = (eventId: string, lineId?: string) => ({ id: eventId, type: 'return', properties: { orderId: 'order-1', ...(lineId ? { lines: [{ lineId }] } : {}) } });
    const [part] = await ingestEvents(engine, id, [back('2', 'a')]);
    expect(part!.loyalty).toMatchObject([{ points: -20, balance: 30 }]);
    const [whole, again] = await ingestEvents(engine, id, [back('3'), back('4')]);
    expect([whole, again].map((answer) => answer!.loyalty?.[0]?.balance)).toEqual([0, 0]);
    const [customer] = await sql`select figures from customers where id = ${bought!.customerId!}`;
    expect(customer!['figures']).toEqual({ purchases: 0, spendMinor: 0, firstPurchaseAt: null, lastPurchaseAt: null });
    expect((await sql`select sum(amount)::int as sum from postings where workspace_id = ${id}`)[0]!['sum']).toBe(0);
  });

  it('keeps a return of an unknown order without effect', async () => {
    const id = await workspace();
    const [answer] = await ingestEvents(engine, id, [{ id: '1', type: 'return', customer: { card: '9' }, properties: { orderId: 'none' } }]);
    expect(answer).toMatchObject({ status: 'quarantined', problems: [{ code: 'return.unknownOrder' }] });
  });

  it('refuses an event more than five minutes in the future with both times (§1.11)', async () => {
    const id = await workspace();
    const [answer] = await ingestEvents(engine, id, [{ id: '1', type: 'visit', occurredAt: new Date(Date.now() + 600_000).toISOString() }]);
    expect(answer).toMatchObject({ status: 'rejected', problems: [{ code: 'event.future' }] });
  });

  it('creates one customer when twenty tills name the same stranger at once, and numbers the events without a gap', async () => {
    const id = await workspace();
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => ingestEvents(engine, id, [purchase(`${index}`, 100, { phone: '+33612345678', email: 'twenty@lutin.fr' })])));
    expect(new Set(answers.map(([answer]) => answer!.customerId)).size).toBe(1);
    const rows = await sql`select no from events where workspace_id = ${id} order by no`;
    expect(rows.map((row) => Number(row['no']))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect((await sql`select count(*)::int as n from customers where workspace_id = ${id}`)[0]!['n']).toBe(1);
  });

  it('quarantines the second of two tills that ring up one order at once, and fails neither', async () => {
    const id = await workspace();
    const same = (eventId: string, customer?: Record<string, string>) => ({ ...purchase(eventId, 100, customer), properties: { orderId: 'one', amountMinor: 100, currency: 'EUR' } });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => ingestEvents(engine, id, [same(`${index}`, index % 2 ? { card: `${index}` } : undefined)])));
    const statuses = answers.map(([answer]) => answer!.status);
    expect(statuses.filter((status) => status === 'accepted')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'quarantined')).toHaveLength(11);
  });

  it('takes the batch again that a deadlock gave up (40P01)', async () => {
    const id = await workspace();
    const [first, second] = [await buildCustomer(sql, id, { email: 'first@lutin.fr' }), await buildCustomer(sql, id, { email: 'second@lutin.fr' })];
    const taken = await playDeadlock((time) => sql.begin(async (other) => {
      await other`select from heads where customer_id = ${second} for update`;
      const ingesting = ingestEvents(engine, id, [{ id: `${time}-1`, type: 'visit', customer: { email: 'first@lutin.fr' } }, { id: `${time}-2`, type: 'visit', customer: { email: 'second@lutin.fr' } }]);
      for (let waits = false; !waits;) [{ waits }] = await sql<[{ waits: boolean }]>`select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock') as waits`;
      await other`select from heads where customer_id = ${first} for update`;
      return { ingesting };
    }));
    expect((await taken.ingesting).map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  });

  it('rejects a time that nobody lived in, and takes the rest of the batch', async () => {
    const id = await workspace();
    const at = (eventId: string, occurredAt: string) => ({ id: eventId, type: 'visit', occurredAt, customer: { card: '1' } });
    const answers = await ingestEvents(engine, id, [at('1', '-009999-01-01T00:00:00Z'), at('2', '0000-06-01T00:00:00Z'), at('3', '1997-01-01T00:00:00Z')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'accepted']);
  });

  it('gives a return without a customer to whoever bought in the same batch, so that journeys hear of it', async () => {
    const id = await workspace();
    const [bought, back] = await ingestEvents(engine, id, [purchase('1', 500, { card: '1' }), { id: '2', type: 'return', properties: { orderId: 'order-1' } }]);
    expect(back).toMatchObject({ status: 'accepted', customerId: bought!.customerId!, loyalty: [{ points: -5, balance: 0 }] });
    expect(await sql`select no::int as no from events where workspace_id = ${id} order by no`).toMatchObject([{ no: 1 }, { no: 2 }]);
  });

  it('answers the repetition within one batch as the first was answered (§11.3)', async () => {
    const id = await workspace();
    const [first, again] = await ingestEvents(engine, id, [purchase('1', 500, { card: '1' }), purchase('1', 500, { card: '1' })]);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    const stranger = { id: '2', type: 'visit', customer: { id: 'cus_0689q5w2f3e1bvm8r6t0x4k9ya' } };
    const refused = await ingestEvents(engine, id, [stranger, stranger]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('has nothing enter by the points of a historical purchase (§1.11)', async () => {
    const id = await workspace();
    await publishJourney(sql, id, {
      key: 'earned', entry: { trigger: { kind: 'event', event: { type: 'points.posted' } }, reentry: { mode: 'onceEver' }, next: 'e' }, nodes: [{ id: 'e', kind: 'exit', settings: {} }],
    });
    const old = { ...purchase('1', 5_000, { card: '1', profile: { firstName: 'Zoé' } }), historical: true };
    await ingestEvents(engine, id, [old]);
    while ((await routeOnce(engine, id)) > 0);
    expect(await sql`select count(*)::int as n from enrollments where workspace_id = ${id}`).toMatchObject([{ n: 0 }]);
    await ingestEvents(engine, id, [purchase('2', 5_000, { card: '1' })]);
    while ((await routeOnce(engine, id)) > 0);
    expect(await sql`select count(*)::int as n from enrollments where workspace_id = ${id}`).toMatchObject([{ n: 1 }]);
  });
});
