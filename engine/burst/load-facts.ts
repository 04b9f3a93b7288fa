/** Step three of a burst: the facts that the plans in play say they need, in bulk, in as few statements as there are kinds of fact. */
import type { Transaction } from '#db/connection.ts';
import { Consent } from '#domain/customers/consent.ts';
import { customerZone } from '#domain/customers/customer-zone.ts';
import { Contract } from '#domain/customers/contracts.ts';
import { CustomerFigures } from '#domain/customers/figures.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Relative } from '#domain/customers/relatives.ts';
import type { CustomerFacts } from '#domain/enrollments/facts.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { ledgerReachSeconds } from '#domain/pressure/policy.ts';
import { DAY_MS, formatInstant, type Instant } from '#domain/shared/time.ts';
import { loadAddresses, loadStops, reachableBy, withPostal } from '#engine/burst/load-addresses.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';

type CustomerRow = { id: string; created_at: Date; profile: unknown; figures: unknown };

/** Conditions alone may ask too, without a journey. */
type AskingPlan = Pick<Plan, 'needs'> & Partial<Pick<Plan, 'journey'>>;
type Loading = Promise<Map<string, CustomerFacts>>;

/** The facts of each customer at `now`, before any of the events gathered in this burst is in their history. All kinds are asked for at once. */
export async function loadFacts(
  transaction: Transaction, workspace: LoadedWorkspace, plans: Iterable<AskingPlan>, customerIds: string[], routed: Map<string, number>, now: Instant,
): Loading {
  const asking = [...plans];
  const loading = loadCustomers(transaction, workspace, customerIds);
  const [facts] = await Promise.all([
    loading,
    loadConsents(transaction, loading, customerIds),
    loadRelatives(transaction, loading, asking, customerIds),
    loadContracts(transaction, loading, asking, customerIds),
    loadLoyalty(transaction, loading, customerIds),
    loadPressure(transaction, workspace, loading, customerIds, now),
    loadHistory(transaction, loading, asking, customerIds, routed, now),
  ]);
  return facts;
}

async function loadCustomers(transaction: Transaction, workspace: LoadedWorkspace, customerIds: string[]): Loading {
  const [customers, addresses] = await Promise.all([
    transaction<CustomerRow[]>`select id, created_at, profile, figures from customers where id = any(${customerIds})`, loadAddresses(transaction, customerIds),
  ]);
  const profiles = new Map(customers.map((row) => [row.id, CustomerProfile.parse(row.profile)]));
  for (const [id, profile] of profiles) withPostal(addresses, id, profile, workspace.rules.country);
  const stops = await loadStops(transaction, workspace.id, addresses);
  const facts = new Map<string, CustomerFacts>();
  for (const row of customers) {
    const profile = profiles.get(row.id) ?? CustomerProfile.parse({});
    const mine = addresses.get(row.id);
    const { zone, source } = customerZone({ profile, phone: mine?.phone ?? null, storeZone: profile.storeId ? (workspace.storeZones.get(profile.storeId) ?? null) : null, workspaceZone: workspace.rules.timeZone });
    facts.set(row.id, {
      customerId: row.id,
      createdAt: row.created_at.getTime(),
      profile,
      figures: CustomerFigures.parse(row.figures),
      zone,
      zoneSource: source,
      reachable: reachableBy(mine, stops),
      consents: [], relatives: [], contracts: [], balances: {}, vouchers: [], pressure: [], history: [],
    });
  }
  return facts;
}

async function loadConsents(transaction: Transaction, loading: Loading, customerIds: string[]): Promise<void> {
  const rows = await transaction<{ customer_id: string; purpose: string; channel: string; state: string; source: string; wording_version: string | null; proof: unknown; at: Date }[]>`
    select distinct on (customer_id, purpose, channel) customer_id, purpose, channel, state, source, wording_version, proof, at
    from consents where customer_id = any(${customerIds}) order by customer_id, purpose, channel, id desc`;
  const facts = await loading;
  for (const row of rows) {
    facts.get(row.customer_id)?.consents.push(Consent.parse({
      purpose: row.purpose, channel: row.channel, state: row.state, source: row.source, at: row.at.getTime(), ...(row.wording_version ? { wordingVersion: row.wording_version } : {}), ...(row.proof ? { proof: row.proof } : {}),
    }));
  }
}

/** Whether some journey begins by dates of theirs: nothing else reads them in a burst. */
const goesBy = (plans: AskingPlan[], whose: 'relative' | 'contract'): boolean => plans.some(({ journey }) => journey?.entry.trigger.kind === 'date' && journey.entry.trigger.of.whose === whose);

