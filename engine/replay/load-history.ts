/** Reads all that is kept of one customer's past, for the kernel to live through it again (§12.1). It writes nothing. */
import type { Transaction } from '#db/connection.ts';
import { Consent } from '#domain/customers/consent.ts';
import { compileJourney } from '#domain/journeys/compile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { JOURNEY_STATES, type StoredEnrollment, type StoredHistory, type StoredMessage, type StoredMovement, type StoredTrace, type StoredVoucher } from '#domain/replay/stored-history.ts';
import { parseId } from '#domain/shared/ids.ts';
import { readEvent, readNow } from '#engine/burst/gather.ts';
import { loadFacts } from '#engine/burst/load-facts.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';

type Times<T, K extends keyof T> = Omit<T, K> & { [key in K]: T[key] extends null ? never : null extends T[key] ? Date | null : Date };
const ms = (at: Date): number => at.getTime();
const msOrNull = (at: Date | null): number | null => at?.getTime() ?? null;

async function loadVersions(transaction: Transaction): Promise<StoredHistory['versions']> {
  const rows = await transaction<{ id: string; journey_id: string; number: number; definition: unknown; published_at: Date }[]>`
    select id, journey_id, number, definition, published_at from journey_versions order by published_at, number`;
  return rows.map((row) => ({
    plan: compileJourney(Journey.parse(row.definition), { journeyId: row.journey_id, versionId: row.id, versionNumber: row.number, status: 'live', takesEntries: false }), publishedAt: ms(row.published_at),
  }));
}

async function loadStates(transaction: Transaction): Promise<StoredHistory['states']> {
  const rows = await transaction<{ subject: string; state: string | null; at: Date }[]>`
    select subject, after ->> 'status' as state, at from audit_lines where action in ('journey.pause', 'journey.resume', 'journey.stop') order by id`;
  return rows.flatMap(({ subject, state, at }) => {
    const journeyId = parseId('journey', subject);
    const known = JOURNEY_STATES.find((each) => each === state);
    return journeyId !== null && known ? [{ journeyId, state: known, at: ms(at) }] : [];
  });
}

async function loadLoyalty(transaction: Transaction, customerId: string): Promise<Pick<StoredHistory, 'movements' | 'vouchers' | 'limitedOffers'>> {
  const movements = await transaction<Times<StoredMovement, 'at' | 'countsFrom'>[]>`
    select p.transfer_key as "transferKey", p.programme_key as "programmeKey", p.amount, p.kind, p.at, case when e.customer_id = p.customer_id or e.type = 'return' then p.event_id end as "eventId", coalesce(e.accepted_at, p.at) as "countsFrom", p.kind = 'give' as "ofJourney"
      from postings p left join events e on e.id = p.event_id where p.customer_id = ${customerId} and p.account = 'customer:available' order by p.id`;
  const vouchers = await transaction<Times<StoredVoucher, 'issuedAt' | 'redeemedAt' | 'validFrom' | 'validUntil'>[]>`
    select v.grant_key as "grantKey", o.key as "offerKey", v.issued_at as "issuedAt", v.redeemed_at as "redeemedAt", v.valid_from as "validFrom", v.valid_until as "validUntil",
           exists (select from enrollments n where n.customer_id = v.customer_id and v.grant_key like n.id::text || ':%') as "ofJourney"
      from vouchers v join offers o on o.id = v.offer_id where v.customer_id = ${customerId} order by v.issued_at, v.id`;
  const offers = await transaction<{ key: string }[]>`select key from offers where stock_total is not null`;
  return {
    movements: movements.map((row) => ({ ...row, amount: Number(row.amount), at: ms(row.at), countsFrom: ms(row.countsFrom) })),
    vouchers: vouchers.map((row) => ({ ...row, issuedAt: ms(row.issuedAt), redeemedAt: msOrNull(row.redeemedAt), validFrom: ms(row.validFrom), validUntil: msOrNull(row.validUntil) })),
    limitedOffers: offers.map(({ key }) => key),
  };
}

async function loadDeeds(transaction: Transaction, customerId: string): Promise<Pick<StoredHistory, 'messages' | 'traces' | 'enrollments'>> {
  const messages = await transaction<Times<StoredMessage, 'statusAt' | 'plannedAt' | 'handedOverAt'>[]>`
    select key, journey_id as "journeyId", node_id as "nodeId", channel, category, status, status_at as "statusAt", planned_at as "plannedAt", handed_over_at as "handedOverAt", reason ->> 'code' as "reasonCode"
      from messages where customer_id = ${customerId} and enrollment_id is not null order by id`;
  const traces = await transaction<Times<StoredTrace, 'at'>[]>`
    select kind, at, journey_id as "journeyId", enrollment_id as "enrollmentId", node_id as "nodeId", visit, data from traces where customer_id = ${customerId} order by id`;
  const enrollments = await transaction<Times<StoredEnrollment, 'endedAt'>[]>`
    select id, journey_id as "journeyId", entry_key as "entryKey", ended_at as "endedAt" from enrollments where customer_id = ${customerId}`;
  return {
    messages: messages.map((row) => ({ ...row, statusAt: ms(row.statusAt), plannedAt: ms(row.plannedAt), handedOverAt: msOrNull(row.handedOverAt) })),
    traces: traces.map((row) => ({ ...row, at: ms(row.at) })), enrollments: enrollments.map((row) => ({ ...row, endedAt: msOrNull(row.endedAt) })),
  };
}

