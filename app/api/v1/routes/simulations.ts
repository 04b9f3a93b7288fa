/** Simulations: journeys, drawn or live, over the real customers on a virtual clock (§12.3). They send nothing and change no customer. */
import { z } from 'zod';
import { findSimulation, listSimulations, type SimulationRow } from '#db/queries/simulations.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { cancelSimulation, MOST_SIMULATED_CUSTOMERS, SIMULATION_STATES, startSimulation } from '#engine/simulations/start-simulation.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, InstantIn, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, UUID_KEY } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const Counts = z.record(z.string(), z.number().int());
const count = z.number().int();

const Result = z.object({
  customers: count, customersInAll: count, wasInside: count.optional().meta({ description: 'Who was in one of the journeys at the beginning and goes on, on their version.' }), events: count, moments: count, entered: count, entriesRefused: Counts,
  volume: z.array(z.object({ day: z.string(), channel: z.string(), messages: count })).meta({ description: 'Messages that left, by day in the zone of the workspace.' }),
  messages: z.array(z.object({ channel: z.string(), status: z.string(), messages: count })),
  refusals: z.array(z.object({ code: z.string(), rule: z.string().nullable(), messages: count })).meta({ description: 'Messages that will not leave, by reason; under pressure, once for each rule that refused.' }),
  spread: z.object({ messages: z.array(z.object({ received: count, customers: count })), weight: z.array(z.object({ weight: count, customers: count })) }).meta({ description: 'How many customers received how many messages, and how much weight that counts.' }),
  points: z.array(z.object({ programme: z.string(), given: count, taken: count })), vouchers: Counts, tasks: Counts.optional().meta({ description: 'Tasks and calls for the staff, by kind.' }),
  journeys: z.array(z.object({
    journeyId: Id('journey'), entered: count, inside: count, endings: Counts, nodes: z.array(z.object({ nodeId: z.string(), passed: Counts, inside: count })),
  })).meta({ description: 'The funnel: for each node how many passed by each port, and how many stand there at the end.' }),
}).meta({ id: 'SimulationResult' });
const StoredResult = Result.extend({ journeys: z.array(z.looseObject({ journeyId: z.string() })) });

const SimulationOut = z.object({
  id: Id('simulation'), state: z.enum(SIMULATION_STATES), progress: z.number().meta({ description: 'From 0 to 1. A run whose worker was killed begins anew.' }), from: Iso, to: Iso,
  customers: count.meta({ description: 'At most so many, chosen by a hash of their ids.' }), replayFrom: Iso.nullable(), journeys: z.array(z.object({ journeyId: Id('journey'), key: z.string(), name: z.string() })),
  problem: z.string().nullable(), createdAt: Iso, finishedAt: Iso.nullable(),
}).meta({ id: 'Simulation' });
const WithResult = SimulationOut.extend({ result: Result.nullable().meta({ description: 'Null until it is done.' }) });

const toSimulation = ({ customersAsked, ...row }: SimulationRow): z.input<typeof SimulationOut> => ({
  id: formatId('simulation', row.id), state: row.state, progress: row.progress, from: iso(row.from), to: iso(row.to), customers: customersAsked, replayFrom: isoOrNull(row.replayFrom),
  journeys: row.journeys.map(({ journeyId, ...named }) => ({ ...named, journeyId: formatId('journey', journeyId) })), problem: row.problem, createdAt: iso(row.createdAt), finishedAt: isoOrNull(row.finishedAt),
});

function toResult(stored: unknown): z.input<typeof Result> | null {
  if (stored === null) return null;
  const { journeys, ...rest } = StoredResult.parse(stored);
  return Result.parse({ ...rest, journeys: journeys.map((journey) => ({ ...journey, journeyId: formatId('journey', journey.journeyId) })) });
}

const params = z.object({ simulationId: IdOf('simulation') });
const unknown = () => new PermanentError('simulation.unknown', 'There is no such simulation.');

const start = defineRoute({
  method: 'POST', path: '/simulations', noun: 'Simulations', summary: 'Simulate journeys over the real customers', scope: 'journeys:write', status: 202, errors: ['journey.unknown', 'journey.state'],
  description: 'A worker runs the production rules on a virtual clock, over customers as they are now and over events that were posted before, moved to the beginning. Nothing is sent and no customer is changed; read the progress and the result by its id.',
  body: z.strictObject({
    journeys: z.array(z.union([
      z.strictObject({ journeyId: IdOf('journey'), use: z.enum(['draft', 'live']).default('draft') }),
      z.strictObject({ definition: Journey }),
    ])).min(1).max(50),
    from: InstantIn.optional().meta({ description: 'Now, when absent.' }),
    to: InstantIn,
    customers: z.union([z.literal('all'), z.strictObject({ sample: z.number().int().min(1).max(MOST_SIMULATED_CUSTOMERS) })]).default('all').meta({ description: `At most ${MOST_SIMULATED_CUSTOMERS}.` }),
    events: z.enum(['replayed', 'none']).default('replayed'),
    replayFrom: InstantIn.optional().meta({ description: 'Where the events that are replayed begin; when absent, as long a time ago as the simulation lasts.' }),
  }),
  example: { journeys: [{ journeyId: 'jrn_01jy1w5gpybgyrwkrtk8fw0hss', use: 'draft' }], to: '2026-07-01T00:00:00Z', customers: { sample: 10_000 } },
  response: SimulationOut,
  async write({ command, transaction, storeIds, body: { journeys, from, to, customers, events, replayFrom } }) {
    const { simulationId } = unwrap(await startSimulation(command, {
      journeys, from: from ?? null, to, customers: customers === 'all' ? 'all' : customers.sample, replays: events === 'replayed', replayFrom: replayFrom ?? null, storeIds,
    }));
    const row = await findSimulation(transaction, simulationId);
    if (!row) throw unknown();
    return { status: 202, body: toSimulation(row) };
  },
});

const list = defineRoute({
  method: 'GET', path: '/simulations', noun: 'Simulations', summary: 'List simulations, the newest first', scope: 'journeys:read', query: z.strictObject(pageQuery), response: PageOf(SimulationOut),
  async read({ transaction, storeIds, query: { limit, after } }) {
    const rows = await listSimulations(transaction, { before: readCursor(after, [UUID_KEY])?.[0] ?? null, limit: limit + 1, storeIds });
    return pageOf(rows, limit, ({ id }) => [id], toSimulation);
  },
});

const read = defineRoute({
  method: 'GET', path: '/simulations/{simulationId}', noun: 'Simulations', summary: 'Read a simulation with its progress and its result', scope: 'journeys:read', params, response: WithResult, errors: ['simulation.unknown'],
  async read({ transaction, params: { simulationId } }) {
    const row = await findSimulation(transaction, simulationId);
    if (!row) throw unknown();
    return { ...toSimulation(row), result: toResult(row.result) };
  },
});

const cancel = defineRoute({
  method: 'POST', path: '/simulations/{simulationId}/cancel', noun: 'Simulations', summary: 'Cancel a simulation', description: 'One that has ended stays as it is.', scope: 'journeys:write', params,
  body: z.strictObject({}), response: SimulationOut, errors: ['simulation.unknown'],
  async write({ command, transaction, params: { simulationId } }) {
    await cancelSimulation(command, simulationId);
    const row = await findSimulation(transaction, simulationId);
    if (!row) throw unknown();
    return { body: toSimulation(row) };
  },
});

export const simulationRoutes = [start, list, read, cancel];
