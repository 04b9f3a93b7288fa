/** Commands that check and publish a journey: an immutable version is made, whoever is inside finishes on the old one or moves, as the author says (§8.1). */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { storeKeysOf } from '#db/queries/store-journeys.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { FINISH, movesSomebody, type MovePolicy } from '#domain/enrollments/move-policy.ts';
import type { References } from '#domain/journeys/node-kind.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { checkWithinStores } from '#domain/journeys/within-stores.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { PressurePolicy } from '#domain/pressure/policy.ts';
import { formatId } from '#domain/shared/ids.ts';
import { ok, type Problem, type Result } from '#domain/shared/result.ts';
import { isTimed } from '#domain/journeys/trigger.ts';
import { findMissingSenders } from '#engine/missing-senders.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { checkChoices, previewMove } from '#engine/preview-move.ts';
import { beginReckoning } from '#engine/reckon-alarms.ts';
import { keepSplitTests } from '#engine/split-tests.ts';
import { refuseArchived } from './archive-journey.ts';
import type { VendorAccounts } from '#providers/account.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';
import { beginMove } from './move-people.ts';

/** What a journey of this workspace may refer to. */
export async function loadReferences(transaction: Transaction): Promise<References> {
  const templates = await transaction<{ key: string; channel: string }[]>`select key, channel from templates`;
  const offers = await transaction<{ key: string }[]>`select key from offers`;
  const programmes = await transaction<{ key: string }[]>`select key from programmes`;
  const journeys = await transaction<{ key: string }[]>`select key from journeys`;
  const secrets = await transaction<{ name: string }[]>`select name from secrets`;
  const stores = await transaction<{ key: string }[]>`select external_id as key from stores`;
  const [policy] = await transaction<{ policy: unknown }[]>`select policy from pressure_policies`;
  const { categories } = policy ? PressurePolicy.parse(policy.policy) : DEFAULT_PRESSURE_POLICY;
  return {
    templates: new Map(templates.map(({ key, channel }) => [key, channel])),
    offers: new Set(offers.map(({ key }) => key)),
    programmes: new Set(programmes.map(({ key }) => key)),
    categories: new Set(categories.map(({ key }) => key)),
    journeys: new Set(journeys.map(({ key }) => key)),
    secrets: new Set(secrets.map(({ name }) => name)),
    stores: new Set(stores.map(({ key }) => key)),
  };
}

async function lockJourney(transaction: Transaction, journeyId: string): Promise<{ draft: Journey; status: string; revision: number }> {
  const [row] = await transaction<{ draft: unknown; status: string; draft_revision: number; archived_at: Date | null }[]>`select draft, status, draft_revision, archived_at from journeys where id = ${journeyId} for no key update`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  refuseArchived(row.archived_at);
  return { draft: Journey.parse(row.draft), status: row.status, revision: row.draft_revision };
}

/** Who publishes: `vendorAccounts` are the installation's own, where they are known; `storeIds` the only stores that they act for. */
type Publisher = { vendorAccounts?: VendorAccounts | null; storeIds?: readonly string[] | null };

async function findProblems(transaction: Transaction, workspaceId: string, draft: Journey, { vendorAccounts = null, storeIds = null }: Publisher): Promise<Problem[]> {
  const beyond = storeIds === null ? [] : checkWithinStores(draft, await storeKeysOf(transaction, storeIds));
  return [...beyond, ...validateJourney(draft, await loadReferences(transaction)), ...(await findMissingSenders(transaction, workspaceId, draft, vendorAccounts))];
}

/** All that keeps the draft from being published; empty when nothing does. */
export async function validateDraft(transaction: Transaction, workspaceId: string, journeyId: string, publisher: Publisher): Promise<Problem[]> {
  const [row] = await transaction<{ draft: unknown }[]>`select draft from journeys where id = ${journeyId}`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  return findProblems(transaction, workspaceId, Journey.parse(row.draft), publisher);
}

/** `moveId`: the people inside are on their way to it. */
export type Published = { versionId: string; number: number; moveId: string | null };

/** Publishes the draft, of `revision` when one is named. A draft or stopped journey comes to life by it; a paused one stays paused. `people` says who moves. */
export async function publishJourney(context: CommandContext, journeyId: string, options: Publisher & { revision?: number | undefined; reason?: string | undefined; people?: MovePolicy | undefined } = {}): Promise<Result<Published>> {
  const { transaction, workspaceId, actor } = context;
  const { draft, status, revision } = await lockJourney(transaction, journeyId);
  if (options.revision !== undefined && options.revision !== revision) throw new PermanentError('journey.revision', `The draft is at revision ${revision}, not ${options.revision}: read it again.`);
  const [stopping] = status === 'stopped' ? await transaction`select from enrollments where journey_id = ${journeyId} and ended_at is null limit 1` : [];
  if (stopping) throw new PermanentError('journey.state', 'People are still leaving this stopped journey; publish it in a moment.');
  const problems = await findProblems(transaction, workspaceId, draft, options);
  if (problems.length > 0) return { ok: false, problems: [{ code: 'journey.invalid', message: `${problems.length} thing(s) keep this journey from being published.`, path: [] }, ...problems] };
  const policy = options.people ?? FINISH;
  const isMoving = movesSomebody(policy);
  const missing = isMoving ? await checkChoices(transaction, journeyId, draft, policy) : [];
  if (missing.length > 0) return { ok: false, problems: [{ code: 'journey.invalid', message: `${missing.length} choice(s) are missing for the people inside.`, path: [] }, ...missing] };
  const { people, counts } = await previewMove(transaction, workspaceId, journeyId, draft, policy);
  const versionId = newId();
  const [version] = await transaction<{ number: number }[]>`
    insert into journey_versions (id, workspace_id, journey_id, number, definition, published_at, published_by)
    select ${versionId}, ${workspaceId}, ${journeyId}, coalesce(max(number), 0) + 1, ${transaction.json(draft as never)}, workspace_now(${workspaceId}), ${actor}
      from journey_versions where journey_id = ${journeyId} returning number`;
  const number = version?.number ?? 1;
  await transaction`
    update journeys set live_version_id = ${versionId}, name = ${draft.name}, status = case status when 'paused' then 'paused' else 'live' end, updated_at = workspace_now(${workspaceId})
     where id = ${journeyId}`;
  const move = isMoving && people > 0 ? await beginMove(context, { journeyId, toVersionId: versionId, policy }) : null;
  const [alarmed] = await transaction`select from alarms where journey_id = ${journeyId} limit 1`;
  if (alarmed || isTimed(draft.entry.trigger)) await beginReckoning(transaction, workspaceId, journeyId);
  await keepSplitTests(context, journeyId, draft);
  await audit(context, { action: 'journey.publish', subject: formatId('journey', journeyId), before: { status }, after: { version: number, people: policy.mode, inside: people, counts }, reason: options.reason });
  await raiseEpoch(context);
  return ok({ versionId, number, moveId: move?.moveId ?? null });
}
