/** A drawn case in production form: a sandbox of its own whose clock jumps from its start to its end, events posted on the way. */
import { randomBytes } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { insertRows } from '#db/insert-rows.ts';
import { normaliseIdentifier } from '#domain/customers/identifiers.ts';
import { DAY_MS, formatInstant, type Instant } from '#domain/shared/time.ts';
import { putOffer } from '#engine/commands/put-offer.ts';
import { putPressurePolicy } from '#engine/commands/put-pressure-policy.ts';
import { putProgramme } from '#engine/commands/put-programme.ts';
import { putStore } from '#engine/commands/put-store.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { pushAccount } from '#engine/push-subscriptions.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { jumpClock, type Alongside } from '#engine/run-jump.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { keepSplitTests } from '#engine/split-tests.ts';
import { simulateBrowser } from '#providers/vendor-server/simulated-browser.ts';
import { giftOf, POINTS, STORES, TEMPLATES } from '#tests/differential/brand-rules.ts';
import type { DrawnCase, DrawnCustomer } from '#tests/differential/draw-case.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';
import { tellHistory, type ToldHistory, type TraceFact } from '#tests/differential/told-history.ts';

async function makeSandbox({ engine, owner, publicUrl, vendorServerUrl }: Sandboxes, drawn: DrawnCase): Promise<string> {
  const slug = `drawn-${randomBytes(6).toString('hex')}`;
  const workspaceId = await createWorkspace(engine.database, {
    slug, name: slug, brand: 'Lutin', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', standsAt: drawn.startsAt, publicUrl, vendorServerUrl,
  });
  await runInWorkspace(engine, { workspaceId, actor: 'test' }, async ({ command }) => {
    await putPressurePolicy(command, drawn.policy, 1);
    await putOffer(command, giftOf(drawn.stock));
    await putProgramme(command, POINTS);
    for (const key of STORES) await putStore(command, { externalId: key, name: key, country: 'FR', timeZone: 'Europe/Paris' });
  });
  for (const template of TEMPLATES) await saveTemplate(engine, workspaceId, template);
  const at = formatInstant(drawn.startsAt);
  const push = await inWorkspace(engine.database, workspaceId, (transaction) => pushAccount(engine, transaction, workspaceId));
  await owner.begin(async (transaction) => {
    await insertRows(transaction, 'journeys', drawn.journeys.map(({ journeyId, versionId, journey }) =>
      ({ id: journeyId, workspace_id: workspaceId, key: journey.key, name: journey.name, status: 'live', draft: journey, draft_revision: 1, live_version_id: versionId, created_at: at, updated_at: at })));
    await insertRows(transaction, 'journey_versions', drawn.journeys.map(({ journeyId, versionId, journey }) =>
      ({ id: versionId, workspace_id: workspaceId, journey_id: journeyId, number: 1, definition: journey, published_at: at, published_by: 'test' })));
    await insertRows(transaction, 'customers', drawn.customers.map(({ id, profile }) => ({ id, workspace_id: workspaceId, profile, figures: {}, created_at: at })));
    await insertRows(transaction, 'heads', drawn.customers.map(({ id }) => ({ customer_id: id, workspace_id: workspaceId, last_event_no: 0, last_routed_no: 0 })));
    await insertRows(transaction, 'customer_identifiers', drawn.customers.flatMap((customer, index) => identifiersOf(customer, index).map(([kind, value]) =>
      ({ workspace_id: workspaceId, kind, value, customer_id: customer.id, source: 'test', created_at: at }))));
    await insertRows(transaction, 'consents', drawn.customers.flatMap(({ id, consents }) => consents.map(({ channel, state }) =>
      ({ id: newId(), workspace_id: workspaceId, customer_id: id, purpose: 'marketing', channel, state, source: 'till', at: formatInstant(0) }))));
    await insertRows(transaction, 'push_subscriptions', drawn.customers.flatMap(({ id: customerId, browsers }) => browsers.map((name) => {
      const { endpoint, keys } = simulateBrowser({ privateKey: push.privateKey, baseUrl: vendorServerUrl }, name);
      return { id: newId(), workspace_id: workspaceId, customer_id: customerId, endpoint, ...keys, created_at: at, seen_at: at };
    })));
    await insertRows(transaction, 'relatives', drawn.customers.flatMap(({ id: customerId, relatives }) => relatives.map(({ id, relation, birthDate }) =>
      ({ id, workspace_id: workspaceId, customer_id: customerId, kind: relation, first_name: null, birth_date: birthDate }))));
    await insertRows(transaction, 'contracts', drawn.customers.flatMap(({ id: customerId, contracts }) => contracts.map(({ id, kind, startsOn, endsOn, status }) =>
      ({ id, workspace_id: workspaceId, customer_id: customerId, kind, starts_on: startsOn, ends_on: endsOn, status }))));
    await insertRows(transaction, 'alarm_reckonings', drawn.journeys.filter(({ journey }) => journey.entry.trigger.kind !== 'event').map(({ journeyId }) =>
      ({ id: newId(), workspace_id: workspaceId, journey_id: journeyId, since: at, state: 'running', done: 0, failed: 0, after_id: '00000000-0000-0000-0000-000000000000', started_at: at })));
    await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
  });
  await runInWorkspace(engine, { workspaceId, actor: 'test' }, async ({ command }) => {
    for (const { journeyId, journey } of drawn.journeys) await keepSplitTests(command, journeyId, journey);
  });
  return workspaceId;
}