async function loadRelatives(transaction: Transaction, loading: Loading, plans: AskingPlan[], customerIds: string[]): Promise<void> {
  if (!goesBy(plans, 'relative')) return;
  const rows = await transaction<{ id: string; customer_id: string; kind: string; first_name: string | null; birth_date: string | null }[]>`
    select id, customer_id, kind, first_name, birth_date::text from relatives where customer_id = any(${customerIds}) order by id`;
  const facts = await loading;
  for (const { id, customer_id: customerId, kind: relation, first_name: firstName, birth_date: birthDate } of rows) {
    facts.get(customerId)?.relatives.push(Relative.parse({ id, relation, ...(firstName ? { firstName } : {}), ...(birthDate ? { birthDate } : {}) }));
  }
}

async function loadContracts(transaction: Transaction, loading: Loading, plans: AskingPlan[], customerIds: string[]): Promise<void> {
  if (!goesBy(plans, 'contract')) return;
  const rows = await transaction<{ id: string; customer_id: string; kind: string; reference: string | null; starts_on: string; ends_on: string | null; status: string }[]>`
    select id, customer_id, kind, reference, starts_on::text, ends_on::text, status from contracts where customer_id = any(${customerIds}) order by id`;
  const facts = await loading;
  for (const { customer_id: customerId, reference, starts_on: startsOn, ends_on: endsOn, ...contract } of rows) {
    facts.get(customerId)?.contracts.push(Contract.parse({ ...contract, startsOn, ...(reference ? { reference } : {}), ...(endsOn ? { endsOn } : {}) }));
  }
}

async function loadLoyalty(transaction: Transaction, loading: Loading, customerIds: string[]): Promise<void> {
  const [balances, vouchers, facts] = await Promise.all([
    transaction<{ customer_id: string; programme_key: string; amount: number }[]>`
      select customer_id, programme_key, amount from balances where customer_id = any(${customerIds}) and account = 'customer:available'`,
    transaction<{ customer_id: string; key: string; status: 'issued' | 'redeemed' | 'revoked'; valid_from: Date; valid_until: Date | null }[]>`
      select v.customer_id, o.key, v.status, v.valid_from, v.valid_until from vouchers v join offers o on o.id = v.offer_id
      where v.customer_id = any(${customerIds}) order by v.issued_at, v.id`,
    loading,
  ]);
  for (const row of balances) {
    const mine = facts.get(row.customer_id);
    if (mine) mine.balances[row.programme_key] = row.amount;
  }
  for (const row of vouchers) {
    facts.get(row.customer_id)?.vouchers.push({ offerKey: row.key, status: row.status, validFrom: row.valid_from.getTime(), validUntil: row.valid_until?.getTime() ?? null });
  }
}

async function loadPressure(transaction: Transaction, workspace: LoadedWorkspace, loading: Loading, customerIds: string[], now: Instant): Promise<void> {
  const since = formatInstant(now - ledgerReachSeconds(workspace.rules.policy) * 1_000);
  const rows = await transaction<{ customer_id: string; entry: object; at: Date; state: string }[]>`
    select customer_id, entry, at, state from pressure_entries where customer_id = any(${customerIds}) and at >= ${since}::text::timestamptz order by at, message_key`;
  const facts = await loading;
  for (const row of rows) facts.get(row.customer_id)?.pressure.push(LedgerEntry.parse({ ...row.entry, at: row.at.getTime(), state: row.state }));
}

async function loadHistory(
  transaction: Transaction, loading: Loading, plans: AskingPlan[], customerIds: string[], routed: Map<string, number>, now: Instant,
): Promise<void> {
  const days = new Map<string, number>();
  for (const plan of plans) for (const need of plan.needs.eventTypes) days.set(need.type, Math.max(days.get(need.type) ?? 0, need.withinDays ?? 36_525));
  if (days.size === 0) return;
  const rows = await transaction<{ customer_id: string; no: number; type: string; occurred_at: Date; properties: Record<string, unknown> }[]>`
    select e.customer_id, e.no, e.type, e.occurred_at, e.properties
    from events e join unnest(${[...days.keys()]}::text[], ${[...days.values()].map((count) => formatInstant(now - count * DAY_MS))}::text[]) n(type, since) on n.type = e.type
    where e.customer_id = any(${customerIds}) and e.outcome = 'accepted' and e.occurred_at >= n.since::timestamptz order by e.customer_id, e.no`;
  const facts = await loading;
  for (const row of rows) {
    if (row.no <= (routed.get(row.customer_id) ?? 0)) facts.get(row.customer_id)?.history.push({ type: row.type, occurredAt: row.occurred_at.getTime(), properties: row.properties });
  }
}
