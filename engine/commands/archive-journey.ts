/** Commands that put a journey away and bring it back (§8.6): it leaves the lists, and nothing of what it did is lost. */
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

type State = { status: string; archived_at: Date | null; people: number };

async function lockState({ transaction }: CommandContext, journeyId: string): Promise<State> {
  const [row] = await transaction<State[]>`
    select status, archived_at, (select count(*)::int from enrollments e where e.journey_id = j.id and e.ended_at is null) as people from journeys j where id = ${journeyId} for no key update of j`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  return row;
}

/** Refuses what would draw or run a journey that was put away. */
export function refuseArchived(archivedAt: Date | null): void {
  if (archivedAt) throw new PermanentError('journey.archived', 'This journey is in the archive: bring it back first.');
}

/** Puts away a draft, or a stopped journey that nobody is inside of any more. Its reports, versions and traces stay, and its key stays taken. */
export async function archiveJourney(context: CommandContext, journeyId: string, reason?: string): Promise<{ archivedAt: Date }> {
  const { transaction, workspaceId } = context;
  const { status, archived_at: archivedAt, people } = await lockState(context, journeyId);
  refuseArchived(archivedAt);
  if (status !== 'draft' && status !== 'stopped') throw new PermanentError('journey.state', `A journey that is ${status} cannot be archived: stop it first.`);
  if (people > 0) throw new PermanentError('journey.state', 'People are still leaving this stopped journey; archive it in a moment.');
  const [row] = await transaction<{ at: Date }[]>`update journeys set archived_at = workspace_now(${workspaceId}) where id = ${journeyId} returning archived_at as at`;
  await audit(context, { action: 'journey.archive', subject: formatId('journey', journeyId), before: { status }, reason });
  return { archivedAt: row?.at ?? new Date(0) };
}

/** Brings it back as it was: a draft, or stopped; publishing it makes it run again. */
export async function restoreJourney(context: CommandContext, journeyId: string, reason?: string): Promise<{ archivedAt: null }> {
  const { transaction } = context;
  const { status, archived_at: archivedAt } = await lockState(context, journeyId);
  if (!archivedAt) throw new PermanentError('journey.state', 'This journey is not in the archive.');
  await transaction`update journeys set archived_at = null where id = ${journeyId}`;
  await audit(context, { action: 'journey.restore', subject: formatId('journey', journeyId), after: { status }, reason });
  return { archivedAt: null };
}
