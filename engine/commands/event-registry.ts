/** Commands on the registry of event types (§11.4): what the events of a type hold is agreed, or ended; and what becomes of types that nobody knows. */
import type { JSONValue } from 'postgres';
import type { EventSchema } from '#domain/events/event-schema.ts';
import { RESERVED_TYPE_PREFIXES } from '#domain/events/parse-event.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

/**
 * Agrees what events of the type hold from the next one on; null ends the agreement. `version` is the one that was read, 0 when there was none. A type that
 * nobody has posted yet is known to the registry from now on. Answers the new version.
 */
export async function agreeSchema(context: CommandContext, type: string, schema: EventSchema | null, version: number): Promise<number> {
  const { transaction, workspaceId, actor } = context;
  if (RESERVED_TYPE_PREFIXES.some((prefix) => type.startsWith(prefix))) throw new PermanentError('eventType.reserved', `Events of type «${type}» are written by Parcours itself: there is nothing to agree.`);
  const [last] = await transaction<{ version: number; schema: unknown }[]>`select version, schema from event_schemas where type = ${type} order by version desc limit 1`;
  if ((last?.version ?? 0) !== version) throw new PermanentError('eventType.version', `The schema of «${type}» was changed meanwhile: read it again.`);
  const next = version + 1;
  const written = await transaction`
    insert into event_schemas (workspace_id, type, version, schema, agreed_by) values (${workspaceId}, ${type}, ${next}, ${schema === null ? null : transaction.json(schema as JSONValue)}, ${actor}) on conflict do nothing returning version`;
  if (written.length === 0) throw new PermanentError('eventType.version', `The schema of «${type}» was changed meanwhile: read it again.`);
  if (schema !== null) await transaction`insert into event_types (workspace_id, type, sample, first_seen_at) values (${workspaceId}, ${type}, '{}', workspace_now(${workspaceId})) on conflict do nothing`;
  await audit(context, { action: schema === null ? 'eventType.end' : 'eventType.agree', subject: type, before: last?.schema ?? null, after: schema });
  await raiseEpoch(context);
  return next;
}

/** `quarantined`: an event of a type that the registry does not know is kept without effect, until its type is agreed and it is replayed. */
export async function setUnknownTypes(context: CommandContext, unknownTypes: 'accepted' | 'quarantined'): Promise<void> {
  const { transaction, workspaceId } = context;
  const closed = unknownTypes === 'quarantined';
  const [before] = await transaction<{ closed: boolean | null }[]>`select (settings ->> 'registryClosed')::boolean as closed from workspaces where id = ${workspaceId} for update`;
  await transaction`update workspaces set settings = settings || jsonb_build_object('registryClosed', ${closed}::boolean) where id = ${workspaceId}`;
  await audit(context, { action: 'eventType.unknown', subject: 'registry', before: { unknownTypes: before?.closed ? 'quarantined' : 'accepted' }, after: { unknownTypes } });
  await raiseEpoch(context);
}
