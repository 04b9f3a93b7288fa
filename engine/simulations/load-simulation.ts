/** Reads once all that a simulation needs: rules, customers with what a burst would know of them, and the stored events that it replays. It writes nothing. */
import { inWorkspace, type Database, type Transaction } from '#db/connection.ts';
import { seenBy } from '#db/queries/seen-customers.ts';
import { findLatestVersions } from '#db/queries/templates.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { SimulatedCustomer } from '#domain/simulation/person.ts';
import type { SimulationInput } from '#domain/simulation/simulate.ts';
import type { SimulatedEvent } from '#domain/simulation/take-in-events.ts';
import type { SimulatedJourney, SimulatedTemplate } from '#domain/simulation/world.ts';
import { readEntryCounts } from '#engine/burst/entry-counts.ts';
import { loadEnrollments } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace, type LoadedWorkspace } from '#engine/load-workspace.ts';
import { browserName, loadDevices } from '#engine/push-subscriptions.ts';
import { rewindFigures } from './rewind-figures.ts';
import type { SimulationRequest } from './start-simulation.ts';

const AT_A_TIME = 1_000;
export type LoadedSimulation = { input: SimulationInput; customersInAll: number };

/** Customers, or those whom the stores of the request see, in the order of a hash of their ids, so that a sample is the same each time and leans to nobody. */
async function chooseCustomers(transaction: Transaction, { customers: count, storeIds }: SimulationRequest): Promise<{ ids: string[]; inAll: number }> {
  const ours = storeIds ? transaction`id in (${seenBy(transaction, storeIds)})` : transaction`true`;
  const rows = await transaction<{ id: string }[]>`select id from customers where ${ours} order by md5(id::text), id limit ${count}`;
  const [all] = await transaction<{ count: number }[]>`select count(*)::int as count from customers where ${ours}`;
  return { ids: rows.map(({ id }) => id), inAll: all?.count ?? 0 };
}

/** Versions that hold people now: those of `held` as they were published, and by which id of the run each is known. */
type PeopleInside = { held: SimulatedJourney[]; versionIds: Map<string, string> };
const NOBODY: PeopleInside = { held: [], versionIds: new Map() };

/** Whoever is inside goes on, on their version; where that is what is simulated, among those who enter. */
async function loadInside(transaction: Transaction, journeys: SimulationInput['journeys']): Promise<PeopleInside> {
  const rows = await transaction<{ id: string; journeyId: string; number: number; definition: unknown }[]>`
    select v.id, v.journey_id as "journeyId", v.number, v.definition from journey_versions v join journeys j on j.id = v.journey_id
     where v.journey_id = any(${journeys.map(({ journeyId }) => journeyId)}::uuid[]) and j.status in ('live', 'paused') and exists (select from enrollments e where e.version_id = v.id and e.ended_at is null)`;
  const held: SimulatedJourney[] = [];
  const versionIds = new Map<string, string>();
  for (const { id, journeyId, number, definition } of rows) {
    const journey = Journey.parse(definition);
    const same = journeys.find((each) => each.journeyId === journeyId && canonicalBody(each.journey) === canonicalBody(journey));
    versionIds.set(id, same?.versionId ?? id);
    if (!same) held.push({ journeyId, versionId: id, versionNumber: number, journey });
  }
  return { held, versionIds };
}

/** Customers with what a burst of these journeys would know of them at `from`. Ids that nobody has are left out. */
export async function loadSimulatedCustomers(transaction: Transaction, workspace: LoadedWorkspace, journeys: SimulationInput['journeys'], ids: string[], from: Instant, inside: PeopleInside = NOBODY): Promise<SimulatedCustomer[]> {
  const { held, versionIds } = inside;
  const plans = [...journeys, ...held].map(({ journey, ...version }) => compileJourney(journey, { ...version, status: 'live', takesEntries: true }));
  const journeyIds = new Set(journeys.map(({ journeyId }) => journeyId));
  const everRouted = new Map(ids.map((id) => [id, Number.MAX_SAFE_INTEGER]));
  const facts = await loadFacts(transaction, workspace, plans, ids, everRouted, from);
  const { register, active } = await loadEnrollments(transaction, ids);
  const devices = await loadDevices(transaction, ids);
  const identifiers = await transaction<{ customer_id: string; kind: Identifier['kind']; value: string }[]>`
    select customer_id, kind, value from customer_identifiers where customer_id = any(${ids}) order by customer_id, kind, created_at desc, value`;
  const identifiersOf = new Map<string, Identifier[]>();
  for (const { customer_id: customerId, kind, value } of identifiers) identifiersOf.set(customerId, [...(identifiersOf.get(customerId) ?? []), { kind, value }]);
  return [...facts.values()].map(({ customerId, createdAt, relatives, contracts, profile, figures, consents, balances, vouchers, pressure, history, reachable }) => ({
    id: customerId, createdAt, relatives, contracts, identifiers: identifiersOf.get(customerId) ?? [], profile, figures, consents, balances, vouchers, pressure, history,
    register: (register.get(customerId) ?? []).filter(({ journeyId }) => journeyIds.has(journeyId)),
    enrollments: (active.get(customerId) ?? []).filter(({ versionId }) => versionIds.has(versionId)).map((enrollment) => ({ ...enrollment, versionId: versionIds.get(enrollment.versionId) ?? enrollment.versionId })),
    stopped: Object.fromEntries(Object.entries(reachable).flatMap(([channel, answer]) => (answer.ok || answer.reason === 'noAddress' ? [] : [[channel, answer.reason]]))),
    ...(reachable['push']?.ok && { browsers: (devices.get(customerId) ?? []).map(({ endpoint }) => browserName(endpoint)) }),
    ...(reachable['call']?.ok && reachable['call'].refusedAt !== undefined && { callRefusedAt: reachable['call'].refusedAt }),
  }));
}

