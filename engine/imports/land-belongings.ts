/** Brings in what belongs to customers who are known already: their consents, and their families. A row that names nobody we know is refused. */
import { v7 as newId } from 'uuid';
import { insertRows } from '#db/insert-rows.ts';
import { chooseCustomer, type Identifier } from '#domain/customers/identifiers.ts';
import { MOST_RELATIVES, type Relative } from '#domain/customers/relatives.ts';
import type { Placed } from '#domain/imports/gather-orders.ts';
import { findRelative } from '#domain/imports/land.ts';
import type { ConsentRow, RelativeRow } from '#domain/imports/read-row.ts';
import { formatId } from '#domain/shared/ids.ts';
import { appendSystemEvents, type SystemEvent } from '#engine/append-system-events.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { findPeople } from '#engine/ingest/resolve-customers.ts';
import { keepConsents } from './keep-consents.ts';
import { count, newLanding, unknownCustomer, type Landing, type LandingContext } from './landing.ts';

type Owned<R> = Placed<R> & { customerId: string };

/** Finds the customer of each row and locks them. */
async function findOwners<R extends { identifiers: Identifier[] }>({ transaction }: LandingContext, rows: Placed<R>[], landing: Landing): Promise<Owned<R>[]> {
  const { owners } = await findPeople(transaction, rows.map(({ row: { identifiers } }) => ({ customerId: null, identifiers })));
  const owned = rows.flatMap((placed) => {
    const { customerId } = chooseCustomer(placed.row.identifiers.flatMap(({ kind, value }) => {
      const owner = owners.get(`${kind} ${value}`);
      return owner ? [{ kind, customerId: owner }] : [];
    }));
    if (customerId !== null) return [{ ...placed, customerId }];
    landing.problems.set(placed.line, [unknownCustomer]);
    return [];
  });
  await lockHeads(transaction, [...new Set(owned.map(({ customerId }) => customerId))]);
  return owned;
}

export async function landConsents(context: LandingContext, rows: Placed<ConsentRow>[]): Promise<Landing> {
  const landing = newLanding();
  const owned = await findOwners(context, rows, landing);
  await keepConsents(context, owned.map(({ customerId, row: { consent } }) => ({ ...consent, customerId })), landing);
  return landing;
}

type RelativeDbRow = { id: string; customer_id: string; kind: Relative['relation']; first_name: string | null; birth_date: string | null };

export async function landRelatives(context: LandingContext, rows: Placed<RelativeRow>[]): Promise<Landing> {
  const landing = newLanding();
  const { transaction, workspace, settings, now } = context;
  const owned = await findOwners(context, rows, landing);
  const stored = await transaction<RelativeDbRow[]>`
    select id, customer_id, kind, first_name, birth_date::text from relatives where customer_id = any(${[...new Set(owned.map(({ customerId }) => customerId))]}) order by id`;
  const relativesOf = new Map<string, Relative[]>();
  for (const { id, customer_id, kind, first_name, birth_date } of stored) relativesOf.set(customer_id, [...(relativesOf.get(customer_id) ?? []), { id, relation: kind, ...(first_name !== null && { firstName: first_name }), ...(birth_date !== null && { birthDate: birth_date }) }]);
  const put = new Map<string, { customerId: string; relative: Relative; isNew: boolean }>();
  const events: SystemEvent[] = [];
  const note = (customerId: string, relative: Relative, change: 'added' | 'changed', fields?: string[]): void => void events.push({
    customerId, type: 'relative.changed', occurredAt: now, historical: !settings.startsJourneys, properties: { relativeId: formatId('relative', relative.id), change, relation: relative.relation, ...(fields && { fields }) },
  });
  for (const { line, customerId, row } of owned) {
    const known = relativesOf.get(customerId) ?? [];
    const found = findRelative(known, row);
    const wins = (current: string | undefined, said: string | null): string | undefined => (said === null || (current !== undefined && settings.known !== 'update') ? current : said);
    const [firstName, birthDate] = [wins(found?.firstName, row.firstName), wins(found?.birthDate, row.birthDate)];
    const relative: Relative = { id: found?.id ?? newId(), relation: row.relation, ...(firstName !== undefined && { firstName }), ...(birthDate !== undefined && { birthDate }) };
    if (!found && known.length >= MOST_RELATIVES) {
      landing.problems.set(line, [{ field: null, code: 'import.tooManyRelatives', message: `A customer has at most ${MOST_RELATIVES} relatives.`, figures: { most: MOST_RELATIVES } }]);
      continue;
    }
    const fields = found ? [...(found.firstName === firstName ? [] : ['first_name']), ...(found.birthDate === birthDate ? [] : ['birth_date'])] : [];
    if (found && (settings.known === 'leave' || fields.length === 0)) {
      count(landing, fields.length === 0 ? 'left.same' : 'left.known');
      continue;
    }
    relativesOf.set(customerId, [...known.filter(({ id }) => id !== relative.id), relative]);
    put.set(relative.id, { customerId, relative, isNew: put.get(relative.id)?.isNew ?? !found });
    note(customerId, relative, found ? 'changed' : 'added', found ? fields : undefined);
    count(landing, found ? 'updated' : 'created');
  }
  await transaction`delete from relatives where id = any(${[...put].filter(([, { isNew }]) => !isNew).map(([id]) => id)}::uuid[])`;
  await insertRows(transaction, 'relatives', [...put.values()].map(({ customerId, relative: { id, relation, firstName, birthDate } }) => ({ id, workspace_id: workspace.id, customer_id: customerId, kind: relation, first_name: firstName ?? null, birth_date: birthDate ?? null })));
  landing.events += await appendSystemEvents(transaction, workspace.id, events);
  return landing;
}
