/** The tests of a journey's splits: how each branch does, who won and why; a person may choose, or put the test back (§4.2). */
import { z } from 'zod';
import { findJourney } from '#db/queries/journeys.ts';
import { sureness } from '#domain/journeys/split-test.ts';
import { readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { chooseSplit, listSplitTests, readFigures, SPLIT_STATES, type StoredSplitTest } from '#engine/split-tests.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { IdOf, Iso, isoOrNull } from '#app/api/edge.ts';

const params = z.object({ journeyId: IdOf('journey') });
const count = z.number().int();
const SplitTestOut = z.object({
  nodeId: z.string(), state: z.enum(SPLIT_STATES).meta({ description: '`level`: nobody reached the goal, or two branches did equally often; the weights stay.' }), winner: z.string().nullable(),
  branches: z.array(z.object({ branch: z.string(), people: count.meta({ description: 'Who has had their time since the split: as they were at the decision, now while it runs.' }), converted: count })),
  sureness: z.number().nullable().meta({ description: 'From 0 to 1, how sure the best is better than the next: one less the two-sided probability of the z-test of two proportions. Null where too few were counted.' }),
  decidesAt: Iso.nullable().meta({ description: 'Null while it is not known yet.' }), decidedAt: Iso.nullable(), decidedBy: z.string().nullable(),
}).meta({ id: 'SplitTest' });

type Scope = Pick<InTransaction<unknown>, 'transaction' | 'workspaceId'>;

async function toOut({ transaction, workspaceId }: Scope, row: StoredSplitTest): Promise<z.input<typeof SplitTestOut>> {
  const branches = row.figures ?? (await readFigures(transaction, workspaceId, row, await readNow(transaction, workspaceId)));
  return { nodeId: row.node_id, state: row.state, winner: row.winner, branches, sureness: sureness(branches), decidesAt: isoOrNull(row.decides_at), decidedAt: isoOrNull(row.decided_at), decidedBy: row.decided_by };
}

async function listOf(scope: Scope, journeyId: string): Promise<{ items: z.input<typeof SplitTestOut>[] }> {
  if (!(await findJourney(scope.transaction, journeyId))) throw new PermanentError('journey.unknown', 'There is no such journey.');
  const items = [];
  for (const row of await listSplitTests(scope.transaction, journeyId)) items.push(await toOut(scope, row));
  return { items };
}

const list = defineRoute({
  method: 'GET', path: '/journeys/{journeyId}/split-tests', noun: 'Journeys', summary: 'Read the tests of a journey’s splits', scope: 'journeys:read', params, errors: ['journey.unknown'], response: z.object({ items: z.array(SplitTestOut) }),
  description: 'Of splits that choose their winner by a goal, as they are published.',
  read: (input) => listOf(input, input.params.journeyId),
});

const choose = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/split-tests/{nodeId}/choose', noun: 'Journeys', summary: 'Send everybody to a branch from now on, or put the test back', scope: 'journeys:publish',
  description: 'With a null branch the test goes on, and its own moment decides again. Whoever is past the split stays where they are.',
  params: params.extend({ nodeId: z.string().max(40) }), body: z.strictObject({ branch: z.string().max(40).nullable() }), example: { branch: 'b' }, response: z.object({ items: z.array(SplitTestOut) }), errors: ['journey.unknown', 'splitTest.unknown', 'splitTest.noBranch'],
  async write(input) {
    const { params: { journeyId, nodeId }, body: { branch }, command } = input;
    await chooseSplit(command, journeyId, nodeId, branch);
    return { body: await listOf(input, journeyId) };
  },
});

export const splitTestRoutes = [list, choose];
