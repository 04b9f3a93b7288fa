/** The attributes, and the values of a field, that customers and events have had so far: what a condition may be about. Looked for among the newest, so that it answers at once. */
import type { Transaction } from '#db/connection.ts';
import { seenBy } from '#db/queries/seen-customers.ts';

const CUSTOMERS_LOOKED_AT = 20_000;
const EVENTS_LOOKED_AT = 5_000;
const MOST_ATTRIBUTES = 200;

export type SeenValue = { value: string | number | boolean; count: number };
/** Where values are looked for: in the profile, its tags, an attribute, or a property of the events of a type. */
export type SeenIn = { in: 'profile' | 'attribute'; name: string } | { in: 'tags' } | { in: 'event'; type: string; path: string[] };

/** Customers among whom one looks: all, or those whom some stores see. */
const among = (transaction: Transaction, storeIds: readonly string[] | null) => (storeIds === null ? transaction`true` : transaction`id in (${seenBy(transaction, storeIds)})`);

export const listAttributes = (transaction: Transaction, storeIds: readonly string[] | null): Promise<{ name: string; count: number }[]> => transaction<{ name: string; count: number }[]>`
  select key as name, count(*)::int as count from (select profile -> 'attributes' as attributes from customers where ${among(transaction, storeIds)} order by id desc limit ${CUSTOMERS_LOOKED_AT}) c, jsonb_object_keys(coalesce(c.attributes, '{}')) key
   group by 1 order by 2 desc, 1 limit ${MOST_ATTRIBUTES}`;

const valuesIn = (transaction: Transaction, workspaceId: string, seen: SeenIn, storeIds: readonly string[] | null) => {
  const ours = among(transaction, storeIds);
  if (seen.in === 'event') return transaction`select properties #> ${seen.path} as value from (select properties from events where workspace_id = ${workspaceId} and type = ${seen.type} and outcome = 'accepted' and (${storeIds === null} or store_id = any(${[...(storeIds ?? [])]}::uuid[])) order by id desc limit ${EVENTS_LOOKED_AT}) e`;
  if (seen.in === 'tags') return transaction`select tag as value from (select profile from customers where ${ours} order by id desc limit ${CUSTOMERS_LOOKED_AT}) c, jsonb_array_elements(coalesce(profile -> 'tags', '[]')) tag`;
  const path = seen.in === 'attribute' ? ['attributes', seen.name] : [seen.name];
  return transaction`select profile #> ${path} as value from (select profile from customers where ${ours} order by id desc limit ${CUSTOMERS_LOOKED_AT}) c`;
};

/** The most frequent values that begin with a text, whatever its case; those of no use in a comparison, such as lists, are left out. */
export function listValues(transaction: Transaction, workspaceId: string, seen: SeenIn, { find, limit, storeIds }: { find: string; limit: number; storeIds: readonly string[] | null }): Promise<SeenValue[]> {
  const begins = `${find.replace(/[\\%_]/g, '\\$&')}%`;
  return transaction<SeenValue[]>`
    select value, count(*)::int as count from (${valuesIn(transaction, workspaceId, seen, storeIds)}) v
     where jsonb_typeof(value) in ('string', 'number', 'boolean') and value #>> '{}' <> '' and value #>> '{}' ilike ${begins} group by 1 order by 2 desc, 1 limit ${limit}`;
}
