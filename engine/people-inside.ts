/** The people inside a journey as moving looks at them: how many stand where, and page by page with the zone that their waits are counted in. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { customerZone } from '#domain/customers/customer-zone.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { MoverSight } from '#domain/enrollments/move-to-version.ts';
import { EventInHand, Waiting } from '#domain/enrollments/state.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import { Journey } from '#domain/journeys/definition.ts';

export type PeopleAt = { versionId: string; nodeId: string; people: number };

/** How many people of which version stand at which step. */
export const countPeople = (transaction: Transaction, journeyId: string): Promise<PeopleAt[]> => transaction<PeopleAt[]>`
  select version_id as "versionId", node_id as "nodeId", count(*)::int as people from enrollments where journey_id = ${journeyId} and ended_at is null group by 1, 2 order by 2, 1`;

/** The plans of the versions that hold people. */
export async function loadHoldingPlans(transaction: Transaction, journeyId: string, versionIds: Iterable<string>): Promise<Map<string, Plan>> {
  const rows = await transaction<{ id: string; number: number; definition: unknown }[]>`select id, number, definition from journey_versions where id = any(${[...new Set(versionIds)]}) order by number`;
  return new Map(rows.map(({ id, number, definition }) => [id, compileJourney(Journey.parse(definition), { journeyId, versionId: id, versionNumber: number, status: 'live', takesEntries: false })]));
}

const Row = z.object({
  id: z.string(), customerId: z.string(), name: z.string().nullable(), versionId: z.string(), nodeId: z.string(), waiting: Waiting.nullable(),
  profile: CustomerProfile, event: EventInHand.nullable(), phone: z.string().nullable(), storeZone: z.string().nullable(), workspaceZone: z.string(),
});
export type PersonInside = { id: string; customerId: string; name: string | null; versionId: string; nodeId: string; waiting: Waiting | null; sight: MoverSight };

/** In the order of their enrollments, those after `after`; only those at these steps when asked. */
export async function readPeople(transaction: Transaction, journeyId: string, page: { after: string | null; limit: number; nodeIds: string[] | null }): Promise<PersonInside[]> {
  const rows = await transaction`
    select e.id, e.customer_id as "customerId", nullif(trim(concat_ws(' ', c.profile ->> 'firstName', c.profile ->> 'lastName')), '') as name, e.version_id as "versionId", e.node_id as "nodeId",
           nullif(e.state -> 'waiting', 'null') as waiting, c.profile, nullif(e.state -> 'event', 'null') as event,
           (select i.value from customer_identifiers i where i.customer_id = c.id and i.kind = 'phone' order by i.created_at desc, i.value limit 1) as phone,
           (select s.time_zone from stores s where s.id::text = c.profile ->> 'storeId') as "storeZone", w.time_zone as "workspaceZone"
      from enrollments e join customers c on c.id = e.customer_id join workspaces w on w.id = e.workspace_id
     where e.journey_id = ${journeyId} and e.ended_at is null and (${page.after}::uuid is null or e.id > ${page.after}) and (${page.nodeIds}::text[] is null or e.node_id = any(${page.nodeIds}))
     order by e.id limit ${page.limit}`;
  return rows.map((raw) => {
    const { profile, event, phone, storeZone, workspaceZone, ...row } = Row.parse(raw);
    return { ...row, sight: { zone: customerZone({ profile, phone, storeZone, workspaceZone }).zone, profile, event } };
  });
}
