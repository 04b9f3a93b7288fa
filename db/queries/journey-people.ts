/** Who stands at a step of a journey, by name, and the way one customer took through it. */
import type { Transaction } from '#db/connection.ts';

export type PersonRow = { id: string; customerId: string; name: string | null; nodeId: string; versionNumber: number; enteredAt: Date; wakeAt: Date | null; endedAt: Date | null; ending: string | null; failure: string | null };

/** Names and identifiers are matched from their beginning; a telephone number by its last digits, however it was typed. */
function patternsOf(find: string): { begins: string; ends: string | null } {
  const digits = find.replace(/\D/g, '').replace(/^0+/, '');
  return { begins: `${find.trim().replace(/[\\%_]/g, '\\$&')}%`, ends: /^[\d\s+().-]{6,}$/.test(find) ? `%${digits}` : null };
}

export type WhichPeople = 'inside' | 'failed' | 'left';
export type Choice = { who: WhichPeople; nodeId: string | null; find: string | null; before: string | null; limit: number };

/** Those inside, those whose way through it failed, or all who left, newest first; only those at one node, or those whom a text finds, when asked. */
function chosen(transaction: Transaction, journeyId: string, by: Choice) {
  const { begins, ends } = by.find ? patternsOf(by.find) : { begins: null, ends: null };
  const who = { inside: transaction`e.ended_at is null`, failed: transaction`e.ending = 'failed'`, left: transaction`e.ended_at is not null` }[by.who];
  return transaction`
     where e.journey_id = ${journeyId} and ${who} and (${by.before}::uuid is null or e.id < ${by.before}) and (${by.nodeId}::text is null or e.node_id = ${by.nodeId})
       and (${begins}::text is null or c.profile ->> 'firstName' ilike ${begins} or c.profile ->> 'lastName' ilike ${begins} or concat_ws(' ', c.profile ->> 'firstName', c.profile ->> 'lastName') ilike ${begins}
            or exists (select from customer_identifiers i where i.customer_id = e.customer_id and (i.value ilike ${begins} or i.value like ${ends})))
     order by e.id desc limit ${by.limit}`;
}

/** The people of a choice, those before `before`. */
export const findPeople = (transaction: Transaction, journeyId: string, by: Choice): Promise<PersonRow[]> => transaction<PersonRow[]>`
  select e.id, e.customer_id as "customerId", nullif(trim(concat_ws(' ', c.profile ->> 'firstName', c.profile ->> 'lastName')), '') as name, e.node_id as "nodeId", v.number as "versionNumber",
         e.entered_at as "enteredAt", e.wake_at as "wakeAt", e.ended_at as "endedAt", e.ending, e.state -> 'ending' ->> 'detail' as failure
    from enrollments e join customers c on c.id = e.customer_id join journey_versions v on v.id = e.version_id ${chosen(transaction, journeyId, by)}`;

export type ExportRow = PersonRow & { externalId: string | null; firstName: string | null; lastName: string | null; email: string | null; phone: string | null };
/** The same with the identifiers by which another system knows them. */
export const exportPeople = (transaction: Transaction, journeyId: string, by: Choice): Promise<ExportRow[]> => transaction<ExportRow[]>`
  select e.id, e.customer_id as "customerId", c.profile ->> 'firstName' as "firstName", c.profile ->> 'lastName' as "lastName", e.node_id as "nodeId", v.number as "versionNumber",
         e.entered_at as "enteredAt", e.wake_at as "wakeAt", e.ended_at as "endedAt", e.ending, e.state -> 'ending' ->> 'detail' as failure,
         (select min(value) from customer_identifiers i where i.customer_id = e.customer_id and i.kind = 'externalId') as "externalId",
         (select min(value) from customer_identifiers i where i.customer_id = e.customer_id and i.kind = 'email') as email,
         (select min(value) from customer_identifiers i where i.customer_id = e.customer_id and i.kind = 'phone') as phone
    from enrollments e join customers c on c.id = e.customer_id join journey_versions v on v.id = e.version_id ${chosen(transaction, journeyId, by)}`;

export type PathRow = { kind: string; nodeId: string | null; visit: number | null; port: string | null; at: Date };
export type PathEnrollment = { id: string; name: string | null; versionNumber: number; nodeId: string; enteredAt: Date; endedAt: Date | null; ending: string | null; entries: number };

/** The customer's latest time in the journey, or null when there was none. */
export async function findLatestEnrollment(transaction: Transaction, journeyId: string, customerId: string): Promise<PathEnrollment | null> {
  const [row] = await transaction<PathEnrollment[]>`
    select e.id, nullif(trim(concat_ws(' ', c.profile ->> 'firstName', c.profile ->> 'lastName')), '') as name, v.number as "versionNumber", e.node_id as "nodeId", e.entered_at as "enteredAt", e.ended_at as "endedAt",
           e.ending, (select count(*)::int from enrollments o where o.journey_id = ${journeyId} and o.customer_id = ${customerId}) as entries
      from enrollments e join customers c on c.id = e.customer_id join journey_versions v on v.id = e.version_id
     where e.journey_id = ${journeyId} and e.customer_id = ${customerId} order by e.id desc limit 1`;
  return row ?? null;
}

/** What happened at each step of one enrollment, in its order. */
export const readPath = (transaction: Transaction, enrollmentId: string): Promise<PathRow[]> => transaction<PathRow[]>`
  select kind, node_id as "nodeId", visit, data ->> 'port' as port, at from traces where enrollment_id = ${enrollmentId} order by id limit 2000`;

/** How many people ended early at each node: left, were taken out, failed, or were inside when the journey stopped. */
export const countStopped = (transaction: Transaction, journeyId: string): Promise<{ nodeId: string; count: number; failed: number }[]> => transaction<{ nodeId: string; count: number; failed: number }[]>`
  select node_id as "nodeId", count(*)::int as count, count(*) filter (where ending = 'failed')::int as failed from enrollments
   where journey_id = ${journeyId} and ended_at is not null and ending not in ('completed', 'converted') group by 1 order by 1`;

/** The definition of a published version, as it was published. */
export async function findVersion(transaction: Transaction, journeyId: string, number: number): Promise<{ definition: unknown; publishedAt: Date; publishedBy: string } | null> {
  const [row] = await transaction<{ definition: unknown; publishedAt: Date; publishedBy: string }[]>`
    select definition, published_at as "publishedAt", published_by as "publishedBy" from journey_versions where journey_id = ${journeyId} and number = ${number}`;
  return row ?? null;
}
