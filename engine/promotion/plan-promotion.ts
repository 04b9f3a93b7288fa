/**
 * What promoting a journey would do: the journey and each part of it as the sandbox and as live have them, whose stands afterwards, and what live still lacks before
 * the journey could be published there. It writes nothing; the command plans by the same function, under locks.
 */
import type { Transaction } from '#db/connection.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { validateJourney } from '#domain/journeys/validate.ts';
import { needsOf, type Needs } from '#domain/promotion/needs.ts';
import { judgePart, usualSide, type PartKind, type PartState, type PromotedPart, type Side } from '#domain/promotion/part.ts';
import { idsIn, relocateJourney } from '#domain/promotion/relocate.ts';
import { loadReferences } from '#engine/commands/publish-journey.ts';
import { refuseArchived } from '#engine/commands/archive-journey.ts';
import type { Scope } from '#engine/commands/scopes.ts';
import { findMissingSenders } from '#engine/missing-senders.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import type { VendorAccounts } from '#providers/account.ts';
import { asWorkspace } from './as-workspace.ts';
import { findLacking, type Lacking } from './find-lacking.ts';
import { hashOf, loadOtherParts, loadTemplateParts, partId, type Part } from './load-parts.ts';

/** The live workspace of the brand, and what the caller may do in it. */
export type LiveSide = { workspaceId: string; actor: string; scopes: readonly string[] };
export type Choice = { kind: PartKind; key: string; side: Side };

/** `side` is null where somebody has to choose. `mayTake`: whether the caller may write it in live. */
export type PlannedPart = { kind: PartKind; key: string; name: string; state: PartState; side: Side | null; mayTake: boolean; scope: Scope; sandbox: Part | null; live: Part | null; hashes: { sandbox: string; live: string | null } };
export type LiveJourney = { id: string; draft: Journey; revision: number; status: string };
export type Plan = {
  revision: number; journey: Journey; liveJourney: LiveJourney | null; parts: PlannedPart[]; lacking: Lacking[]; last: { at: Date; actor: string } | null; liveName: string;
};

/** What it takes to write a part in live. */
const SCOPE_OF: Record<PartKind, Scope> = { journey: 'journeys:write', template: 'content:write', offer: 'loyalty:write', policy: 'settings:write', eventType: 'journeys:write' };

type Source = { draft: Journey; revision: number; needs: Needs; parts: Part[]; stores: Map<string, string>; last: { at: Date; actor: string; parts: PromotedPart[] } | null };

async function readSandbox(transaction: Transaction, journeyId: string, lock: boolean): Promise<Source> {
  const [row] = await transaction<{ draft: unknown; revision: number }[]>`select draft, draft_revision as revision from journeys where id = ${journeyId} ${lock ? transaction`for no key update` : transaction``}`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  const draft = Journey.parse(row.draft);
  const templates = await loadTemplateParts(transaction, needsOf(draft).templates);
  const needs = needsOf(draft, templates.map((part) => (part.kind === 'template' ? part.content.source : null)));
  const stores = await transaction<{ id: string; externalId: string }[]>`select id, external_id as "externalId" from stores`;
  const [last] = await transaction<{ at: Date; actor: string; parts: PromotedPart[] }[]>`select at, actor, parts from promotions where journey_id = ${journeyId} order by id desc limit 1`;
  return { draft, revision: row.revision, needs, parts: [...templates, ...(await loadOtherParts(transaction, needs))], stores: new Map(stores.map(({ id, externalId }) => [id, externalId])), last: last ?? null };
}

/** The journey that was promoted before, or one of the same key that somebody drew there. */
async function findLiveJourney(transaction: Transaction, key: string, lock: boolean): Promise<LiveJourney | null> {
  const [row] = await transaction<{ id: string; draft: unknown; revision: number; status: string; archivedAt: Date | null }[]>`
    select id, draft, draft_revision as revision, status, archived_at as "archivedAt" from journeys where key = ${key} ${lock ? transaction`for no key update` : transaction``}`;
  if (!row) return null;
  refuseArchived(row.archivedAt);
  return { ...row, draft: Journey.parse(row.draft) };
}

type Compared = { kind: PartKind; key: string; name: string; sandbox: Part | null; live: Part | null; hashes: { sandbox: string; live: string | null } };

