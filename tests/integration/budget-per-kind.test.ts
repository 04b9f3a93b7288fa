/** What each kind of step costs in workflow history, as it says itself, read from the histories of a real server (ARCHITECTURE 1.3): all kinds in one sandbox. */
import { afterEach, expect, it } from 'vitest';
import { v7 as newId } from 'uuid';
import { CHANNELS } from '#domain/customers/channels.ts';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { jumpClock } from '#engine/run-jump.ts';
import { addProgramme, publishJourney } from '#tests/harness/builders.ts';
import { openSleepingBrand, PERSONAL, type SleepingBrand, until } from '#tests/integration/sleeping-brand.ts';

const EIGHT = Date.UTC(2026, 10, 24, 7);
const COMPLETED_TASK = 7;
const PEOPLE = 12;
const hour = { amount: 1, unit: 'hours' };
const send = (channel: string, more: Record<string, unknown> = {}) => ({ templateKey: `to-${channel}`, category: 'information', ...more });

/** One way of each kind, and of the steps that send another for all: held by pressure. Whoever waits, waits an hour. */
const WAYS: Record<NodeKind, { settings: Record<string, unknown>; waits: boolean }[]> = {
  wait: [{ settings: { mode: 'duration', duration: hour }, waits: true }],
  waitForEvent: [{ settings: { event: { type: 'never' }, timeout: hour }, waits: true }],
  httpRequest: [{ settings: { method: 'POST', address: 'https://erp.example.com/', body: '{}', lateAfter: hour }, waits: true }],
  sendEmail: [{ settings: send('email'), waits: false }, { settings: send('email', { category: 'promotion', whenCapped: { kind: 'hold', expiresAfterSeconds: 3_600 } }), waits: true }],
  sendSms: [{ settings: send('sms'), waits: false }],
  sendWhatsapp: [{ settings: send('whatsapp'), waits: false }],
  sendLetter: [{ settings: send('letter'), waits: false }],
  sendCall: [{ settings: send('call'), waits: false }],
  sendPush: [{ settings: send('push'), waits: false }],
  condition: [{ settings: { condition: { field: 'profile.firstName', is: 'exists' } }, waits: false }],
  randomSplit: [{ settings: { branches: [{ key: 'a', weight: 1 }, { key: 'b', weight: 1 }] }, waits: false }],
  pressureCheck: [{ settings: { category: 'information', channel: 'email' }, waits: false }],
  givePoints: [{ settings: { programmeKey: 'points', points: 10 }, waits: false }],
  grantOffer: [{ settings: { offerKey: 'gift' }, waits: false }],
  setAttribute: [{ settings: { attribute: 'seen', value: true }, waits: false }],
  changeTag: [{ settings: { tag: 'seen', does: 'add' }, waits: false }],
  emitEvent: [{ settings: { type: 'step.taken' }, waits: false }],
  joinJourney: [{ settings: { journeyKey: 'change-tag' }, waits: false }],
  createTask: [{ settings: { title: 'Ring up', assignedTo: 'anyone', dueIn: hour }, waits: false }],
  goal: [{ settings: { then: 'continue' }, waits: false }],
  exit: [{ settings: {}, waits: false }],
};

let brand: SleepingBrand;
afterEach(() => brand.close());

async function openBrand(): Promise<void> {
  brand = await openSleepingBrand({ startsAt: EIGHT - 50_000 });
  const { owner, workspaceId } = brand;
  for (const channel of CHANNELS) {
    await owner`insert into templates (id, workspace_id, key, name, channel, number, created_at, updated_at) values (${newId()}, ${workspaceId}, ${`to-${channel}`}, ${channel}, ${channel}, 1, now(), now())`;
  }
  const policy = { ...DEFAULT_PRESSURE_POLICY, rules: [{ key: 'none', scope: { kind: 'category', category: 'promotion' }, window: { kind: 'calendar', unit: 'year' }, maximumCount: 0 }] };
  await owner`insert into pressure_policies (workspace_id, revision, policy, updated_at) values (${workspaceId}, 1, ${owner.json(policy)}, now())`;
  await addProgramme(owner, workspaceId);
  const gift = { key: 'gift', name: { en: 'A gift' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } };
  await owner`insert into offers (id, workspace_id, key, definition, updated_at) values (${newId()}, ${workspaceId}, 'gift', ${owner.json(gift)}, now())`;
  // The server outside answers to nobody: no request is ever due.
  await owner.unsafe(`create function keep_waiting() returns trigger language plpgsql as $$ begin new.not_before := 'infinity'; return new; end $$`);
  await owner`create trigger keep_waiting before insert on http_requests for each row execute function keep_waiting()`;
}

it('each kind of step costs what it says: 6 events and 1 task for a whole cohort where people wait, and nothing where they do not', async () => {
  await openBrand();
  const { owner, workspaceId } = brand;
  const ways = NODE_KIND_NAMES.flatMap((kind) => WAYS[kind].map((way, index) => ({ kind, ...way, key: `${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}${index === 0 ? '' : '-held'}` })));
  const versions = new Map<string, (typeof ways)[number]>();
  for (const way of ways) {
    const node = { id: 'step', kind: way.kind, settings: way.settings, next: {} };
    const { versionId } = await publishJourney(owner, workspaceId, { key: way.key, entry: { trigger: { kind: 'event', event: { type: 'joined' } }, reentry: { mode: 'onceEver' }, next: 'step' }, nodes: [node] });
    versions.set(versionId, way);
  }
  brand.work();
  await brand.happen('joined', await brand.addPeople(PEOPLE));
  const waiting = ways.filter(({ waits }) => waits).length;
  const [{ wakes_at: wakesAt }] = await until('everyone is asleep who has to be', async () => {
    const rows = await owner<[{ asleep: number; armed: number; all: number; wakes_at: Date }]>`
      select count(*) filter (where e.ended_at is null)::int as asleep, count(*) filter (where e.ended_at is null and k.armed_at is not null)::int as armed, count(*)::int as all, max(e.wake_at) as wakes_at
        from enrollments e left join cohorts k on k.id = e.cohort_id`;
    return rows[0].all === ways.length * PEOPLE && rows[0].asleep === waiting * PEOPLE && rows[0].armed === rows[0].asleep && rows;
  });
  await jumpClock(brand.engine, workspaceId, { to: wakesAt.getTime() - 3_000 });
  await until('everyone has come to the end', async () => (await owner`select from enrollments where ended_at is null`).length === 0);
  const histories = await until('the workflows are over', async () => {
    const found = await brand.histories();
    return found.length === waiting && found.every(({ events }) => events.length > 5) && found;
  });
  const measured = new Map(histories.map(({ workflowId, events }) => [workflowId.split('/')[1], { historyEvents: events.length, workflowTasks: events.filter((event) => event === COMPLETED_TASK).length }]));
  const said = [...versions].map(([versionId, { key, kind, waits }]) => ({ key, costs: measured.get(versionId) ?? null, says: waits ? nodeKind(kind).cost : null }));
  expect(said.filter(({ costs, says }) => JSON.stringify(costs) !== JSON.stringify(says))).toEqual([]);
  const endings = await owner<{ ending: string; people: number }[]>`select ending, count(*)::int as people from enrollments group by 1`;
  expect(endings).toEqual([{ ending: 'completed', people: ways.length * PEOPLE }]);
  for (const word of PERSONAL) expect(histories.map(({ text }) => text).join('\n').toLowerCase()).not.toContain(word);
});
