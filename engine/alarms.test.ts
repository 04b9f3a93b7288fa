import { describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { buildCustomer, buildEngine, buildMessages, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { advanceCustomers } from './advance-customers.ts';
import { ARMED_WITHIN_MS, armAlarms, sweepAlarms } from './arm-alarms.ts';
import { importJourney } from './commands/import-journey.ts';
import { publishJourney } from './commands/publish-journey.ts';
import { putCustomer } from './commands/put-customer.ts';
import { moveJourney } from './commands/run-journey.ts';
import type { SleepingAlarms } from './engine.ts';
import { claimMessages } from './dispatch/claim-messages.ts';
import { explainEntry } from './explain-entry.ts';
import { ingestEvents } from './ingest-events.ts';
import { reckonAlarms } from './reckon-alarms.ts';
import { ringAlarms } from './ring-alarms.ts';
import { routeOnce } from './route-events.ts';
import { runInWorkspace } from './run-command.ts';
import { saveTemplate } from './save-template.ts';

let sql: TestEngine['sql'];
let database: TestEngine['database'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine, database } = made); });

const BIRTHDAY = Date.UTC(2026, 5, 20, 7);
const birthday = { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00' };
const drawn = (trigger: unknown) => ({
  formatVersion: 1, key: 'birthday', name: 'Birthday', entry: { trigger, reentry: { mode: 'perPeriod', maximumEntries: 9, period: { amount: 1, unit: 'calendarYears' } }, next: 'mark' },
  nodes: [{ id: 'mark', kind: 'setAttribute', settings: { attribute: 'greeted', value: true }, next: {} }],
});

/** A brand whose clock stands, with a published journey that begins by the calendar. */
async function begin(trigger: unknown = birthday, people = 0) {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00.000Z' });
  const customers: string[] = [];
  for (let index = 0; index < people; index += 1) customers.push(await buildCustomer(sql, id, { email: `p${index}@lutin.fr`, profile: { birthDate: '1990-06-20' } }));
  const command = <T>(work: Parameters<typeof runInWorkspace<T>>[2]) => runInWorkspace(engine, { workspaceId: id, actor: 'ada' }, work);
  const journeyId = await command(async ({ command: context }) => {
    const made = await importJourney(context, drawn(trigger), { publish: false });
    if (!made.ok) throw new Error(JSON.stringify(made));
    return made.value.journeyId;
  });
  const publish = () => command(async ({ command: context }) => {
    const done = await publishJourney(context, journeyId);
    if (!done.ok) throw new Error(JSON.stringify(done));
  });
  await publish();
  const reckon = async (limit?: number) => { while ((await reckonAlarms(engine, id, limit)) > 0); };
  const stand = (at: number) => sql`update clocks set stands_at = ${new Date(at)} where workspace_id = ${id}`;
  const alarms = () => sql<{ customer_id: string; subject: string; due_at: Date | null; rung: string | null; armed_at: Date | null }[]>`select customer_id, subject, due_at, rung, armed_at from alarms where workspace_id = ${id} order by customer_id, subject`;
  const lines = (kind: string) => sql<{ customer_id: string; data: Record<string, unknown> }[]>`select customer_id, data from traces where workspace_id = ${id} and kind = ${kind} order by id`;
  const ring = () => ringAlarms(engine, { workspaceId: id, kind: 'entry', minute: BIRTHDAY });
  const routeAll = async () => { while ((await routeOnce(engine, id)) > 0); };
  return { id, customers, journeyId, command, publish, reckon, stand, alarms, lines, ring, routeAll };
}

describe('the alarms of a journey that begins by the calendar', () => {
  it('are reckoned for everyone when it is published, and ring once for each at their minute (§1.1)', async () => {
    const { customers, reckon, alarms, stand, ring, lines, id } = await begin(birthday, 3);
    await reckon();
    expect((await alarms()).map(({ customer_id, due_at }) => [customer_id, due_at?.getTime()])).toEqual([...customers].sort().map((each) => [each, BIRTHDAY]));
    expect(await ring()).toBe(0);
    expect(await lines('entered')).toEqual([]);
    await stand(BIRTHDAY);
    await Promise.all([ring(), ring(), advanceCustomers(engine, id, customers)]);
    expect((await lines('entered')).map(({ customer_id }) => customer_id).sort()).toEqual([...customers].sort());
    expect((await alarms()).map(({ due_at, rung }) => [due_at?.toISOString(), rung])).toEqual(customers.map(() => ['2027-06-20T07:00:00.000Z', 'customer:2026']));
    expect(await sql`select from enrollments where workspace_id = ${id} and ended_at is null`).toHaveLength(0);
  });

  it('are there for whoever comes later: by the till, by the API, with the date or before it (§1.4)', async () => {
    const { id, command, reckon, alarms, routeAll } = await begin();
    await reckon();
    await ingestEvents(engine, id, [{ id: 'e1', type: 'visit', customer: { email: 'till@lutin.fr', profile: { birthDate: '1990-06-20' } } }]);
    await command(({ command: context }) => putCustomer(context, { identifiers: { email: 'api@lutin.fr' }, profile: { birthDate: '1990-06-20' } }, 'FR'));
    await command(({ command: context }) => putCustomer(context, { identifiers: { email: 'later@lutin.fr' } }, 'FR'));
    await routeAll();
    expect(await alarms()).toHaveLength(2);
    await command(({ command: context }) => putCustomer(context, { identifiers: { email: 'later@lutin.fr' }, profile: { birthDate: '1990-06-21' } }, 'FR'));
    await routeAll();
    expect((await alarms()).map(({ due_at }) => due_at?.toISOString()).sort()).toEqual(['2026-06-20T07:00:00.000Z', '2026-06-20T07:00:00.000Z', '2026-06-21T07:00:00.000Z']);
  });

  it('are not set twice by a reckoning that was killed between its steps, and nobody is left out', async () => {
    const { id, reckon, alarms } = await begin(birthday, 25);
    const other = buildEngine(database.url);
    await reckonAlarms(engine, id, 10);
    // A runner that died in its step holds a lease; whoever comes after it has run out goes on behind what was committed.
    await sql`update alarm_reckonings set lease_until = clock_timestamp() + interval '1 hour' where workspace_id = ${id}`;
    expect(await reckonAlarms(other, id, 10)).toBe(0);
    await sql`update alarm_reckonings set lease_until = clock_timestamp() - interval '1 second' where workspace_id = ${id}`;
    await Promise.all([reckonAlarms(other, id, 10), reckonAlarms(engine, id, 10)]);
    await reckon(10);
    expect(await alarms()).toHaveLength(25);
    expect(await sql`select state, done, failed from alarm_reckonings where workspace_id = ${id}`).toMatchObject([{ state: 'done', done: 25, failed: 0 }]);
    await other.database.end();
  });

  it('are kept by a pause, ring on resume, and are taken away by a stop (§8.4, §8.5)', async () => {
    const { customers, journeyId, command, reckon, stand, ring, lines, alarms } = await begin(birthday, 2);
    await reckon();
    await command(({ command: context }) => moveJourney(context, journeyId, 'pause'));
    await stand(BIRTHDAY);
    expect(await ring()).toBe(0);
    expect(await lines('entered')).toEqual([]);
    await command(({ command: context }) => moveJourney(context, journeyId, 'resume'));
    await ring();
    expect(await lines('entered')).toHaveLength(customers.length);
    await command(({ command: context }) => moveJourney(context, journeyId, 'stop'));
    await reckon();
    expect(await alarms()).toEqual([]);
  });

  it('move to the new moment when a version that begins otherwise is published', async () => {
    const { id, journeyId, publish, reckon, alarms } = await begin(birthday, 2);
    await reckon();
    await sql`update journeys set draft = jsonb_set(draft, '{entry,trigger,timeOfDay}', '"18:00"') where id = ${journeyId}`;
    await publish();
    await reckon();
    expect((await alarms()).map(({ due_at }) => due_at?.toISOString())).toEqual(['2026-06-20T16:00:00.000Z', '2026-06-20T16:00:00.000Z']);
    await sql`update journeys set draft = jsonb_set(draft, '{entry,trigger}', '{"kind": "event", "event": {"type": "visit"}}') where id = ${journeyId}`;
    await publish();
    await reckon();
    expect(await alarms()).toEqual([]);
    expect(await sql`select state from alarm_reckonings where workspace_id = ${id} and state = 'running'`).toEqual([]);
  });

  it('that no journey begins by any more keep nobody ringing, and none is left behind by the reckoning that takes them away', async () => {
    const { id, journeyId, publish, reckon, stand, ring, alarms } = await begin(birthday, 2);
    await reckon();
    await stand(BIRTHDAY);
    await sql`update journeys set draft = jsonb_set(draft, '{entry,trigger}', '{"kind": "event", "event": {"type": "visit"}}') where id = ${journeyId}`;
    await publish();
    expect(await ring()).toBe(0);
    await sql.begin(async (holding) => {
      await holding`select from alarms where workspace_id = ${id} order by customer_id limit 1 for update`;
      for (const _ of [1, 2]) await reckonAlarms(engine, id);
    });
    expect(await alarms()).toHaveLength(1);
    await reckon();
    expect(await alarms()).toEqual([]);
  });

  it('are reckoned without keeping a command from the workspace while a customer is waited for', async () => {
    const { id, customers } = await begin(birthday, 2);
    let reckoning: Promise<number> | undefined;
    await sql.begin(async (holding) => {
      await holding`select from heads where customer_id = ${customers[0]!} for no key update`;
      reckoning = reckonAlarms(engine, id);
      await expect.poll(async () => (await holding`select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`).length).toBeGreaterThan(0);
      await holding`set local lock_timeout = '200ms'`;
      await holding`update workspaces set routing_epoch = routing_epoch + 1 where id = ${id}`;
    });
    expect(await reckoning).toBe(2);
  });

  it('ring before a message of the same instant leaves while the clock stands, as the simulator tells it', async () => {
    const { id, customers, reckon, stand, ring, routeAll } = await begin(birthday, 1);
    await reckon();
    await stand(BIRTHDAY);
    const saved = await saveTemplate(engine, id, { key: 'hello', name: 'hello', content: { channel: 'sms', variants: { fr: { text: 'Bonjour' } } } });
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
    await buildMessages(sql, id, [{ customerId: customers[0]!, templateId: saved.value.templateId, channel: 'sms' }]);
    const look = async () => (await claimMessages(engine, id, { channel: 'sms', limit: 1 })).looked;
    expect(await look()).toBe(0);
    await ring();
    await routeAll();
    expect(await look()).toBe(1);
  });

  it('belong to each child, and to a contract that changes its end (§1.1, §1.4)', async () => {
    const { id, reckon, customers, alarms } = await begin({ ...birthday, of: { whose: 'relative', relation: 'child' } }, 1);
    for (const [name, day] of [['Zoé', '2019-06-20'], ['Tom', '2021-08-01']] as const) {
      await sql`insert into relatives (id, workspace_id, customer_id, kind, first_name, birth_date) values (gen_random_uuid(), ${id}, ${customers[0]!}, 'child', ${name}, ${day})`;
    }
    await sql`insert into relatives (id, workspace_id, customer_id, kind, birth_date) values (gen_random_uuid(), ${id}, ${customers[0]!}, 'spouse', '1990-01-01')`;
    await reckon();
    expect((await alarms()).map(({ due_at }) => due_at?.toISOString()).sort()).toEqual(['2026-06-20T07:00:00.000Z', '2026-08-01T07:00:00.000Z']);
  });

  it('tells when a date comes round next, and that none is known (§1.1)', async () => {
    const { id, customers, journeyId } = await begin(birthday, 1);
    const nameless = await buildCustomer(sql, id, { email: 'nobody@lutin.fr' });
    const ask = (customerId: string) => inWorkspace(engine.database, id, (transaction) => explainEntry(transaction, id, journeyId, customerId));
    expect(await ask(customers[0]!)).toMatchObject({ state: 'mayEnter', moments: [{ whose: 'customer', date: '2026-06-20', nextAt: BIRTHDAY }], trigger: { happened: null, type: null } });
    expect(await ask(nameless)).toMatchObject({ moments: [] });
  });
});

describe('arming alarms', () => {
  it('lets one workflow sleep for a minute however many customers are due in it, within thirty days, and none while the clock stands (§12.7)', async () => {
    const armed: SleepingAlarms[] = [];
    const sleeping = buildEngine(database.url, { timer: { arm: () => Promise.resolve([]), armAlarms: (minutes) => { armed.push(...minutes); return Promise.resolve(minutes.map(({ minute }) => minute)); }, armImports: () => Promise.resolve([]) } });
    const { id, reckon, alarms } = await begin(birthday, 3);
    await reckon();
    await armAlarms(sleeping, id, [BIRTHDAY]);
    expect(armed).toEqual([]);
    await sql`update clocks set stands_at = null, offset_ms = (extract(epoch from '2026-06-15T10:00:00Z'::timestamptz - clock_timestamp()) * 1000)::bigint where workspace_id = ${id}`;
    await sweepAlarms(sleeping);
    const mine = () => armed.filter(({ workspaceId }) => workspaceId === id);
    expect(mine()).toMatchObject([{ kind: 'entry', minute: BIRTHDAY }]);
    expect(mine()[0]!.delayMs).toBeGreaterThan(4 * 86_400_000);
    expect((await alarms()).every(({ armed_at }) => armed_at !== null)).toBe(true);
    await sweepAlarms(sleeping);
    expect(mine()).toHaveLength(1);
    await sql`update alarms set armed_at = null, due_at = due_at + make_interval(secs => ${ARMED_WITHIN_MS / 1_000}) where workspace_id = ${id}`;
    await sweepAlarms(sleeping);
    expect(mine()).toHaveLength(1);
    await sleeping.database.end();
  });
});
