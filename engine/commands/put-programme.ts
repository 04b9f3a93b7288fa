/** A command: creates or replaces a loyalty programme; the next purchase earns by it, what was earned stays. */
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

/** With a `revision`, it replaces that revision only. Every reward's offer must be there. */
export async function putProgramme(context: CommandContext, programme: LoyaltyProgramme, revision?: number): Promise<Result<{ revision: number; created: boolean }>> {
  const { transaction, workspaceId } = context;
  const offers = new Set((await transaction<{ key: string }[]>`select key from offers`).map(({ key }) => key));
  const missing = programme.rewards.flatMap(({ offerKey }, index) =>
    (offers.has(offerKey) ? [] : [{ code: 'reference.offer', message: `There is no offer «${offerKey}»: create it first.`, path: ['body', 'rewards', index, 'offerKey'] }]));
  if (missing.length > 0) return fail(...missing);
  await raiseEpoch(context);
  const [before] = await transaction<{ revision: number; definition: unknown }[]>`select revision, definition from programmes where key = ${programme.key} for no key update`;
  if (revision !== undefined && revision !== (before?.revision ?? 0)) throw new PermanentError('programme.revision', `The programme is at revision ${before?.revision ?? 0}, not ${revision}: read it again.`);
  const [written] = await transaction<{ revision: number }[]>`
    insert into programmes as p (id, workspace_id, key, definition, updated_at)
    values (${newId()}, ${workspaceId}, ${programme.key}, ${transaction.json(programme as JSONValue)}, workspace_now(${workspaceId}))
    on conflict (workspace_id, key) do update set definition = excluded.definition, revision = p.revision + 1, updated_at = excluded.updated_at returning revision`;
  await audit(context, { action: before ? 'programme.change' : 'programme.create', subject: programme.key, before: before?.definition, after: programme });
  return ok({ revision: written?.revision ?? 1, created: !before });
}