type StoredRow = { event_id: string; customer_id: string; type: string; occurred_at: Date; accepted_at: Date; store: string | null; properties: Record<string, unknown> };

/** What merchants posted in a time as long as the simulation's, moved to its beginning. History enters nothing and is left out. */
async function loadEvents(transaction: Transaction, ids: string[], { from, to, replayFrom }: { from: Instant; to: Instant; replayFrom: Instant }): Promise<SimulatedEvent[]> {
  const shift = from - replayFrom;
  const rows = await transaction<StoredRow[]>`
    select e.event_id, e.customer_id, e.type, e.occurred_at, e.accepted_at, s.external_id as store, e.properties
      from events e left join stores s on s.id = e.store_id
     where e.customer_id = any(${ids}) and e.source = 'merchant' and e.outcome = 'accepted' and not e.historical
       and e.accepted_at >= ${formatInstant(replayFrom)}::text::timestamptz and e.accepted_at <= ${formatInstant(to - shift)}::text::timestamptz
     order by e.accepted_at, e.customer_id, e.no`;
  return rows.map((row) => ({
    acceptedAt: row.accepted_at.getTime() + shift,
    input: {
      id: row.event_id, type: row.type, occurredAt: formatInstant(row.occurred_at.getTime() + shift), customer: { id: row.customer_id }, properties: row.properties, ...(row.store !== null && { store: row.store }),
    },
  }));
}

async function loadTemplates(transaction: Transaction, workspace: LoadedWorkspace): Promise<Map<string, SimulatedTemplate>> {
  const versions = await findLatestVersions(transaction, [...workspace.templateIds.values()]);
  return new Map([...versions.values()].map(({ key, number, content }) => [key, { channel: content.compiled.channel, languages: Object.keys(content.compiled.variants), number }]));
}

/** What all customers of a simulation share, as it is now. */
export async function loadSurroundings(transaction: Transaction, workspace: LoadedWorkspace): Promise<Pick<SimulationInput, 'rules' | 'currency' | 'templates' | 'offerStock' | 'schemas'> & { stores: Map<string, { id: string; zone: string }> }> {
  const stock = await transaction<{ key: string; remaining: number }[]>`select key, stock_total - stock_granted as remaining from offers where stock_total is not null`;
  return {
    rules: workspace.rules, currency: workspace.currency, schemas: workspace.schemas, templates: await loadTemplates(transaction, workspace), offerStock: Object.fromEntries(stock.map(({ key, remaining }) => [key, remaining])),
    stores: new Map([...workspace.storeIds].map(([externalId, id]) => [externalId, { id, zone: workspace.storeZones.get(id) ?? workspace.rules.timeZone }])),
  };
}

/** What is replayed is not met by the entries that it once led to: an order would be refused as the one before. */
const withoutEntriesSince = (customer: SimulatedCustomer, since: Instant): SimulatedCustomer => ({
  ...customer, register: customer.register.filter(({ enteredAt }) => enteredAt < since), enrollments: customer.enrollments?.filter(({ enteredAt }) => enteredAt < since),
});

/** In several short transactions: the first holds the workspace's row for as long as a burst would, and a publication never waits for a long reading. */
export async function loadSimulation(database: Database, workspaceId: string, request: SimulationRequest, span: { from: Instant; to: Instant }): Promise<LoadedSimulation> {
  const journeys = request.journeys.map((each) => ({ ...each, versionId: each.journeyId }));
  const { workspace, surroundings, entryCounts, inside, ids, inAll } = await inWorkspace(database, workspaceId, async (transaction) => {
    const loaded = await loadWorkspace(transaction, workspaceId);
    return { workspace: loaded, surroundings: await loadSurroundings(transaction, loaded), entryCounts: await readEntryCounts(transaction, journeys, loaded.rules.timeZone, span.from, request.replayFrom), inside: await loadInside(transaction, journeys), ...(await chooseCustomers(transaction, request)) };
  });
  const customers: SimulatedCustomer[] = [];
  const events: SimulatedEvent[] = [];
  for (let start = 0; start < ids.length; start += AT_A_TIME) {
    const some = ids.slice(start, start + AT_A_TIME);
    await inWorkspace(database, workspaceId, async (transaction) => {
      const loaded = await loadSimulatedCustomers(transaction, workspace, journeys, some, span.from, inside);
      const { replayFrom } = request;
      customers.push(...(replayFrom === null ? loaded : (await rewindFigures(transaction, loaded, replayFrom, span.to - span.from + replayFrom)).map((customer) => withoutEntriesSince(customer, replayFrom))));
      if (replayFrom !== null) events.push(...(await loadEvents(transaction, some, { ...span, replayFrom })));
    });
  }
  return { input: { journeys, entryCounts, held: inside.held, customers, events, ...surroundings, ...span }, customersInAll: inAll };
}