function identifiersOf({ email, phone }: DrawnCustomer, index: number): [string, string][] {
  const named = [['externalId', `c${index}`], ['email', email], ['phone', phone]] as const;
  return named.flatMap(([kind, text]): [string, string][] => {
    const normal = text === null ? null : normaliseIdentifier(kind, text, 'FR');
    return normal?.ok ? [[kind, normal.value]] : [];
  });
}

/** The events of one instant in one request, at their instant. */
function posting({ engine }: Sandboxes, workspaceId: string, drawn: DrawnCase): Alongside {
  const moments = [...new Set(drawn.events.map(({ acceptedAt }) => acceptedAt))].sort((a, b) => a - b);
  return {
    nextAt: (after) => moments.find((moment) => moment > after) ?? null,
    happen: async (at) => void (await ingestEvents(engine, workspaceId, drawn.events.filter(({ acceptedAt }) => acceptedAt === at).map(({ input }) => input))),
  };
}

const instant = (at: Date | null): Instant | null => at?.getTime() ?? null;

async function readHistory({ owner }: Sandboxes, workspaceId: string, drawn: DrawnCase): Promise<ToldHistory> {
  type Trace = Omit<TraceFact, 'at'> & { at: Date };
  const traces = await owner<Trace[]>`
    select customer_id as "customerId", journey_id as "journeyId", enrollment_id as "enrollmentId", node_id as "nodeId", visit, kind as step, at, data from traces where workspace_id = ${workspaceId}`;
  const messages = await owner`
    select key, customer_id as "customerId", channel, category, node_id as "nodeId", visit, status, status_at as "statusAt", reason, planned_at as "plannedAt", due_at as "dueAt", expires_at as "expiresAt", lawful,
      handed_over_at as "handedOverAt", delivered_at as "deliveredAt" from messages where workspace_id = ${workspaceId}`;
  const postings = await owner`
    select transfer_key as key, customer_id as "customerId", account, amount::int, kind, rule, at, event_id as "eventId", order_id as "orderId", line_id as "lineId"
    from postings where workspace_id = ${workspaceId}`;
  const vouchers = await owner`select customer_id as "customerId", grant_key as "grantKey", issued_at as at, valid_from as "validFrom", valid_until as "validUntil" from vouchers where workspace_id = ${workspaceId}`;
  const tasks = await owner`select customer_id as "customerId", key, kind, state, title, due_at as "dueAt", reason, node_id as "nodeId" from tasks where workspace_id = ${workspaceId}`;
  const events = await owner<{ id: string; event_id: string }[]>`select id, event_id from events where workspace_id = ${workspaceId} and source = 'merchant'`;
  const plain = (rows: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.getTime() : value])));
  return tellHistory({
    customers: drawn.customers.map(({ id }) => id), journeys: drawn.journeys.map(({ journeyId }) => journeyId), eventNames: new Map(events.map(({ id, event_id }) => [id, event_id])),
    traces: traces.map((trace) => ({ ...trace, at: instant(trace.at) ?? 0 })), messages: plain(messages), postings: plain(postings), vouchers: plain(vouchers), tasks: plain(tasks),
  });
}

/** What it told, and the steps that did not settle. `jumps`: in so many frozen jumps of equal length; one when absent. */
export async function runProduction(sandboxes: Sandboxes, drawn: DrawnCase, jumps = 1): Promise<{ workspaceId: string; told: ToldHistory; stuckOn: { at: string; what: string[] }[] }> {
  const workspaceId = await makeSandbox(sandboxes, drawn);
  const stuckOn: { at: string; what: string[] }[] = [];
  for (let jump = 1; jump <= jumps; jump += 1) {
    const done = await jumpClock(sandboxes.engine, workspaceId, { to: drawn.startsAt + (drawn.days * DAY_MS * jump) / jumps, freeze: true }, {
      vendorServerUrl: sandboxes.vendorServerUrl, alongside: posting(sandboxes, workspaceId, drawn),
    });
    stuckOn.push(...done.stuckOn);
  }
  return { workspaceId, told: await readHistory(sandboxes, workspaceId, drawn), stuckOn };
}

/** Takes away all that a case has left, so that it can be run again under the same ids. */
export async function forgetSandbox({ owner }: Sandboxes, workspaceId: string): Promise<void> {
  await owner.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`;
    const tables = await transaction<{ name: string }[]>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`;
    for (const { name } of tables) await transaction`delete from ${transaction(name)} where workspace_id = ${workspaceId}`;
    await transaction`delete from workspaces where id = ${workspaceId}`;
  });
}
