/** Commands that draw a journey: create it, replace its draft under a revision check. Nothing runs of a draft. */
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import type { Journey } from '#domain/journeys/definition.ts';
import { formatId } from '#domain/shared/ids.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { refuseArchived } from './archive-journey.ts';
import { audit, type CommandContext } from './command-context.ts';

/** A key is a journey's name in files and is never given twice. */
export async function createJourney(context: CommandContext, draft: Journey): Promise<{ journeyId: string }> {
  const { transaction, workspaceId } = context;
  const journeyId = newId();
  const made = await transaction`
    insert into journeys (id, workspace_id, key, name, status, draft, created_at, updated_at)
    values (${journeyId}, ${workspaceId}, ${draft.key}, ${draft.name}, 'draft', ${transaction.json(draft as unknown as JSONValue)}, workspace_now(${workspaceId}), workspace_now(${workspaceId}))
    on conflict (workspace_id, key) do nothing returning id`;
  if (made.length === 0) throw new PermanentError('journey.keyTaken', `There is a journey «${draft.key}» already.`);
  await audit(context, { action: 'journey.create', subject: formatId('journey', journeyId), after: { key: draft.key, name: draft.name } });
  return { journeyId };
}

/** Replaces the draft when nobody else has since `revision`; answers the new revision. The key stays: it is how files find the journey again. */
export async function replaceDraft(context: CommandContext, journeyId: string, draft: Journey, revision: number): Promise<number> {
  const { transaction, workspaceId } = context;
  const [row] = await transaction<{ key: string; draft_revision: number; archived_at: Date | null }[]>`select key, draft_revision, archived_at from journeys where id = ${journeyId} for no key update`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  refuseArchived(row.archived_at);
  if (row.draft_revision !== revision) throw new PermanentError('journey.revision', `The draft is at revision ${row.draft_revision}, not ${revision}: read it again.`);
  if (row.key !== draft.key) throw new PermanentError('journey.keyTaken', `This journey is «${row.key}» for ever; make another one for «${draft.key}».`);
  await transaction`
    update journeys set draft = ${transaction.json(draft as unknown as JSONValue)}, name = case when live_version_id is null then ${draft.name} else name end,
           draft_revision = draft_revision + 1, updated_at = workspace_now(${workspaceId}) where id = ${journeyId}`;
  await audit(context, { action: 'journey.draft', subject: formatId('journey', journeyId), after: { revision: revision + 1 } });
  return revision + 1;
}
