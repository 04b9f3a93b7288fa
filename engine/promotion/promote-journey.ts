/**
 * A command: copies a journey of a sandbox, with the templates, offers, pressure policy and event types that it needs, to the live workspace of its brand, in one
 * transaction, as a draft. Never a customer, never an event; nothing is published. Promoted again, it changes the draft of the same journey there.
 */
import { v7 as newId } from 'uuid';
import { insertTemplateVersion } from '#db/queries/templates.ts';
import type { PartKind, PromotedPart } from '#domain/promotion/part.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';
import { agreeSchema } from '#engine/commands/event-registry.ts';
import { createJourney, replaceDraft } from '#engine/commands/change-journey.ts';
import { audit, raiseEpoch, type CommandContext } from '#engine/commands/command-context.ts';
import { putOffer } from '#engine/commands/put-offer.ts';
import { putPressurePolicy } from '#engine/commands/put-pressure-policy.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import type { VendorAccounts } from '#providers/account.ts';
import { asWorkspace } from './as-workspace.ts';
import { planPromotion, type Choice, type LiveSide, type Plan, type PlannedPart } from './plan-promotion.ts';

export type Promoted = { liveJourneyId: string; key: string; draft: 'created' | 'changed' | 'unchanged'; parts: { kind: PartKind; key: string; did: 'created' | 'changed' | 'kept' }[]; policyChanged: boolean };

const refusals = ({ parts, revision }: Plan, asked: number): Problem[] => {
  if (revision !== asked) throw new PermanentError('journey.revision', `The draft is at revision ${revision}, not ${asked}: look at the difference again.`);
  return parts.flatMap(({ kind, key, side, mayTake, scope }, index): Problem[] => {
    if (side === null) return [{ code: 'promotion.undecided', message: `${kind} «${key}» was edited in live too: say whose stands.`, path: ['parts', index] }];
    return side === 'sandbox' && !mayTake ? [{ code: 'promotion.scope', message: `Bringing the ${kind} «${key}» needs ${scope} in the live workspace.`, path: ['parts', index] }] : [];
  });
};

/** Writes one part in live, which is the transaction's workspace now. */
async function writePart(context: CommandContext, { sandbox, live, key }: PlannedPart): Promise<void> {
  const { transaction, workspaceId } = context;
  switch (sandbox?.kind) {
    case 'template': {
      const version = await insertTemplateVersion(transaction, workspaceId, { templateId: newId(), versionId: newId(), key, name: sandbox.name, channel: sandbox.channel, content: sandbox.content });
      if (!version) throw new PermanentError('template.otherChannel', `Live has a template «${key}» of another channel: rename one of them.`);
      return audit(context, { action: 'template.save', subject: key, after: { number: version.number } });
    }
    case 'offer': return void (await putOffer(context, sandbox.offer));
    case 'policy': return void (await putPressurePolicy(context, sandbox.policy, live?.kind === 'policy' ? live.revision : 0));
    // Its name and what was agreed of it: what a sample holds was somebody's event.
    case 'eventType':
      await transaction`insert into event_types (workspace_id, type, sample, first_seen_at) values (${workspaceId}, ${key}, '{}', workspace_now(${workspaceId})) on conflict do nothing`;
      if (sandbox.schema !== null || (live?.kind === 'eventType' && live.schema !== null)) await agreeSchema(context, key, sandbox.schema, live?.kind === 'eventType' ? live.version : 0);
      return;
    case undefined: return;
  }
}

async function writeJourney(context: CommandContext, { journey, liveJourney, parts }: Plan): Promise<Pick<Promoted, 'liveJourneyId' | 'draft'>> {
  if (!liveJourney) return { liveJourneyId: (await createJourney(context, journey)).journeyId, draft: 'created' };
  if (parts[0]?.side === 'live') return { liveJourneyId: liveJourney.id, draft: 'unchanged' };
  await replaceDraft(context, liveJourney.id, journey, liveJourney.revision);
  return { liveJourneyId: liveJourney.id, draft: 'changed' };
}

/** `revision` is the sandbox's draft whose difference was seen. Refused whole when a choice is missing or the caller may not write a part there. */
export async function promoteJourney(
  context: CommandContext, journeyId: string, live: LiveSide, { revision, choices, reason, vendorAccounts }: { revision: number; choices: readonly Choice[]; reason?: string | undefined; vendorAccounts: VendorAccounts },
): Promise<Result<Promoted>> {
  const { transaction, workspaceId } = context;
  const plan = await planPromotion(transaction, workspaceId, journeyId, live, { choices, vendorAccounts, lock: true });
  const problems = refusals(plan, revision);
  if (problems.length > 0) return fail(...problems);
  const names = await transaction<{ slug: string }[]>`select slug from workspaces where id = ${workspaceId}`;
  const parts = plan.parts.map(({ kind, key, side, hashes }) => ({ kind, key, did: side === 'live' ? 'kept' as const : hashes.live === null ? 'created' as const : 'changed' as const }));
  const done = await asWorkspace(transaction, { of: live.workspaceId, home: workspaceId }, async () => {
    const inLive: CommandContext = { transaction, workspaceId: live.workspaceId, actor: live.actor };
    const written = await writeJourney(inLive, plan);
    for (const part of plan.parts) if (part.side === 'sandbox') await writePart(inLive, part);
    await audit(inLive, { action: 'journey.promote', subject: formatId('journey', written.liveJourneyId), after: { from: names[0]?.slug, revision, draft: written.draft, parts }, reason });
    await raiseEpoch(inLive);
    const [there] = await transaction<{ slug: string }[]>`select slug from workspaces where id = ${live.workspaceId}`;
    return { ...written, slug: there?.slug };
  });
  // What stands on both sides from now on; a live part that was kept stays as it is.
  const promoted = plan.parts.map(({ kind, key, side, hashes }): PromotedPart => ({ kind, key, sandbox: hashes.sandbox, live: side === 'live' && hashes.live !== null ? hashes.live : hashes.sandbox }));
  await transaction`
    insert into promotions (id, workspace_id, journey_id, live_workspace_id, live_journey_id, revision, parts, actor)
    values (${newId()}, ${workspaceId}, ${journeyId}, ${live.workspaceId}, ${done.liveJourneyId}, ${revision}, ${transaction.json(promoted)}, ${context.actor})`;
  await audit(context, { action: 'journey.promote', subject: formatId('journey', journeyId), after: { to: done.slug, revision, draft: done.draft, parts }, reason });
  return ok({ liveJourneyId: done.liveJourneyId, key: plan.journey.key, draft: done.draft, parts, policyChanged: plan.parts.some(({ kind, side }) => kind === 'policy' && side === 'sandbox') });
}
