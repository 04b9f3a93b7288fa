/** The attributes, and the values of a field, that customers and events have had so far: what a condition may be about. Looked for among the newest, so that it answers at once. */
import type { Transaction } from '#db/connection.ts';

const CUSTOMERS_LOOKED_AT = 20_000;
const EVENTS_LOOKED_AT = 5_000;
const MOST_ATTRIBUTES = 200;

export type SeenValue = { value: string | number | boolean; count: number };
/** Where values are looked for: in the profile, its tags, an attribute, or a property of the events of a type. */
export type SeenIn = { in: 'profile' | 'attribute'; name: string } | { in: 'tags' } | { in: 'event'; type: string; path: string[] };

export const listAttributes = (transaction: Transaction): Promise<{ name: string; count: number }[]> => transaction<{ name: string; count: number }[]>`
  select key as name, count(*)::int as count from (select profile -> 'attributes' as attributes from customers order by id desc limit ${CUSTOMERS_LOOKED_AT}) c, jsonb_object_keys(coalesce(c.attributes, '{}')) key
   group by 1 order by 2 desc, 1 limit ${MOST_ATTRIBUTES}`;

const valuesIn = (transaction: Transaction, workspaceId: string, seen: SeenIn) => {
  if (seen.in === 'event') return transaction`select properties #> ${seen.path} as value from (select properties from events where workspace_id = ${workspaceId} and type = ${seen.type} and outcome = 'accepted' order by id desc limit ${EVENTS_LOOKED_AT}) e`;
  if (seen.in === 'tags') return transaction`select tag as value from (select profile from customers order by id desc limit ${CUSTOMERS_LOOKED_AT}) c, jsonb_array_elements(coalesce(profile -> 'tags', '[]')) tag`;
  const path = seen.in === 'attribute' ? ['attributes', seen.name] : [seen.name];
  return transaction`select profile #> ${path} as value from (select profile from customers order by id desc limit ${CUSTOMERS_LOOKED_AT}) c`;
};

/** The most frequent values that begin with a text, whatever its case; those of no use in a comparison, such as lists, are left out. */
export function listValues(transaction: Transaction, workspaceId: string, seen: SeenIn, find: string, limit: number): Promise<SeenValue[]> {
  const begins = `${find.replace(/[\\%_]/g, '\\$&')}%`;
  return transaction<SeenValue[]>`
    select value, count(*)::int as count from (${valuesIn(transaction, workspaceId, seen)}) v
     where jsonb_typeof(value) in ('string', 'number', 'boolean') and value #>> '{}' <> '' and value #>> '{}' ilike ${begins} group by 1 order by 2 desc, 1 limit ${limit}`;
}
