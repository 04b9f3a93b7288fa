/** Commands on a journey that runs: pause keeps people and events where they are (§8.4), resume lets them go on, stop makes everyone leave (§8.5). */
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

export const JOURNEY_MOVES = {
  pause: { from: ['live'], to: 'paused' },
  resume: { from: ['paused'], to: 'live' },
  stop: { from: ['live', 'paused'], to: 'stopped' },
} as const;
export type JourneyMove = keyof typeof JOURNEY_MOVES;

/** Answers the new status and how many people are inside. What the move asks of each of them is done by the sweep, a few hundred at a time. */
export async function moveJourney(context: CommandContext, journeyId: string, move: JourneyMove, reason?: string): Promise<{ status: string; people: number }> {
  const { transaction, workspaceId } = context;
  const { from, to } = JOURNEY_MOVES[move];
  const [row] = await transaction<{ status: string }[]>`select status from journeys where id = ${journeyId} for no key update`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  if (!from.some((status) => status === row.status)) throw new PermanentError('journey.state', `A journey that is ${row.status} cannot ${move}; it must be ${from.join(' or ')}.`);
  await transaction`update journeys set status = ${to}, updated_at = workspace_now(${workspaceId}) where id = ${journeyId}`;
  // Whoever's moment passed during the pause has no alarm any more: unarmed cohorts are armed anew by the sweep.
  if (move === 'resume') {
    await transaction`
      update cohorts k set armed_at = null from journey_versions v where v.id = k.version_id and v.journey_id = ${journeyId}
         and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null)`;
  }
  const [inside] = await transaction<{ people: number }[]>`select count(*)::int as people from enrollments where journey_id = ${journeyId} and ended_at is null`;
  const people = inside?.people ?? 0;
  await audit(context, { action: `journey.${move}`, subject: formatId('journey', journeyId), before: { status: row.status }, after: { status: to, people }, reason });
  await raiseEpoch(context);
  return { status: to, people };
}
