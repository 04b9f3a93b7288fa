/** The registry of event types: what was agreed, and the samples from which a schema is learned when somebody looks, so that ingest pays nothing for it. */
import type { Transaction } from '#db/connection.ts';
import { EventSchema } from '#domain/events/event-schema.ts';

/** `schema` is null in a version that ended the agreement. */
export type SchemaVersion = { version: number; schema: EventSchema | null; agreedBy: string; agreedAt: Date };

/** Newest first. */
export async function listSchemaVersions(transaction: Transaction, type: string): Promise<SchemaVersion[]> {
  const rows = await transaction<{ version: number; schema: unknown; agreedBy: string; agreedAt: Date }[]>`
    select version, schema, agreed_by as "agreedBy", agreed_at as "agreedAt" from event_schemas where type = ${type} order by version desc limit 100`;
  return rows.map((row) => ({ ...row, schema: row.schema === null ? null : EventSchema.parse(row.schema) }));
}

/** The schemas in force, by type. */
export async function loadAgreedSchemas(transaction: Transaction): Promise<Map<string, EventSchema>> {
  const rows = await transaction<{ type: string; schema: unknown }[]>`select distinct on (type) type, schema from event_schemas order by type, version desc`;
  return new Map(rows.flatMap(({ type, schema }) => (schema === null ? [] : [[type, EventSchema.parse(schema)] as const])));
}

export type TypeFacts = { firstSeenAt: Date | null; quarantined: number };

export async function findTypeFacts(transaction: Transaction, workspaceId: string, type: string): Promise<TypeFacts> {
  const [row] = await transaction<TypeFacts[]>`
    select (select first_seen_at from event_types where type = ${type}) as "firstSeenAt",
           (select count(*)::int from events where workspace_id = ${workspaceId} and outcome = 'quarantined' and type = ${type}) as quarantined`;
  return row ?? { firstSeenAt: null, quarantined: 0 };
}

/** Properties of the last events of a type, of `storeIds` those that happened there; of those kept without effect when none was accepted yet. */
export async function listSamples(transaction: Transaction, workspaceId: string, type: string, limit: number, storeIds: readonly string[] | null = null): Promise<Record<string, unknown>[]> {
  const last = (outcome: 'accepted' | 'quarantined') => transaction<{ properties: Record<string, unknown> }[]>`
    select properties from events where workspace_id = ${workspaceId} and type = ${type} and outcome = ${outcome}
       and (${storeIds === null} or store_id = any(${[...(storeIds ?? [])]}::uuid[])) order by id desc limit ${limit}`;
  const accepted = await last('accepted');
  return (accepted.length > 0 ? accepted : await last('quarantined')).map(({ properties }) => properties);
}
