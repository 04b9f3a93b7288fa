/**
 * The brand of the kill drill: a sandbox whose clock begins shortly before three in the afternoon, people of all kinds (reachable, without consent,
 * without a phone, a postal address or a browser, at addresses whose vendor lies), and the drill's journeys.
 */
import type postgres from 'postgres';
import { v7 as newId } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import type { Engine } from '#engine/engine.ts';
import { pushAccount } from '#engine/push-subscriptions.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { simulateBrowser } from '#providers/vendor-server/simulated-browser.ts';
import { DRILL_FOLLOWERS, drillJourney, drillTemplates } from '#tests/drills/drill-journey.ts';
import { addProgramme, publishJourney } from '#tests/harness/builders.ts';

/** `followers`: the journeys to which the drill's own brings people, by their keys. */
export type DrillBrand = { workspaceId: string; journeyId: string; followers: Record<string, string>; apiKey: string; emails: string[] };

/** A Tuesday in Paris: three o'clock is 13:00 UTC. */
const THREE_O_CLOCK = Date.UTC(2026, 5, 16, 13);
/** The day after it, on which everybody's date falls. */
const RENEWAL = '2026-06-17';

const pick = <Value>(values: readonly Value[], index: number): Value => values[Math.floor(index / 10) % values.length]!;
const LYING_MAILBOXES = ['reset', 'error', 'limited', 'doubled', 'late', 'early'];
/** The last two digits of a number at which the simulated Twilio lies: a number has one owner, so each lies to one person. */
const LYING_PHONES = ['03', '04', '05', '06', '08', '09', '10'];
const LYING_BROWSERS = ['gone', 'reset', 'error', 'lost', 'limited', 'refused'];

const emailOf = (index: number): string => (index % 10 === 3 ? `${pick(LYING_MAILBOXES, index)}+c${index}@drill.test` : `c${index}@drill.test`);
const phoneOf = (index: number): string | null => {
  if (index % 10 === 5) return null;
  const lie = index % 10 === 4 ? LYING_PHONES[Math.floor(index / 10)] : undefined;
  return lie ? `+336399899${lie}` : `+3363998${String(index).padStart(4, '0')}`;
};
/** Most have one browser, some two, some none. */
const browsersOf = (index: number): string[] => (index % 10 === 1 ? [] : index % 10 === 2 ? [`kept-${index}a`, `kept-${index}b`] : [`${index % 10 === 6 ? pick(LYING_BROWSERS, index) : 'kept'}-${index}`]);
const profileOf = (index: number) => ({ attributes: { renewal: RENEWAL }, ...(index % 10 !== 9 && { street: `${index + 1} rue des Lilas`, postalCode: '69001', city: 'Lyon' }) });
const consentsOf = (index: number) => (index % 10 === 7 ? ['email'] : CHANNELS);

export const drillPurchase = (index: number, email: string) => ({
  id: `drill-${index}`, type: 'purchase', customer: { email }, properties: { orderId: `drill-${index}`, amountMinor: 2_550, currency: 'EUR' },
});

