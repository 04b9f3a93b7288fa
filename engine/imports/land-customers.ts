/** Brings rows of customers in: who is new is created, who is known is changed as the import says, and what they said of being contacted is kept (§6.4). */
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { Placed } from '#domain/imports/gather-orders.ts';
import { landProfile } from '#domain/imports/land.ts';
import type { CustomerRow } from '#domain/imports/read-row.ts';
import { formatId } from '#domain/shared/ids.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { findPeople, resolveCustomers } from '#engine/ingest/resolve-customers.ts';
import { keepConsents } from './keep-consents.ts';
import { count, newLanding, unknownStore, type Landing, type LandingContext } from './landing.ts';

type Named = Placed<CustomerRow> & { customerId: string; storeId: string | null };

/** Gives each row its customer, who is made when nobody has its identifiers. Rows of a store that is not there are left out. */
async function nameCustomers({ transaction, workspace, importId, now }: LandingContext, rows: Placed<CustomerRow>[], landing: Landing): Promise<{ named: Named[]; created: Set<string>; phoned: Iterable<string> }> {
  const wanted = rows.filter(({ line, row: { store } }) => {
    if (store === null || workspace.storeIds.has(store)) return true;
    landing.problems.set(line, [unknownStore(store)]);
    return false;
  });
  const keyOf = (line: number): string => `${formatId('import', importId)}:${line}`;
  const people = await findPeople(transaction, wanted.map(({ row: { identifiers } }) => ({ customerId: null, identifiers })));
  const asked = wanted.map(({ line, row: { identifiers } }) => ({ eventId: keyOf(line), customerId: null, identifiers, source: 'import' }));
  const { resolved, created, phoned } = await resolveCustomers(transaction, workspace.id, asked, people, now);
  return {
    named: wanted.flatMap((placed) => {
      const customerId = resolved.get(keyOf(placed.line));
      return customerId ? [{ ...placed, customerId, storeId: placed.row.store === null ? null : (workspace.storeIds.get(placed.row.store) ?? null) }] : [];
    }),
    created: new Set(created), phoned: phoned.keys(),
  };
}

/** Folds the rows over the profiles, in the order of the file. Answers which fields of whom changed. */
async function changeProfiles({ transaction, settings }: LandingContext, named: Named[], created: Set<string>, landing: Landing): Promise<Map<string, Set<string>>> {
  const rows = await transaction<{ id: string; profile: unknown }[]>`select id, profile from customers where id = any(${[...new Set(named.map(({ customerId }) => customerId))]})`;
  const profiles = new Map(rows.map(({ id, profile }) => [id, CustomerProfile.parse(profile)]));
  const fieldsOf = new Map<string, Set<string>>();
  const met = new Set<string>();
  for (const { customerId, storeId, row } of named) {
    const isNew = created.has(customerId) && !met.has(customerId);
    met.add(customerId);
    const profile = profiles.get(customerId);
    const landed = profile && landProfile(profile, { ...row.profile, ...(storeId !== null && { storeId }) }, created.has(customerId) ? 'update' : settings.known);
    if (landed) {
      profiles.set(customerId, landed.profile);
      fieldsOf.set(customerId, new Set([...(fieldsOf.get(customerId) ?? []), ...landed.fields]));
    }
    count(landing, isNew ? 'created' : landed ? 'updated' : settings.known === 'leave' ? 'left.known' : 'left.same');
  }
  const changed = [...fieldsOf.keys()].map((id) => ({ id, profile: profiles.get(id) }));
  if (changed.length > 0) await transaction`update customers c set profile = n.profile from jsonb_to_recordset(${transaction.json(changed as never)}) n(id uuid, profile jsonb) where c.id = n.id`;
  return fieldsOf;
}

export async function landCustomers(context: LandingContext, rows: Placed<CustomerRow>[]): Promise<Landing> {
  const landing = newLanding();
  const { transaction, workspace, settings, now } = context;
  const { named, created, phoned } = await nameCustomers(context, rows, landing);
  await lockHeads(transaction, [...new Set(named.map(({ customerId }) => customerId))]);
  const fieldsOf = await changeProfiles(context, named, created, landing);
  for (const customerId of phoned) fieldsOf.set(customerId, new Set([...(fieldsOf.get(customerId) ?? []), 'phone']));
  const historical = !settings.startsJourneys;
  landing.events += await appendSystemEvents(transaction, workspace.id, [
    ...[...created].map((customerId) => ({ customerId, type: 'customer.created', properties: {}, occurredAt: now, historical })),
    ...[...fieldsOf].map(([customerId, fields]) => ({ customerId, type: 'customer.changed', properties: { fields: [...fields] }, occurredAt: now, historical })),
  ]);
  await keepConsents(context, named.flatMap(({ customerId, row: { consents } }) => consents.map((consent) => ({ ...consent, customerId }))), landing);
  return landing;
}
