/**
 * The brand of the kill drill: a sandbox whose clock begins shortly before three in the afternoon, people of all kinds (reachable, without consent,
 * without a phone, at addresses whose vendor lies), and one journey that waits for three o'clock and then takes a step of every kind.
 */
import type postgres from 'postgres';
import { v7 as newId } from 'uuid';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import type { Engine } from '#engine/engine.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { addProgramme, publishJourney } from '#tests/harness/builders.ts';

export type DrillBrand = { workspaceId: string; journeyId: string; apiKey: string; emails: string[] };

/** A Tuesday in Paris: three o'clock is 13:00 UTC. */
const THREE_O_CLOCK = Date.UTC(2026, 5, 16, 13);
const GIVEN_POINTS = 10;

/** What one purchase of `drillPurchase` must have earned at the end, the journey's gift included. */
export const POINTS_PER_CUSTOMER = 25 + GIVEN_POINTS;

const LYING = ['reset', 'error', 'limited', 'doubled', 'late', 'early'];
const emailOf = (index: number): string => (index % 10 === 3 ? `${LYING[Math.floor(index / 10) % LYING.length]}+c${index}@drill.test` : `c${index}@drill.test`);

export const drillPurchase = (index: number, email: string) => ({
  id: `drill-${index}`, type: 'purchase', customer: { email }, properties: { orderId: `drill-${index}`, amountMinor: 2_550, currency: 'EUR' },
});

const until = (id: string, timeOfDay: string, next: string) => ({ id, kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay }, next: { next } });
const send = (id: string, kind: string, templateKey: string, category: string, next: string) => ({ id, kind, settings: { templateKey, category }, next: { next } });

/** The journey of a version: every kind of step, and those of the second way wait until `later`. */
export const drillJourney = (later: '15:01' | '15:02') => ({
  formatVersion: 1, name: 'drill', key: 'drill',
  entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'perKey', property: 'orderId' }, maximumEventAgeHours: 48, next: 'split' },
  nodes: [
    { id: 'split', kind: 'randomSplit', settings: { branches: [{ key: 'now', weight: 70 }, { key: 'later', weight: 30 }] }, next: { now: 'three', later: 'past' } },
    until('three', '15:00', 'check'), until('past', later, 'check'),
    { id: 'check', kind: 'condition', settings: { condition: { event: 'purchase', count: { atLeast: 1 } } }, next: { yes: 'room', no: 'room' } },
    { id: 'room', kind: 'pressureCheck', settings: { category: 'information', channel: 'email' }, next: { passes: 'mail', capped: 'mail' } },
    send('mail', 'sendEmail', 'thanks', 'information', 'sms'),
    send('sms', 'sendSms', 'thanks-sms', 'information', 'points'),
    { id: 'points', kind: 'givePoints', settings: { programmeKey: 'points', points: GIVEN_POINTS }, next: { next: 'offer' } },
    { id: 'offer', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: 'mark', refused: null } },
    { id: 'mark', kind: 'setAttribute', settings: { attribute: 'drilled', value: true }, next: { next: 'tag' } },
    { id: 'tag', kind: 'changeTag', settings: { tag: 'drilled', does: 'add' }, next: { next: 'tell' } },
    { id: 'tell', kind: 'emitEvent', settings: { type: 'drill.told' }, next: { next: 'join' } },
    { id: 'join', kind: 'joinJourney', settings: { journeyKey: 'drill' }, next: { next: 'posted' } },
    { id: 'posted', kind: 'waitForEvent', settings: { event: { type: 'points.posted' }, timeout: { amount: 30, unit: 'minutes' } }, next: { event: 'goal', timeout: 'goal' } },
    { id: 'goal', kind: 'goal', settings: { then: 'continue' }, next: { next: 'exit' } },
    { id: 'exit', kind: 'exit', settings: {}, next: {} },
  ],
});

async function addPeople(owner: postgres.Sql, workspaceId: string, emails: string[]): Promise<void> {
  const people = emails.map((email, index) => ({ id: newId(), email, phone: index % 10 === 5 ? null : `+3363998${String(index).padStart(4, '0')}`, consents: index % 10 === 7 ? ['email'] : ['email', 'sms'] }));
  const ids = people.map(({ id }) => id);
  const phones = people.filter(({ phone }) => phone !== null);
  const consents = people.flatMap(({ id, consents: channels }) => channels.map((channel) => ({ id, channel })));
  await owner.begin(async (transaction) => {
    await transaction`insert into customers (id, workspace_id, created_at) select c, ${workspaceId}, now() from unnest(${ids}::uuid[]) c`;
    await transaction`insert into heads (customer_id, workspace_id) select c, ${workspaceId} from unnest(${ids}::uuid[]) c`;
    await transaction`insert into customer_identifiers select ${workspaceId}, 'email', t.v, t.c, 'drill', now() from unnest(${ids}::uuid[], ${emails}::text[]) t(c, v)`;
    await transaction`insert into customer_identifiers select ${workspaceId}, 'phone', t.v, t.c, 'drill', now() from unnest(${phones.map(({ id }) => id)}::uuid[], ${phones.map(({ phone }) => phone ?? '')}::text[]) t(c, v)`;
    await transaction`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at)
      select gen_random_uuid(), ${workspaceId}, t.c, 'marketing', t.ch, 'granted', 'till', '2020-01-01' from unnest(${consents.map(({ id }) => id)}::uuid[], ${consents.map(({ channel }) => channel)}::text[]) t(c, ch)`;
  });
}

/** Makes the workspace, its content and its people. `leadSeconds`: how long before three o'clock its clock begins. */
export async function makeDrillBrand(input: { engine: Engine; owner: postgres.Sql; people: number; leadSeconds: number; baseUrl: string; vendorServerUrl: string }): Promise<DrillBrand> {
  const { engine, owner, people, leadSeconds, baseUrl, vendorServerUrl } = input;
  const workspaceId = await createWorkspace(engine.database, {
    slug: 'drill', name: 'Drill', brand: 'Drill', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'en',
    clockOffsetMs: THREE_O_CLOCK - leadSeconds * 1_000 - Date.now(), publicUrl: baseUrl, vendorServerUrl,
  });
  const contents = [
    { key: 'thanks', name: 'Thanks', content: { channel: 'email', variants: { en: { subject: 'Thank you', html: '<p>Thank you.</p>' } } } },
    { key: 'thanks-sms', name: 'Thanks', content: { channel: 'sms', variants: { en: { text: 'Thank you.' } } } },
  ];
  for (const content of contents) {
    const saved = await saveTemplate(engine, workspaceId, content);
    if (!saved.ok) throw new Error(saved.problems[0]?.message);
  }
  await addProgramme(owner, workspaceId);
  const offer = { key: 'gift', name: { en: 'A gift' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } };
  await owner`insert into offers (id, workspace_id, key, definition, updated_at) values (${newId()}, ${workspaceId}, 'gift', ${owner.json(offer)}, now())`;
  const emails = Array.from({ length: people }, (_, index) => emailOf(index));
  await addPeople(owner, workspaceId, emails);
  const { journeyId } = await publishJourney(owner, workspaceId, drillJourney('15:01'));
  const { key } = await runInWorkspace(engine, { workspaceId, actor: 'drill' }, ({ command }) => createApiKey(command, { name: 'drill', scopes: SCOPE_NAMES }));
  return { workspaceId, journeyId, apiKey: key, emails };
}
