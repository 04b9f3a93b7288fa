/** From sandbox to live: what would change and what is missing, then the copy as a draft; and the other workspace of a brand. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { PART_KINDS, PART_STATES, SIDES } from '#domain/promotion/part.ts';
import { formatId } from '#domain/shared/ids.ts';
import { linkLive, makeCounterpart } from '#engine/commands/make-counterpart.ts';
import { lookAgainAtPressure } from '#engine/commands/put-pressure-policy.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { findLiveSide } from '#engine/promotion/find-live-side.ts';
import { planPromotion, type Plan } from '#engine/promotion/plan-promotion.ts';
import { promoteJourney } from '#engine/promotion/promote-journey.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const params = z.object({ journeyId: IdOf('journey') });
const liveKey = z.string().max(200).optional().meta({ description: 'A key of the live workspace: what a person may do there is known, what a key of the sandbox may do there is not. It is kept nowhere.' });
const choices = z.array(z.strictObject({ kind: z.enum(PART_KINDS), key: z.string().min(1).max(120), side: z.enum(SIDES) })).max(200).default([]).meta({ description: 'Whose stands afterwards: the sandbox’s, or live’s. Needed where `side` is null.' });

const PartOut = z.object({
  kind: z.enum(PART_KINDS), key: z.string(), name: z.string(), state: z.enum(PART_STATES),
  side: z.enum(SIDES).nullable().meta({ description: 'Whose stands afterwards. Null: both were edited, or live’s never came from here, and somebody has to choose.' }),
  mayTake: z.boolean().meta({ description: 'Whether the caller may write it in live.' }), scope: z.string().meta({ description: 'What that takes.' }),
  before: z.string().nullable().meta({ description: 'As live has it, line by line; null where it has none. A journey’s are in `journey`.' }), after: z.string(),
});
const Drawn = z.looseObject({ key: z.string(), name: z.string() }).meta({ description: 'See /api/v1/schemas/journey.json.' });
const PlanOut = z.object({
  live: z.object({ id: Id('workspace'), name: z.string() }), revision: z.number().int().meta({ description: 'Of the sandbox’s draft: send it with the promotion.' }),
  journey: z.object({ before: Drawn.nullable(), after: Drawn, liveJourneyId: Id('journey').nullable(), liveStatus: z.string().nullable() }),
  parts: z.array(PartOut), last: z.object({ at: Iso, actor: z.string() }).nullable(),
  missing: z.array(z.object({ code: z.string(), figures: z.record(z.string(), z.union([z.string(), z.number()])), message: z.string(), blocks: z.boolean().meta({ description: 'The journey cannot be published in live while this lasts.' }) })),
}).meta({ id: 'PromotionPlan' });

const toPlan = ({ revision, journey, liveJourney, parts, lacking, last }: Plan, live: { id: string; name: string }): z.input<typeof PlanOut> => ({
  live: { id: formatId('workspace', live.id), name: live.name }, revision, missing: lacking, last: last && { at: iso(last.at), actor: last.actor },
  journey: { before: liveJourney?.draft ?? null, after: journey, liveJourneyId: liveJourney && formatId('journey', liveJourney.id), liveStatus: liveJourney?.status ?? null },
  parts: parts.map(({ kind, key, name, state, side, mayTake, scope, sandbox, live: there }) => ({ kind, key, name, state, side, mayTake, scope, before: there?.text ?? null, after: sandbox?.text ?? '' })),
});

/** Before anything of live is looked for. */
async function requireJourney(transaction: Transaction, journeyId: string): Promise<void> {
  const [row] = await transaction`select from journeys where id = ${journeyId}`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
}

