/**
 * What a burst must know of its workspace: settings, policy, programmes, offers, and the plans compiled from published versions.
 * It is cached under the workspace's routing epoch, which every command that changes any of it raises; read after the lock on the heads and held `for share`,
 * so that when such a command answers, no older burst is in flight.
 */
import { loadAgreedSchemas } from '#db/queries/event-registry.ts';
import type { EventSchema } from '#domain/events/event-schema.ts';
import type { Transaction } from '#db/connection.ts';
import { ConsentPolicy } from '#domain/customers/consent.ts';
import type { WorkspaceRules } from '#domain/enrollments/facts.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { plansInOrder } from '#domain/journeys/plans-in-order.ts';
import { winnerKey } from '#domain/journeys/split-test.ts';
import { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { Offer } from '#domain/offers/offer.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import { loadStoreSenders } from './commands/put-store-sender.ts';
import { PermanentError } from './permanent-error.ts';

export type LoadedWorkspace = {
  id: string;
  epoch: number;
  kind: 'live' | 'sandbox';
  name: string;
  currency: string;
  currencyExponent: number;
  registryClosed: boolean;
  /** What was agreed about the events of a type (§11.4). */
  schemas: Map<string, EventSchema>;
  rules: WorkspaceRules;
  /** By version id: every version that takes entries or holds people, and those of stopped journeys met since. */
  plans: Map<string, Plan>;
  /** Types that a live plan or a destination waits for. */
  listens: Set<string>;
  /** Where webhooks go, whether it runs or is paused: what it chose is queued all the same. */
  destinations: { id: string; types: Set<string> }[];
  templateIds: Map<string, string>;
  offerIds: Map<string, string>;
  storeZones: Map<string, string>;
  storeIds: Map<string, string>;
};

type WorkspaceRow = {
  id: string; kind: 'live' | 'sandbox'; name: string; brand: string; currency: string; currency_exponent: number;
  time_zone: string; country: string; language: string; settings: Record<string, unknown>; routing_epoch: number; is_own: boolean;
};
type VersionRow = { id: string; journey_id: string; number: number; definition: unknown; status: Plan['status']; takes_entries: boolean; drains: boolean };

const cache = new Map<string, LoadedWorkspace>();

const compileRow = (row: VersionRow): Plan =>
  compileJourney(Journey.parse(row.definition), { journeyId: row.journey_id, versionId: row.id, versionNumber: row.number, status: row.status, takesEntries: row.takes_entries, drains: row.drains });

/** The workspace of this transaction as its commands left it. Throws a permanent error when there is none. */
export async function loadWorkspace(transaction: Transaction, workspaceId: string): Promise<LoadedWorkspace> {
  const [row] = await transaction<WorkspaceRow[]>`select *, xmin = pg_current_xact_id()::xid as is_own from workspaces where id = ${workspaceId} for share`;
  if (!row) throw new PermanentError('workspace.unknown', `There is no workspace ${workspaceId}.`);
  const cached = cache.get(workspaceId);
  if (cached?.epoch === row.routing_epoch) return cached;
  const loaded = await readWorkspace(transaction, row);
  // What this transaction itself has changed may still be rolled back, and its epoch be given to another change.
  if (!row.is_own) cache.set(workspaceId, loaded);
  return loaded;
}

async function readWorkspace(transaction: Transaction, row: WorkspaceRow): Promise<LoadedWorkspace> {
  const versions = await transaction<VersionRow[]>`
    select v.id, v.journey_id, v.number, v.definition, j.status, v.id = j.live_version_id as takes_entries, j.drains
    from journeys j join journey_versions v on v.journey_id = j.id
    where j.status in ('live', 'paused') and (v.id = j.live_version_id
      or exists (select from enrollments e where e.journey_id = j.id and e.version_id = v.id and e.ended_at is null))`;
  const policies = await transaction<{ policy: unknown }[]>`select policy from pressure_policies`;
  const programmes = await transaction<{ definition: unknown }[]>`select definition from programmes order by key`;
  const offers = await transaction<{ id: string; definition: unknown }[]>`select id, definition from offers order by key`;
  const templates = await transaction<{ id: string; key: string }[]>`select id, key from templates`;
  const winners = await transaction<{ journey_id: string; node_id: string; winner: string; decided_at: Date }[]>`select journey_id, node_id, winner, decided_at from split_tests where winner is not null and decided_at is not null`;
  const stores = await transaction<{ id: string; external_id: string; time_zone: string }[]>`select id, external_id, time_zone from stores`;

  const destinations = (await transaction<{ id: string; types: string[] }[]>`select id, types from destinations order by id`).map(({ id, types }) => ({ id, types: new Set(types) }));

  const storeSenders = await loadStoreSenders(transaction);
  const plans = plansInOrder(versions.map(compileRow));
  const parsedOffers = offers.map((offer) => ({ id: offer.id, offer: Offer.parse(offer.definition) }));
  const sender = row.settings['sender'];
  return {
    id: row.id,
    epoch: row.routing_epoch,
    kind: row.kind,
    name: row.name,
    currency: row.currency,
    currencyExponent: row.currency_exponent,
    registryClosed: row.settings['registryClosed'] === true,
    schemas: await loadAgreedSchemas(transaction),
    rules: {
      workspaceId: row.id,
      timeZone: row.time_zone,
      country: row.country,
      language: row.language,
      sender: typeof sender === 'string' ? sender : row.brand,
      consentPolicy: ConsentPolicy.parse(row.settings['consentPolicy'] ?? {}),
      policy: policies[0] ? PressurePolicy.parse(policies[0].policy) : DEFAULT_PRESSURE_POLICY,
      programmes: programmes.map((programme) => LoyaltyProgramme.parse(programme.definition)),
      offers: Object.fromEntries(parsedOffers.map(({ offer }) => [offer.key, offer])),
      storeSenders,
      storeKeys: Object.fromEntries(stores.map((store) => [store.id, store.external_id])),
      winners: Object.fromEntries(winners.map((each) => [winnerKey(each.journey_id, each.node_id), { branch: each.winner, since: each.decided_at.getTime() }])),
    },
    plans,
    listens: new Set([...[...plans.values()].flatMap((plan) => [...plan.listens]), ...destinations.flatMap(({ types }) => [...types])]),
    destinations,
    templateIds: new Map(templates.map((template) => [template.key, template.id])),
    offerIds: new Map(parsedOffers.map(({ id, offer }) => [offer.key, id])),
    storeZones: new Map(stores.map((store) => [store.id, store.time_zone])),
    storeIds: new Map(stores.map((store) => [store.external_id, store.id])),
  };
}

/** Adds the plans of stopped journeys that still hold people. */
export async function loadVersions(transaction: Transaction, workspace: LoadedWorkspace, versionIds: Iterable<string>): Promise<void> {
  const missing = [...new Set(versionIds)].filter((id) => !workspace.plans.has(id));
  if (missing.length === 0) return;
  const versions = await transaction<VersionRow[]>`
    select v.id, v.journey_id, v.number, v.definition, case j.status when 'draft' then 'stopped' else j.status end as status, false as takes_entries, j.drains
    from journey_versions v join journeys j on j.id = v.journey_id where v.id = any(${missing})`;
  for (const version of versions) {
    workspace.plans.set(version.id, compileRow(version));
  }
}
