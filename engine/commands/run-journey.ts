/**
 * Commands on a journey that runs: pause keeps people, events and messages where they are, or lets those inside go on and takes nobody in (§8.4);
 * resume takes all of it up again; stop makes everyone leave (§8.5).
 */
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { beginReckoning } from '#engine/reckon-alarms.ts';
import { countHeld, type LateChoice } from '#engine/release-held.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

export const JOURNEY_MOVES = ['pause', 'resume', 'stop'] as const;
export type JourneyMove = (typeof JOURNEY_MOVES)[number];
/** `drains`: a pause that takes nobody in, while people inside go on. `late`: what happens on resume to messages later than their expiry. */
export type MoveOptions = { reason?: string | undefined; drains?: boolean | undefined; late?: LateChoice | undefined };

type State = { status: string; drains: boolean };
const named = ({ status, drains }: State): string => (drains ? 'draining' : status);

/** The state that a move leads to; null when it cannot be made from here. */
function stateAfter(from: State, move: JourneyMove, drains: boolean): State | null {
  if (from.status !== 'live' && from.status !== 'paused') return null;
  if (move === 'stop') return { status: 'stopped', drains: false };
  if (move === 'resume') return from.status === 'paused' || from.drains ? { status: 'live', drains: false } : null;
  if (drains) return from.status === 'live' && !from.drains ? { status: 'live', drains: true } : null;
  return from.status === 'live' ? { status: 'paused', drains: false } : null;
}

async function lockState({ transaction }: CommandContext, journeyId: string): Promise<State> {
  const [row] = await transaction<State[]>`select status, drains from journeys where id = ${journeyId} for no key update`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  return row;
}

/** Answers the new status and how many people are inside. What the move asks of each of them, and of each message kept, is done by the worker, a few hundred at a time. */
export async function moveJourney(context: CommandContext, journeyId: string, move: JourneyMove, { reason, drains = false, late = 'skip' }: MoveOptions = {}): Promise<{ status: string; drains: boolean; people: number }> {
  const { transaction, workspaceId } = context;
  const before = await lockState(context, journeyId);
  const after = stateAfter(before, move, drains);
  if (!after) throw new PermanentError('journey.state', `A journey that is ${named(before)} cannot ${move}.`);
  const messages = await countHeld(transaction, workspaceId, journeyId);
  await transaction`
    update journeys set status = ${after.status}, drains = ${after.drains}, late = ${move === 'resume' ? late : transaction`late`}, updated_at = workspace_now(${workspaceId}) where id = ${journeyId}`;
  // Whoever's moment passed during the pause has no alarm any more: unarmed cohorts are armed anew by the sweep.
  if (move === 'resume') {
    await transaction`
      update cohorts k set armed_at = null from journey_versions v where v.id = k.version_id and v.journey_id = ${journeyId}
         and exists (select from enrollments e where e.cohort_id = k.id and e.ended_at is null)`;
    await transaction`update alarms set armed_at = null where journey_id = ${journeyId} and armed_at is not null`;
  }
  const [alarmed] = move === 'stop' ? await transaction`select from alarms where journey_id = ${journeyId} limit 1` : [];
  if (alarmed) await beginReckoning(transaction, workspaceId, journeyId);
  const [inside] = await transaction<{ people: number }[]>`select count(*)::int as people from enrollments where journey_id = ${journeyId} and ended_at is null`;
  const people = inside?.people ?? 0;
  await audit(context, {
    action: `journey.${move}`, subject: formatId('journey', journeyId), before: { status: named(before) },
    after: { status: named(after), people, ...(move === 'resume' ? { messages: messages.kept, lateMessages: messages.late, late } : {}) }, reason,
  });
  await raiseEpoch(context);
  return { ...after, people };
}

/** Decides on the late messages of a journey that asked (§8.4); the worker carries it out. Answers how many wait for it. */
export async function decideLate(context: CommandContext, journeyId: string, decision: 'skip' | 'send'): Promise<{ messages: number }> {
  const { transaction, workspaceId } = context;
  await lockState(context, journeyId);
  const { asking } = await countHeld(transaction, workspaceId, journeyId);
  await transaction`update journeys set late = ${decision} where id = ${journeyId}`;
  await audit(context, { action: 'journey.late', subject: formatId('journey', journeyId), after: { decision, messages: asking } });
  return { messages: asking };
}