async function addPeople(owner: postgres.Sql, workspaceId: string, emails: string[], account: { privateKey: string; baseUrl: string }): Promise<void> {
  const people = emails.map((email, index) => ({ id: newId(), email, phone: phoneOf(index), index }));
  const ids = people.map(({ id }) => id);
  const phones = people.filter(({ phone }) => phone !== null);
  const consents = people.flatMap(({ id, index }) => consentsOf(index).map((channel) => ({ id, channel })));
  const browsers = people.flatMap(({ id, index }) => browsersOf(index).map((name) => ({ id, ...simulateBrowser(account, name) })));
  await owner.begin(async (transaction) => {
    await transaction`insert into customers (id, workspace_id, profile, created_at) select t.c, ${workspaceId}, t.p::jsonb, now() from unnest(${ids}::uuid[], ${people.map(({ index }) => JSON.stringify(profileOf(index)))}::text[]) t(c, p)`;
    await transaction`insert into heads (customer_id, workspace_id) select c, ${workspaceId} from unnest(${ids}::uuid[]) c`;
    await transaction`insert into customer_identifiers select ${workspaceId}, 'email', t.v, t.c, 'drill', now() from unnest(${ids}::uuid[], ${emails}::text[]) t(c, v)`;
    await transaction`insert into customer_identifiers select ${workspaceId}, 'phone', t.v, t.c, 'drill', now() from unnest(${phones.map(({ id }) => id)}::uuid[], ${phones.map(({ phone }) => phone ?? '')}::text[]) t(c, v)`;
    await transaction`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at)
      select gen_random_uuid(), ${workspaceId}, t.c, 'marketing', t.ch, 'granted', 'till', '2020-01-01' from unnest(${consents.map(({ id }) => id)}::uuid[], ${consents.map(({ channel }) => channel)}::text[]) t(c, ch)`;
    await transaction`insert into push_subscriptions (id, workspace_id, customer_id, endpoint, p256dh, auth, created_at, seen_at)
      select gen_random_uuid(), ${workspaceId}, t.c, t.e, t.k, t.a, '2020-01-01', '2020-01-01'
        from unnest(${browsers.map(({ id }) => id)}::uuid[], ${browsers.map(({ endpoint }) => endpoint)}::text[], ${browsers.map(({ keys }) => keys.p256dh)}::text[], ${browsers.map(({ keys }) => keys.auth)}::text[]) t(c, e, k, a)`;
  });
}

/** What the journeys need before they are published. The week has room for all the messages of the drill. */
async function addContent(engine: Engine, owner: postgres.Sql, workspaceId: string): Promise<void> {
  for (const content of drillTemplates) {
    const saved = await saveTemplate(engine, workspaceId, content);
    if (!saved.ok) throw new Error(saved.problems[0]?.message);
  }
  await addProgramme(owner, workspaceId);
  const offer = { key: 'gift', name: { en: 'A gift' }, benefit: { kind: 'amountOff', amountMinor: 500 }, validity: { days: 30 } };
  await owner`insert into offers (id, workspace_id, key, definition, updated_at) values (${newId()}, ${workspaceId}, 'gift', ${owner.json(offer)}, now())`;
  const policy = { ...DEFAULT_PRESSURE_POLICY, rules: DEFAULT_PRESSURE_POLICY.rules.map((rule) => (rule.key === 'week' ? { ...rule, maximumCount: 6 } : rule)) };
  await owner`update pressure_policies set policy = ${owner.json(policy)} where workspace_id = ${workspaceId}`;
}

/** Makes the workspace, its content and its people. `leadSeconds`: how long before three o'clock its clock begins. */
export async function makeDrillBrand(input: { engine: Engine; owner: postgres.Sql; people: number; leadSeconds: number; baseUrl: string; vendorServerUrl: string }): Promise<DrillBrand> {
  const { engine, owner, people, leadSeconds, baseUrl, vendorServerUrl } = input;
  const workspaceId = await createWorkspace(engine.database, {
    slug: 'drill', name: 'Drill', brand: 'Drill', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'en',
    clockOffsetMs: THREE_O_CLOCK - leadSeconds * 1_000 - Date.now(), publicUrl: baseUrl, vendorServerUrl,
  });
  await addContent(engine, owner, workspaceId);
  const { privateKey } = await inWorkspace(engine.database, workspaceId, (transaction) => pushAccount(engine, transaction, workspaceId));
  const emails = Array.from({ length: people }, (_, index) => emailOf(index));
  await addPeople(owner, workspaceId, emails, { privateKey, baseUrl: vendorServerUrl });
  const followers: Record<string, string> = {};
  for (const follower of DRILL_FOLLOWERS) followers[follower.key] = (await publishJourney(owner, workspaceId, follower)).journeyId;
  const { journeyId } = await publishJourney(owner, workspaceId, drillJourney('15:01'));
  const { key } = await runInWorkspace(engine, { workspaceId, actor: 'drill' }, ({ command }) => createApiKey(command, { name: 'drill', scopes: SCOPE_NAMES }));
  return { workspaceId, journeyId, followers, apiKey: key, emails };
}