async function loadPast(transaction: Transaction, customerId: string): Promise<Pick<StoredHistory, 'events' | 'returnsByOthers' | 'consents' | 'stops' | 'browsers'>> {
  const events = await transaction<Parameters<typeof readEvent>[0][]>`
    select e.id, e.customer_id, e.no, e.type, e.source, e.occurred_at, e.accepted_at, e.store_id, e.historical, e.properties, e.depth
      from events e join heads h on h.customer_id = e.customer_id where e.customer_id = ${customerId} and e.outcome = 'accepted' and e.no <= h.last_routed_no order by e.no`;
  const returnsByOthers = await transaction<Parameters<typeof readEvent>[0][]>`
    select e.id, e.customer_id, e.no, e.type, e.source, e.occurred_at, e.accepted_at, e.store_id, e.historical, e.properties, e.depth
      from orders o join events e on e.workspace_id = o.workspace_id and e.type = 'return' and e.id > o.event_id and e.properties ->> 'orderId' = o.order_id
     where o.customer_id = ${customerId} and (o.returned_whole or o.returned <> '{}') and e.outcome = 'accepted' and e.customer_id is distinct from ${customerId} order by e.accepted_at, e.id`;
  const consents = await transaction<{ purpose: string; channel: string; state: string; source: string; wording_version: string | null; proof: unknown; at: Date; message_key: string | null }[]>`
    select c.purpose, c.channel, c.state, c.source, c.wording_version, c.proof, c.at, m.key as message_key
      from consents c left join messages m on m.customer_id = c.customer_id and m.id::text = c.proof ->> 'messageId' where c.customer_id = ${customerId} order by c.id`;
  const stops = await transaction<{ channel: string; at: Date }[]>`
    select s.channel, s.at from suppressions s join customer_identifiers i on i.value = s.address and i.kind = case s.channel when 'email' then 'email' else 'phone' end where i.customer_id = ${customerId}`;
  const browsers = await transaction<{ since: Date; goneAt: Date | null }[]>`select created_at as since, gone_at as "goneAt" from push_subscriptions where customer_id = ${customerId} order by id`;
  return {
    browsers: browsers.map(({ since, goneAt }) => ({ since: ms(since), goneAt: msOrNull(goneAt) })),
    events: events.map(readEvent), returnsByOthers: returnsByOthers.map(readEvent), stops: stops.map(({ channel, at }) => ({ channel, at: ms(at) })),
    consents: consents.map(({ wording_version: wordingVersion, proof, at, message_key: messageKey, ...consent }) => ({
      ...Consent.parse({ ...consent, at: ms(at), ...(wordingVersion ? { wordingVersion } : {}), ...(proof ? { proof } : {}) }), messageKey,
    })),
  };
}

/** The rules that changed since the first event, and when they last did: the replay knows them only as they are now. */
export type ChangedRule = { what: 'pressurePolicy' | 'programme' | 'offer'; at: number };

/** Null when nobody has the id. */
export async function loadHistory(transaction: Transaction, workspaceId: string, customerId: string): Promise<{ history: StoredHistory; changedSince: ChangedRule[] } | null> {
  const now = await readNow(transaction, workspaceId);
  const workspace = await loadWorkspace(transaction, workspaceId);
  const facts = await loadFacts(transaction, workspace, workspace.plans.values(), [customerId], new Map([[customerId, Number.MAX_SAFE_INTEGER]]), now);
  const factsNow = facts.get(customerId);
  if (!factsNow) return null;
  const history: StoredHistory = {
    factsNow, rules: workspace.rules, currency: workspace.currency, storeZones: workspace.storeZones, storeNames: new Map([...workspace.storeIds].map(([name, id]) => [id, name])),
    versions: await loadVersions(transaction), states: await loadStates(transaction), ...(await loadPast(transaction, customerId)), ...(await loadLoyalty(transaction, customerId)),
    ...(await loadDeeds(transaction, customerId)), until: now,
  };
  const since = history.events[0]?.acceptedAt ?? now;
  const changes = await transaction<{ what: ChangedRule['what']; at: Date | null }[]>`
    select 'pressurePolicy' as what, max(updated_at) as at from pressure_policies union all select 'programme', max(updated_at) from programmes union all select 'offer', max(updated_at) from offers`;
  return { history, changedSince: changes.flatMap(({ what, at }) => (at !== null && ms(at) > since ? [{ what, at: ms(at) }] : [])) };
}
