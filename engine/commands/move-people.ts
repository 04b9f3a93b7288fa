/** Commands on moves of people between versions: begin, cancel, go on, undo (§8.1, §8.2). The work itself is done in steps by `run-moves.ts`. */
import { v7 as newId } from 'uuid';
import type { MovePolicy } from '#domain/enrollments/move-policy.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

type Row = { id: string; journey_id: string; state: 'running' | 'done' | 'cancelled'; undoes: string | null; to_version_id: string; total: number; done: number };

async function lockMove({ transaction }: CommandContext, moveId: string): Promise<Row> {
  const [row] = await transaction<Row[]>`select id, journey_id, state, undoes, to_version_id, total, done from journey_moves where id = ${moveId} for no key update`;
  if (!row) throw new PermanentError('move.unknown', 'There is no such move.');
  return row;
}

async function refuseSecond({ transaction }: CommandContext, journeyId: string): Promise<void> {
  const running = await transaction`select from journey_moves where journey_id = ${journeyId} and state = 'running'`;
  if (running.length > 0) throw new PermanentError('move.running', 'People of this journey are being moved already: wait, or cancel that.');
}

/** The caller holds the journey's row. People of earlier versions are counted now and moved by the worker. */
export async function beginMove(context: CommandContext, input: { journeyId: string; toVersionId: string; policy: MovePolicy }): Promise<{ moveId: string; people: number }> {
  const { transaction, workspaceId, actor } = context;
  await refuseSecond(context, input.journeyId);
  const moveId = newId();
  const [row] = await transaction<{ total: number }[]>`
    insert into journey_moves (id, workspace_id, journey_id, to_version_id, policy, state, total, started_by, started_at)
    select ${moveId}, ${workspaceId}, ${input.journeyId}, ${input.toVersionId}, ${transaction.json(input.policy)}, 'running',
      (select count(*) from enrollments where journey_id = ${input.journeyId} and ended_at is null and version_id <> ${input.toVersionId}), ${actor}, workspace_now(${workspaceId})
    returning total`;
  return { moveId, people: row?.total ?? 0 };
}

/** Who has been moved stays where they are; who has not finishes on the old version. */
export async function cancelMove(context: CommandContext, moveId: string): Promise<void> {
  const move = await lockMove(context, moveId);
  if (move.state !== 'running') throw new PermanentError('move.state', 'This move is over.');
  await context.transaction`update journey_moves set state = 'cancelled', lease_until = null, finished_at = workspace_now(${context.workspaceId}) where id = ${moveId}`;
  await audit(context, { action: 'journey.moveCancel', subject: formatId('journey', move.journey_id), after: { move: formatId('move', moveId), done: move.done, of: move.total } });
}

/** A cancelled move goes on where it stopped. */
export async function goOnWithMove(context: CommandContext, moveId: string): Promise<void> {
  const move = await lockMove(context, moveId);
  if (move.state !== 'cancelled') throw new PermanentError('move.state', 'Only a cancelled move can go on.');
  await refuseSecond(context, move.journey_id);
  const [undone] = await context.transaction`select from journey_moves where undoes = ${moveId}`;
  if (undone) throw new PermanentError('move.state', 'This move was undone.');
  await context.transaction`update journey_moves set state = 'running', finished_at = null where id = ${moveId}`;
  await audit(context, { action: 'journey.moveGoOn', subject: formatId('journey', move.journey_id), after: { move: formatId('move', moveId), done: move.done, of: move.total } });
}

/** Begins to put back everyone who has not gone on since; the move itself must be over. */
export async function undoMove(context: CommandContext, moveId: string): Promise<{ moveId: string; people: number }> {
  const { transaction, workspaceId, actor } = context;
  const move = await lockMove(context, moveId);
  if (move.undoes) throw new PermanentError('move.state', 'An undo cannot be undone; publish again to move people.');
  if (move.state === 'running') throw new PermanentError('move.running', 'People are still being moved: cancel that first.');
  const [before] = await transaction`select from journey_moves where undoes = ${moveId}`;
  if (before) throw new PermanentError('move.state', 'This move was undone already.');
  await refuseSecond(context, move.journey_id);
  const undoId = newId();
  const [row] = await transaction<{ total: number }[]>`
    insert into journey_moves (id, workspace_id, journey_id, undoes, to_version_id, policy, state, total, started_by, started_at)
    select ${undoId}, ${workspaceId}, ${move.journey_id}, ${moveId}, ${move.to_version_id}, '{}', 'running', (select count(*) from moved_enrollments where move_id = ${moveId}), ${actor}, workspace_now(${workspaceId})
    returning total`;
  await audit(context, { action: 'journey.moveUndo', subject: formatId('journey', move.journey_id), after: { move: formatId('move', moveId), people: row?.total ?? 0 } });
  return { moveId: undoId, people: row?.total ?? 0 };
}
