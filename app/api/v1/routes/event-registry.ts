/** The registry of event types (§11.4): what the events of a type hold, learned from samples, then agreed; and what becomes of unknown types. */
import { z } from 'zod';
import { findTypeFacts, listSamples, listSchemaVersions } from '#db/queries/event-registry.ts';
import { nameActors } from '#db/queries/settings.ts';
import { checkProperties, EventSchema } from '#domain/events/event-schema.ts';
import { PROPERTY_KINDS } from '#domain/events/property-kinds.ts';
import { learnSchema, proposeSchema } from '#domain/events/learn-schema.ts';
import { agreeSchema, setUnknownTypes } from '#engine/commands/event-registry.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { iso, Iso } from '#app/api/edge.ts';

const SAMPLES = 500;
const MOST_FAULTS = 10;
const params = z.object({ type: z.string().regex(/^[a-z][a-zA-Z0-9_.-]*$/).max(100) });
const Registry = z.object({ unknownTypes: z.enum(['accepted', 'quarantined']).meta({ description: 'What becomes of an event of a type that nobody has posted or agreed yet.' }) });
const Version = z.number().int().min(0).meta({ description: 'The version that was read; 0 when there was none. Another one meanwhile is refused.' });
const TypeOut = z.object({
  type: z.string(), firstSeenAt: Iso.nullable(), quarantined: z.number().int().meta({ description: 'Quarantine is the workspace’s: 0 for whoever acts for some stores.' }),
  learned: z.object({
    samples: z.number().int().meta({ description: `Of the last ${SAMPLES} events of the type.` }),
    properties: z.array(z.object({ name: z.string(), seen: z.number().int(), kinds: z.array(z.object({ kind: z.enum(PROPERTY_KINDS), count: z.number().int() })), examples: z.array(z.union([z.string(), z.number(), z.boolean()])), few: z.boolean() })),
  }),
  proposed: EventSchema.meta({ description: 'What every sample holds to.' }),
  version: z.number().int(), agreed: EventSchema.nullable(),
  versions: z.array(z.object({ version: z.number().int(), schema: EventSchema.nullable(), agreedBy: z.string(), agreedByName: z.string().nullable(), agreedAt: Iso })),
}).meta({ id: 'EventType' });

const readRegistry = defineRoute({
  method: 'GET', path: '/event-registry', noun: 'Events', summary: 'Read what becomes of events of unknown types', scope: 'events:read', response: Registry,
  async read({ transaction, workspaceId }) {
    const { registryClosed } = await loadWorkspace(transaction, workspaceId);
    return { unknownTypes: registryClosed ? 'quarantined' as const : 'accepted' as const };
  },
});

const putRegistry = defineRoute({
  method: 'PUT', path: '/event-registry', noun: 'Events', summary: 'Choose what becomes of events of unknown types', scope: 'events:agree', body: Registry.strict(), response: Registry,
  description: 'Accepted: they count, and their types are learned. Quarantined: they are kept without effect until their type is agreed, and are then replayed. Purchases and returns are always known.',
  async write({ command, body }) {
    await setUnknownTypes(command, body.unknownTypes);
    return { body };
  },
});

const readType = defineRoute({
  method: 'GET', path: '/event-types/{type}', noun: 'Events', summary: 'Read what the events of a type hold: learned, proposed and agreed', scope: 'events:read', params, response: TypeOut, errors: ['eventType.unknown'],
  async read({ transaction, workspaceId, storeIds, params: { type } }) {
    const [facts, versions] = [await findTypeFacts(transaction, workspaceId, type), await listSchemaVersions(transaction, type)];
    if (facts.firstSeenAt === null && facts.quarantined === 0 && versions.length === 0) throw new PermanentError('eventType.unknown', `No event of type «${type}» has come, and nothing is agreed about it.`);
    const learned = learnSchema(await listSamples(transaction, workspaceId, type, SAMPLES, storeIds));
    const names = await nameActors(transaction, versions.map(({ agreedBy }) => agreedBy.replace(/^user:/, '')), []);
    const nameOf = (actor: string): string | null => names.find(({ id }) => id === actor.replace(/^user:/, ''))?.name ?? null;
    return {
      type, firstSeenAt: facts.firstSeenAt && iso(facts.firstSeenAt), quarantined: storeIds === null ? facts.quarantined : 0, learned, proposed: proposeSchema(learned),
      version: versions[0]?.version ?? 0, agreed: versions[0]?.schema ?? null,
      versions: versions.map((row) => ({ ...row, agreedAt: iso(row.agreedAt), agreedByName: nameOf(row.agreedBy) })),
    };
  },
});

const agree = defineRoute({
  method: 'PUT', path: '/event-types/{type}/schema', noun: 'Events', summary: 'Agree what the events of a type hold, from the next one on', scope: 'events:agree', params, errors: ['eventType.version', 'eventType.reserved'],
  description: 'An event that does not hold to it is kept without effect, with the path and what was expected there; after a fix it is replayed. What came before stays as it is. Property names with dots lie inside objects.',
  body: z.strictObject({ version: Version, schema: EventSchema }), response: z.object({ version: z.number().int() }),
  example: { version: 0, schema: { properties: { minutes: { kind: 'number', required: true }, channel: { kind: 'text', values: ['shop', 'web'] } }, others: 'accepted' } },
  async write({ command, params: { type }, body }) {
    return { body: { version: await agreeSchema(command, type, body.schema, body.version) } };
  },
});

const endAgreement = defineRoute({
  method: 'DELETE', path: '/event-types/{type}/schema', noun: 'Events', summary: 'End an agreement: events of the type are taken as they come', scope: 'events:agree', params, errors: ['eventType.version', 'eventType.unknown', 'eventType.reserved'], body: z.strictObject({ version: Version }), response: z.object({ version: z.number().int() }),
  async write({ command, transaction, params: { type }, body }) {
    if ((await listSchemaVersions(transaction, type)).length === 0) throw new PermanentError('eventType.unknown', `Nothing is agreed about «${type}».`);
    return { body: { version: await agreeSchema(command, type, null, body.version) } };
  },
});

const tryOut = defineRoute({
  method: 'POST', path: '/event-types/{type}/schema/try', noun: 'Events', summary: 'Try a schema on the last events of a type; nothing is changed', scope: 'events:read', params, body: z.strictObject({ schema: EventSchema }),
  response: z.object({ samples: z.number().int(), failing: z.number().int(), faults: z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.union([z.string(), z.number()])), count: z.number().int() })) }),
  async read({ transaction, workspaceId, params: { type }, body: { schema } }) {
    const found = (await listSamples(transaction, workspaceId, type, SAMPLES)).map((properties) => checkProperties(schema, properties));
    const faults = new Map<string, { code: string; message: string; path: (string | number)[]; count: number }>();
    for (const problem of found.flat()) {
      const key = `${problem.code} ${problem.path.join('.')}`;
      faults.set(key, { ...problem, count: (faults.get(key)?.count ?? 0) + 1 });
    }
    return { samples: found.length, failing: found.filter((problems) => problems.length > 0).length, faults: [...faults.values()].sort((left, right) => right.count - left.count).slice(0, MOST_FAULTS) };
  },
});

export const eventRegistryRoutes = [readRegistry, putRegistry, readType, agree, endAgreement, tryOut];