/** A policy that nobody has written yet, and a type of event of which nothing was agreed, are nobody's work: as if they had been promoted as they stand. */
const isUntouched = (part: Part | null): boolean => (part?.kind === 'policy' && part.revision <= 1) || (part?.kind === 'eventType' && part.schema === null);
const unwritten = ({ sandbox, live, hashes }: Compared): { sandbox: string; live: string } | null =>
  (isUntouched(live) && hashes.live !== null ? { sandbox: '', live: hashes.live } : isUntouched(sandbox) ? { sandbox: hashes.sandbox, live: '' } : null);

function planPart(part: Compared, source: Source, side: LiveSide, choices: readonly Choice[]): PlannedPart {
  const promoted = source.last?.parts.find((each) => partId(each) === partId(part)) ?? null;
  const state = judgePart({ ...part.hashes, promoted: promoted ?? unwritten(part) });
  const mayTake = side.scopes.includes(SCOPE_OF[part.kind]);
  const chosen = choices.find((choice) => partId(choice) === partId(part))?.side ?? null;
  const usual = mayTake ? usualSide(state) : part.hashes.live === null ? 'sandbox' : 'live';
  return { ...part, state, mayTake, scope: SCOPE_OF[part.kind], side: state === 'new' ? 'sandbox' : state === 'same' ? 'live' : (mayTake && chosen) || usual };
}

/** Begins and ends in the sandbox. `lock` for a promotion that follows: then nobody saves what it is about to replace. */
export async function planPromotion(
  transaction: Transaction, workspaceId: string, journeyId: string, live: LiveSide, { choices, vendorAccounts, lock = false }: { choices: readonly Choice[]; vendorAccounts: VendorAccounts; lock?: boolean },
): Promise<Plan> {
  const source = await readSandbox(transaction, journeyId, lock);
  return asWorkspace(transaction, { of: live.workspaceId, home: workspaceId }, async () => {
    const liveJourney = await findLiveJourney(transaction, source.draft.key, lock);
    const there = [...(await loadTemplateParts(transaction, source.needs.templates, lock)), ...(await loadOtherParts(transaction, source.needs))];
    const stores = await transaction<{ id: string; externalId: string }[]>`select id, external_id as "externalId" from stores where external_id = any(${[...source.stores.values()]})`;
    const named = idsIn(source.draft, new Set(source.stores.keys()));
    const storeOf = new Map(named.map((id) => [id, stores.find(({ externalId }) => externalId === source.stores.get(id))?.id ?? null]));
    const journey = relocateJourney(source.draft, new Map([...storeOf].flatMap(([id, other]) => (other === null ? [] : [[id, other]]))));
    const drawn: Compared = { kind: 'journey', key: journey.key, name: journey.name, sandbox: null, live: null, hashes: { sandbox: hashOf(journey), live: liveJourney && hashOf(liveJourney.draft) } };
    const parts = [drawn, ...source.parts.map((part): Compared => {
      const other = there.find((each) => partId(each) === partId(part)) ?? null;
      return { kind: part.kind, key: part.key, name: part.name, sandbox: part, live: other, hashes: { sandbox: part.hash, live: other?.hash ?? null } };
    })].map((part) => planPart(part, source, live, choices));
    const kept = parts.map((part) => (part.side === 'live' ? part.live : part.sandbox)).filter((part) => part !== null);
    const references = await loadReferences(transaction);
    for (const part of kept) {
      if (part.kind === 'template') references.templates?.set(part.key, part.channel);
      if (part.kind === 'offer') references.offers?.add(part.key);
      if (part.kind === 'policy') references.categories = new Set(part.policy.categories.map(({ key }) => key));
    }
    references.journeys?.add(journey.key);
    const final = parts[0]?.side === 'live' && liveJourney ? liveJourney.draft : journey;
    const lacking = await findLacking(transaction, live.workspaceId, {
      problems: [...validateJourney(final, references), ...(await findMissingSenders(transaction, live.workspaceId, final, vendorAccounts))],
      kept, needs: source.needs, stores: [...storeOf].flatMap(([id, other]) => (other === null ? [source.stores.get(id) ?? id] : [])),
    });
    const [workspace] = await transaction<{ name: string }[]>`select name from workspaces where id = ${live.workspaceId}`;
    return { liveName: workspace?.name ?? '', revision: source.revision, journey, liveJourney, parts, lacking, last: source.last && { at: source.last.at, actor: source.last.actor } };
  });
}