const preview = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/promotion/preview', noun: 'Sandbox', summary: 'Show what promoting a journey to live would change, and what live lacks for it', scope: 'journeys:read', params,
  description: 'The difference of the journey against the live one, each template, offer, event type and the pressure policy that it needs, and what keeps it from being published there. Nothing is written.',
  body: z.strictObject({ liveKey, choices }), response: PlanOut, errors: ['journey.unknown', 'journey.archived', 'sandbox.only', 'promotion.noLive', 'promotion.noAccess'],
  async read({ transaction, engine, workspaceId, actor, params: { journeyId }, body }) {
    await requireJourney(transaction, journeyId);
    const live = await findLiveSide(engine, transaction, { workspaceId, actor, liveKey: body.liveKey, needs: 'journeys:read' });
    const plan = await planPromotion(transaction, workspaceId, journeyId, live, { choices: body.choices, vendorAccounts: engine.vendorAccounts });
    return toPlan(plan, { id: live.workspaceId, name: plan.liveName });
  },
});

const promote = defineRoute({
  method: 'POST', path: '/journeys/{journeyId}/promotion', noun: 'Sandbox', summary: 'Promote a journey to live, as a draft', scope: 'journeys:write', params, status: 201,
  description: 'Copies the journey of a sandbox with its templates, offers, pressure policy and event types to the live workspace of the brand, all or nothing. Never customers or events; nothing is published. Promoted again, it changes the draft of the same journey, whose steps keep their ids. Asks for permission in both workspaces.',
  body: z.strictObject({ revision: z.number().int().min(1), liveKey, choices, reason: z.string().min(1).max(500).optional() }), example: { revision: 4, choices: [{ kind: 'template', key: 'thank-you', side: 'sandbox' }] },
  response: z.object({ liveWorkspaceId: Id('workspace'), liveJourneyId: Id('journey'), key: z.string(), draft: z.enum(['created', 'changed', 'unchanged']), parts: z.array(z.object({ kind: z.enum(PART_KINDS), key: z.string(), did: z.enum(['created', 'changed', 'kept']) })) }),
  errors: ['journey.unknown', 'journey.archived', 'journey.revision', 'sandbox.only', 'promotion.noLive', 'promotion.noAccess', 'promotion.undecided', 'promotion.scope', 'template.otherChannel', 'offer.stock'],
  async write({ command, transaction, engine, workspaceId, actor, params: { journeyId }, body, afterCommit }) {
    await requireJourney(transaction, journeyId);
    const live = await findLiveSide(engine, transaction, { workspaceId, actor, liveKey: body.liveKey, needs: 'journeys:write' });
    const { policyChanged, ...promoted } = unwrap(await promoteJourney(command, journeyId, live, { ...body, vendorAccounts: engine.vendorAccounts }));
    if (policyChanged) afterCommit(() => lookAgainAtPressure(engine, live.workspaceId));
    return { status: 201, body: { ...promoted, liveWorkspaceId: formatId('workspace', live.workspaceId), liveJourneyId: formatId('journey', promoted.liveJourneyId) } };
  },
});

const counterpart = defineRoute({
  method: 'POST', path: '/workspace/counterpart', noun: 'Settings', summary: 'Make the other workspace of the brand: a sandbox of a live one, or the live one of a sandbox', scope: 'settings:write', status: 201,
  description: 'With the same currency, zone, country, language and stores, and without anything else. Owners own it too; a sandbox also takes in who works in live. With `workspaceId` no workspace is made: a sandbox is told which live workspace, that the caller owns too, is its brand’s.',
  body: z.strictObject({ name: z.string().trim().min(1).max(120).optional(), workspaceId: IdOf('workspace').optional() }),
  response: z.object({ id: Id('workspace'), slug: z.string(), kind: z.enum(['live', 'sandbox']) }), errors: ['workspace.unknown', 'workspace.hasLive', 'workspace.noPair'],
  async write({ command, engine, actor, body: { name, workspaceId } }) {
    const { workspaceId: id, slug, kind } = workspaceId === undefined ? await makeCounterpart(command, engine, { name }) : await linkLive(command, workspaceId, actor.startsWith('user:') ? actor.slice('user:'.length) : null);
    return { status: 201, body: { id: formatId('workspace', id), slug, kind } };
  },
});

export const promotionRoutes = [preview, promote, counterpart];
