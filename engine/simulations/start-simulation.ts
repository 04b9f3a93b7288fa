/** Commands on simulations: what is asked is written with the journeys as they are now, so that it stays what was asked; a worker runs it. Nothing of customers is changed. */
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { isWithinStores, storeKeysOf } from '#db/queries/store-journeys.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { checkWithinStores } from '#domain/journeys/within-stores.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { audit, type CommandContext } from '#engine/commands/command-context.ts';
import { loadReferences } from '#engine/commands/publish-journey.ts';
import { readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';

export const SIMULATION_STATES = ['queued', 'running', 'done', 'cancelled', 'failed'] as const;
/** More than this are never taken: they would not fit the memory of a worker. */
export const MOST_SIMULATED_CUSTOMERS = 100_000;

/** What a row keeps of a request: journeys by value; `replayFrom` is where the stored events begin that are shifted to the start, null for none. */
export const SimulationRequest = z.object({
  journeys: z.array(z.object({ journeyId: z.string(), versionNumber: z.number().int(), journey: Journey })).min(1),
  customers: z.number().int().min(1),
  replayFrom: z.number().int().nullable(),
  /** The only stores that the person who asks acts for: nobody is looked at whom these do not see. */
  storeIds: z.array(z.string()).nullable().optional(),
});
export type SimulationRequest = z.infer<typeof SimulationRequest>;

/** A journey of the workspace by its id, as it is live or as it is drawn, or a definition that is nowhere yet. */
export type AskedJourney = { journeyId: string; use: 'live' | 'draft' } | { definition: Journey };
export type SimulationInput = { journeys: AskedJourney[]; from: Instant | null; to: Instant; customers: number | 'all'; replays: boolean; replayFrom: Instant | null; storeIds?: string[] | null };

type Asked = SimulationRequest['journeys'][number];

async function findAsked({ transaction }: CommandContext, asked: AskedJourney, storeIds: readonly string[] | null): Promise<Asked> {
  if ('definition' in asked) {
    const [known] = await transaction<{ id: string }[]>`select id from journeys where key = ${asked.definition.key}`;
    return { journeyId: known?.id ?? newId(), versionNumber: 0, journey: asked.definition };
  }
  const [row] = await transaction<{ draft: unknown; live: unknown; number: number | null }[]>`
    select j.draft, v.definition as live, v.number from journeys j left join journey_versions v on v.id = j.live_version_id where j.id = ${asked.journeyId}`;
  if (!row || (storeIds !== null && !(await isWithinStores(transaction, storeIds, asked.journeyId)))) throw new PermanentError('journey.unknown', 'There is no such journey.');
  if (asked.use === 'live' && row.live === null) throw new PermanentError('journey.state', 'This journey is not published: simulate its draft.');
  return { journeyId: asked.journeyId, versionNumber: row.number ?? 0, journey: Journey.parse(asked.use === 'live' ? row.live : row.draft) };
}

/** Keeps the request; what cannot be published cannot be simulated either. Without `from` it begins now; replayed events are those of as long a time just before. */
export async function startSimulation(context: CommandContext, input: SimulationInput): Promise<Result<{ simulationId: string }>> {
  const { transaction, workspaceId, actor } = context;
  const now = await readNow(transaction, workspaceId);
  const from = input.from ?? now;
  if (input.to <= from) return fail({ code: 'request.invalid', message: 'A simulation ends after its beginning.', path: ['body', 'to'] });
  const { storeIds = null } = input;
  const keys = storeIds && (await storeKeysOf(transaction, storeIds));
  const journeys: Asked[] = [];
  for (const asked of input.journeys) journeys.push(await findAsked(context, asked, storeIds));
  if (new Set(journeys.map(({ journeyId }) => journeyId)).size < journeys.length) return fail({ code: 'request.invalid', message: 'A journey is simulated once: compare two forms of it in two simulations.', path: ['body', 'journeys'] });
  const references = await loadReferences(transaction);
  const problems = journeys.flatMap(({ journey }, index) => [...(keys ? checkWithinStores(journey, keys) : []), ...validateJourney(journey, references)].map((problem): Problem => ({ ...problem, path: ['body', 'journeys', index, ...problem.path] })));
  if (problems.length > 0) return fail(...problems);
  const customers = Math.min(input.customers === 'all' ? MOST_SIMULATED_CUSTOMERS : input.customers, MOST_SIMULATED_CUSTOMERS);
  const replayFrom = input.replays ? (input.replayFrom ?? now - (input.to - from)) : null;
  const request: SimulationRequest = { journeys, customers, replayFrom, ...(storeIds && { storeIds }) };
  const simulationId = newId();
  await transaction`
    insert into simulations (id, workspace_id, request, state, from_at, to_at, requested_by, store_ids)
    values (${simulationId}, ${workspaceId}, ${transaction.json(request as unknown as JSONValue)}, 'queued', ${formatInstant(from)}::text::timestamptz, ${formatInstant(input.to)}::text::timestamptz, ${actor}, ${storeIds}::uuid[])`;
  await audit(context, { action: 'simulation.start', subject: formatId('simulation', simulationId), after: { journeys: journeys.map(({ journey }) => journey.key), customers } });
  return ok({ simulationId });
}

/** Cancels what has not ended; one that has stays as it is. */
export async function cancelSimulation(context: CommandContext, simulationId: string): Promise<void> {
  const { transaction } = context;
  const [row] = await transaction<{ state: string }[]>`select state from simulations where id = ${simulationId} for no key update`;
  if (!row) throw new PermanentError('simulation.unknown', 'There is no such simulation.');
  if (row.state !== 'queued' && row.state !== 'running') return;
  await transaction`update simulations set state = 'cancelled', lease_until = null, finished_at = clock_timestamp() where id = ${simulationId}`;
  await audit(context, { action: 'simulation.cancel', subject: formatId('simulation', simulationId), before: { state: row.state } });
}
