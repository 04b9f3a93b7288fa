/** What Temporal pays for a journey, read from the histories of a real server (ARCHITECTURE 1.3): it does not grow with people or nodes. */
import { afterEach, describe, expect, it } from 'vitest';
import { jumpClock } from '#engine/run-jump.ts';
import { openSleepingBrand, PERSONAL, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';

const EIGHT = Date.UTC(2026, 10, 24, 7);
const NINE = EIGHT + 3_600_000;
const COMPLETED_TASK = 7;
const tasksOf = (events: number[]): number => events.filter((event) => event === COMPLETED_TASK).length;

const untilTime = (id: string, timeOfDay: string, next: string) => ({ id, kind: 'wait' as const, settings: { mode: 'untilTimeOfDay' as const, timeOfDay }, next: { next } });
const condition = { id: 'check', kind: 'condition' as const, settings: { condition: { field: 'profile.firstName', is: 'exists' } as never }, next: { yes: 'mail', no: 'mail' } };
const mail = { id: 'mail', kind: 'sendEmail' as const, settings: { templateKey: 'welcome', category: 'information', whenCapped: { kind: 'skip' as const } }, next: {} };

let brand: SleepingBrand;
afterEach(() => brand.close());

const ended = (count: number, withinMs?: number): Promise<unknown> => until(`${count} people ended`, async () => {
  const [row] = await brand.owner<{ count: number }[]>`select count(*)::int from enrollments where ended_at is not null`;
  return row?.count === count;
}, withinMs);
const asleep = (count: number): Promise<unknown> => until(`${count} people wait and something sleeps for them`, async () => {
  const [row] = await brand.owner<{ count: number; unarmed: number }[]>`
    select count(*)::int, count(*) filter (where k.armed_at is null)::int as unarmed from enrollments e join cohorts k on k.id = e.cohort_id where e.ended_at is null and e.wake_at is not null`;
  return row?.count === count && row.unarmed === 0;
});
const inside = (count: number): Promise<unknown> => until(`${count} people wait`, async () => (await brand.owner`select from enrollments where ended_at is null and wake_at is not null`).length === count);
const finished = (count: number): Promise<{ events: number[]; text: string }[]> => until(`${count} finished workflows`, async () => {
  const histories = await brand.histories();
  return histories.length === count && histories.every(({ events }) => events.length > 5) && histories;
});

describe('the event budget', () => {
  for (const maxCachedWorkflows of [2_000, 0]) {
    it(`is 6 events and 1 task for a whole cohort, for event, wait, condition, e-mail, end, with ${maxCachedWorkflows} workflows cached`, async () => {
      brand = await openSleepingBrand({ startsAt: NINE - 12_000 });
      await brand.publish({ nodes: [untilTime('wait', '09:00', 'check'), condition, mail] });
      brand.work({ maxCachedWorkflows });
      await brand.happen('joined', await brand.addPeople(50));
      await asleep(50);
      await ended(50);
      const [history] = await finished(1);
      expect(history?.events.length).toBe(6);
      expect(tasksOf(history?.events ?? [])).toBe(1);
      const messages = await brand.owner<{ customer_id: string; due_at: Date }[]>`select customer_id, due_at from messages`;
      expect(new Set(messages.map((message) => message.customer_id)).size).toBe(50);
      expect(messages.length).toBe(50);
      for (const message of messages) expect(message.due_at.getTime()).toBeGreaterThanOrEqual(NINE);
    });
  }

  it('is 6 and 1 for each further wait, also after the clock has jumped', async () => {
    brand = await openSleepingBrand({ startsAt: NINE - 12_000 });
    await brand.publish({ nodes: [untilTime('first', '09:00', 'second'), untilTime('second', '11:00', 'mail'), mail] });
    brand.work();
    await brand.happen('joined', await brand.addPeople(20));
    await asleep(20);
    await until('the second wait', async () => (await brand.owner`select from enrollments where node_id = 'second' and ended_at is null`).length === 20);
    await asleep(20);
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE + 2 * 3_600_000 - 3_000 });
    await ended(20);
    for (const { events } of await finished(2)) expect([events.length, tasksOf(events)]).toEqual([6, 1]);
  });

  it('is 7 and 1 where a jump signals', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
    await brand.publish({ nodes: [untilTime('wait', '09:00', 'check'), condition, mail] });
    brand.work();
    await brand.happen('joined', await brand.addPeople(50));
    const done = await jumpClock(brand.engine, brand.workspaceId, { to: NINE + 60_000, freeze: true });
    expect(done.stuckOn).toEqual([]);
    await ended(50, 1_000);
    const [history] = await finished(1);
    expect([history?.events.length, tasksOf(history?.events ?? [])]).toEqual([7, 1]);
  });

  it('is nothing for a journey that never waits, and for an event that ends a wait', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT });
    await brand.publish({ nodes: [untilTime('wait', '09:00', 'mail'), mail], exits: [{ on: 'event', event: { type: 'left' } }] });
    brand.work();
    const people = await brand.addPeople(30);
    await brand.happen('joined', people);
    await asleep(30);
    const before = await brand.histories();
    await brand.happen('left', people);
    await ended(30);
    const after = await brand.histories();
    expect(after.map(({ events }) => events.length)).toEqual(before.map(({ events }) => events.length));
    expect(after.map(({ events }) => events.length)).toEqual([1]);
  });

  it('starts no workflow for a journey that never waits', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT });
    await brand.publish({ nodes: [condition, mail] });
    brand.work();
    await brand.happen('joined', await brand.addPeople(30));
    await ended(30);
    expect(await brand.owner`select from cohorts`).toHaveLength(0);
  });

  it('is two workflows for 1,200 people who come in one by one and wake in the same minute', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
    await brand.publish({ nodes: [untilTime('wait', '09:00', 'mail'), mail] });
    brand.work();
    const people = await brand.addPeople(1_200);
    for (const person of people) await brand.happen('joined', [person]);
    await inside(1_200);
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE, freeze: true });
    await ended(1_200);
    expect(await finished(2)).toHaveLength(2);
  });

  it('does not grow with 20,000 events of one customer, each of which asks to come in again', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
    await brand.publish({ nodes: [untilTime('wait', '09:00', 'mail'), mail], exits: [{ on: 'event', event: { type: 'left', where: { field: 'event.properties.sure', is: 'equals', value: true } } }] });
    brand.work();
    const [anna] = await brand.addPeople(1);
    await brand.happenOften('joined', anna!, 10_000);
    await brand.happenOften('left', anna!, 10_000);
    await until('all 20,000 routed', async () => (await brand.owner`select from heads where last_routed_no >= 20000 and pending_since is null`).length === 1, 60_000);
    await inside(1);
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE, freeze: true });
    await ended(1);
    const [history] = await finished(1);
    expect([history?.events.length, tasksOf(history?.events ?? [])]).toEqual([7, 1]);
    expect(await brand.owner`select from messages`).toHaveLength(1);
  });

  it('§3.6 is the same for a wait of five years, whose workflow sleeps until its moment', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT });
    await brand.publish({ nodes: [{ id: 'wait', kind: 'wait', settings: { mode: 'duration', duration: { amount: 5, unit: 'calendarYears' } }, next: { next: 'mail' } }, mail] });
    brand.work();
    await brand.happen('joined', await brand.addPeople(3));
    await asleep(3);
    const [{ wake_at: wakesAt }] = await brand.owner<[{ wake_at: Date }]>`select wake_at from enrollments limit 1`;
    expect(wakesAt.getTime()).toBeGreaterThanOrEqual(Date.UTC(2031, 10, 24, 7));
    const [sleeping] = await brand.histories();
    expect(sleeping?.events).toEqual([1]);
    expect(sleeping?.delaySeconds).toBeGreaterThan(5 * 365 * 86_400);
    await jumpClock(brand.engine, brand.workspaceId, { to: wakesAt.getTime() - 60_000, freeze: true });
    expect(await brand.owner`select from enrollments where ended_at is not null`).toHaveLength(0);
    await jumpClock(brand.engine, brand.workspaceId, { to: wakesAt.getTime(), freeze: true });
    await ended(3);
  });

  const birthday = { kind: 'date' as const, of: { whose: 'customer' as const, field: 'birthDate' }, repeats: 'yearly' as const, timeOfDay: '09:00', leapDay: 'february28' as const };
  const born = async (people: number): Promise<void> => {
    await brand.addPeople(people);
    await brand.owner`update customers set profile = profile || '{"birthDate": "1990-11-24"}'`;
  };
  const armed = (people: number): Promise<unknown> => until('something sleeps for every alarm', async () => (await brand.owner`select from alarms where armed_at is not null`).length === people);

  it('is 6 and 1 for all the birthdays of a minute, reckoned when the journey is published (§1.1)', async () => {
    brand = await openSleepingBrand({ startsAt: NINE - 12_000 });
    await born(250);
    await brand.publish({ trigger: birthday, nodes: [condition, mail] });
    brand.work();
    await armed(250);
    await ended(250);
    const [history] = await until('the alarm is over', async () => { const found = await brand.alarmHistories([NINE]); return found.some(({ events }) => events.length > 5) && found; });
    expect([history?.events.length, tasksOf(history?.events ?? [])]).toEqual([6, 1]);
    for (const word of PERSONAL) expect(history?.text.toLowerCase()).not.toContain(word);
    const entered = await brand.owner<{ entered_at: Date }[]>`select entered_at from enrollments`;
    expect(entered.every(({ entered_at }) => entered_at.getTime() === NINE)).toBe(true);
    const [row] = await brand.owner<{ due_at: Date; armed_at: Date | null }[]>`select due_at, armed_at from alarms limit 1`;
    expect(row).toMatchObject({ due_at: new Date(Date.UTC(2027, 10, 24, 8)), armed_at: null });
  });

  it('takes a jump of the clock from birthday to birthday, and one workflow per minute (§12.7)', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
    await born(3);
    await brand.publish({ trigger: birthday, nodes: [mail] });
    brand.work();
    const done = await jumpClock(brand.engine, brand.workspaceId, { to: Date.UTC(2028, 11, 1), freeze: true });
    expect(done.stuckOn).toEqual([]);
    const lines = await brand.owner<{ at: Date; kind: string }[]>`select at, kind from traces where kind in ('entered', 'entryRefused') order by at`;
    expect(lines.map(({ at, kind }) => `${at.toISOString()} ${kind}`)).toEqual([2026, 2027, 2028].flatMap((year) => Array<string>(3).fill(`${year}-11-24T08:00:00.000Z ${year === 2026 ? 'entered' : 'entryRefused'}`)));
    expect(await brand.alarmHistories([NINE, Date.UTC(2027, 10, 24, 8), Date.UTC(2028, 10, 24, 8)])).toHaveLength(3);
  });

  it('holds no personal data in any history', async () => {
    brand = await openSleepingBrand({ startsAt: EIGHT, stands: true });
    await brand.publish({ nodes: [untilTime('wait', '09:00', 'check'), condition, mail] });
    brand.work();
    await brand.happen('joined', await brand.addPeople(5));
    await jumpClock(brand.engine, brand.workspaceId, { to: NINE, freeze: true });
    const histories = await finished(1);
    const words = histories.map(({ text }) => text).join('\n').toLowerCase();
    expect(words).toContain('journeyworkflow');
    expect(words).toContain('welcome v4');
    for (const word of PERSONAL) expect(words).not.toContain(word);
  });
});
