/** Everyone's alarms, and an event of the brand, are gone through page by page: whoever does it may be killed at any instant, and another process goes on where it was. */
import { afterEach, expect, it } from 'vitest';
import { formatId } from '#domain/shared/ids.ts';
import { postBusinessEvent } from '#engine/commands/post-business-event.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { jumpClock } from '#engine/run-jump.ts';
import { publishJourney } from '#tests/harness/builders.ts';
import { openSleepingBrand, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';
import { openWorkerProcesses } from '#tests/integration/worker-processes.ts';

const EIGHT = Date.UTC(2026, 10, 24, 7);
const NINE = EIGHT + 3_600_000;
const PEOPLE = 2_000;

let brand: SleepingBrand;
const workers = openWorkerProcesses();
afterEach(async () => {
  workers.killAll();
  await brand.close();
});

const tag = (next: string) => ({ id: 'tag', kind: 'changeTag' as const, settings: { tag: next, does: 'add' as const }, next: {} });

it('§1.1 §1.9 reckoning everyone’s alarms, and handing an event of the brand to everyone, go on where they were when their process is killed with SIGKILL: each customer once', { timeout: 180_000 }, async () => {
  brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
  const { owner, engine, workspaceId } = brand;
  await brand.addPeople(PEOPLE);
  await owner`update customers set profile = profile || '{"birthDate": "1990-11-24"}'`;
  await brand.publish({ trigger: { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00', leapDay: 'february28' }, nodes: [tag('celebrated')] });
  const opening = await publishJourney(owner, workspaceId, { key: 'opening', entry: { trigger: { kind: 'business', event: { type: 'store.opened' } }, reentry: { mode: 'afterExit' }, next: 'tag' }, nodes: [tag('invited')] });
  const posted = { eventId: 'opening-1', type: 'store.opened', occurredAt: EIGHT, storeId: null, properties: {} };
  const { businessEventId } = await runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ command }) => postBusinessEvent(command, posted, posted));
  const progress = async () => {
    const [row] = await owner<[{ reckoned: number; reckoning: string; looked: number; announcing: string }]>`select r.done as reckoned, r.state as reckoning, b.looked, b.state as announcing from alarm_reckonings r, business_events b`;
    return row;
  };

  const first = workers.start(brand);
  await until('both are on their way', async () => {
    const { reckoned, looked } = await progress();
    return reckoned > 0 && looked > 0;
  }, 60_000);
  await workers.kill(first);
  const left = await progress();
  expect(left).toMatchObject({ reckoning: 'running', announcing: 'running' });
  expect(Math.max(left.reckoned, left.looked)).toBeLessThan(PEOPLE);

  // The lease of a process that is gone runs out by itself; here it does at once.
  await owner`update alarm_reckonings set lease_until = clock_timestamp()`;
  await owner`update business_events set lease_until = clock_timestamp()`;
  workers.start(brand);
  const done = await until('another process has finished both', async () => {
    const now = await progress();
    const [heads] = await owner<[{ pending: number }]>`select count(*)::int as pending from heads where pending_since is not null`;
    return now.reckoning === 'done' && now.announcing === 'done' && heads.pending === 0 && now;
  }, 120_000);
  expect(done).toEqual({ reckoning: 'done', reckoned: PEOPLE, announcing: 'done', looked: PEOPLE });

  const once = { people: PEOPLE, lines: PEOPLE };
  expect(await owner`select count(distinct customer_id)::int as people, count(*)::int as lines from alarms where due_at = ${new Date(NINE)}`).toEqual([once]);
  expect(await owner`select count(*)::int as alarms from alarms`).toEqual([{ alarms: PEOPLE }]);
  expect(await owner`select count(distinct customer_id)::int as people, count(*)::int as lines from events where type = 'store.opened' and properties ->> 'businessEvent' = ${formatId('businessEvent', businessEventId)}`).toEqual([once]);
  expect(await owner`select count(distinct customer_id)::int as people, count(*)::int as lines from enrollments where journey_id = ${opening.journeyId} and ending = 'completed'`).toEqual([once]);

  // And what was reckoned rings, once for each.
  const jump = await jumpClock(engine, workspaceId, { to: NINE, freeze: true });
  expect(jump.stuckOn).toEqual([]);
  expect(await owner`select count(distinct customer_id)::int as people, count(*)::int as lines from enrollments where journey_id <> ${opening.journeyId} and ending = 'completed'`).toEqual([once]);
  expect(await owner`select count(*)::int as people from customers where profile -> 'tags' ?& array['celebrated', 'invited']`).toEqual([{ people: PEOPLE }]);
});
