/** What publishing would do to the people inside, counted before it happens, and who they are (§8.2). Nothing is changed. */
import { CustomerProfile } from '#domain/customers/profile.ts';
import type { Transaction } from '#db/connection.ts';
import { moves, type MovePolicy } from '#domain/enrollments/move-policy.ts';
import { findWayOut, MOVE_CLASSES, moveToVersion, needsChoice, type MoveClass, type MoveOutcome, type MoverSight, type WayOut } from '#domain/enrollments/move-to-version.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { sameText } from '#domain/journeys/operations/compare-journeys.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import { countPeople, loadHoldingPlans, readPeople, type PeopleAt, type PersonInside } from '#engine/people-inside.ts';

export type ClassCounts = Record<MoveClass, number>;
/** `proposes`: where a step that is gone leads, when its people move; null for a step that is kept, and where nothing can be proposed. `needsChoice`: nobody moves before the author has chosen. */
export type NodePreview = { nodeId: string; people: number; isGone: boolean; needsChoice: boolean; proposes: WayOut | null; counts: ClassCounts };
export type MovePreview = { people: number; counts: ClassCounts; nodes: NodePreview[] };
export type PreviewedPerson = PersonInside & { class: MoveClass; outcome: MoveOutcome };

const none = (): ClassCounts => ({ stays: 0, leavesNow: 0, waitsShorter: 0, waitsLonger: 0, gone: 0, finishes: 0 });
const PAGE = 2_000;
/** Where every person has the same answer, it does not matter who. */
const ANYBODY: MoverSight = { zone: 'UTC', profile: CustomerProfile.parse({}), event: null };

type Sight = { journeyId: string; to: Plan; plans: Map<string, Plan>; policy: MovePolicy; at: PeopleAt[]; now: Instant };

async function look(transaction: Transaction, workspaceId: string, journeyId: string, draft: Journey, policy: MovePolicy): Promise<Sight> {
  const at = await countPeople(transaction, journeyId);
  const plans = await loadHoldingPlans(transaction, journeyId, at.map(({ versionId }) => versionId));
  const to = compileJourney(draft, { journeyId, versionId: 'draft', versionNumber: 0, status: 'live', takesEntries: true });
  return { journeyId, to, plans, policy, at, now: await readNow(transaction, workspaceId) };
}

/** A wait that is kept and changed has another answer for each person; whatever else happens at a step happens to all of them alike. */
function dependsOnPerson({ plans, to, policy }: Sight, { versionId, nodeId }: PeopleAt): boolean {
  const before = plans.get(versionId)?.nodes.get(nodeId);
  const after = to.nodes.get(nodeId);
  if (!before || !after?.kind.wakesAt || !moves(policy, nodeId)) return false;
  return before.kind.kind !== after.kind.kind || sameText(before.settings) !== sameText(after.settings);
}

const decide = ({ plans, to, policy, now }: Sight, person: Pick<PersonInside, 'versionId' | 'waiting' | 'sight'>): MoveOutcome =>
  person.waiting ? moveToVersion({ waiting: person.waiting, from: plans.get(person.versionId)!, to, policy, sight: person.sight, now }) : { kind: 'finish', class: 'finishes', choose: false };

/** Who would move and stands on a step that is gone is counted there also while the author has not chosen. */
const classOf = (outcome: MoveOutcome): MoveClass => (outcome.kind === 'finish' && outcome.choose ? 'gone' : outcome.class);

/** The counts of each step and class. */
export async function previewMove(transaction: Transaction, workspaceId: string, journeyId: string, draft: Journey, policy: MovePolicy): Promise<MovePreview> {
  const sight = await look(transaction, workspaceId, journeyId, draft, policy);
  const nodes = new Map<string, NodePreview>();
  const of = (nodeId: string): NodePreview => nodes.get(nodeId) ?? nodes.set(nodeId, { nodeId, people: 0, isGone: !sight.to.nodes.has(nodeId), needsChoice: false, proposes: null, counts: none() }).get(nodeId)!;
  for (const each of sight.at) {
    const node = of(each.nodeId);
    const from = sight.plans.get(each.versionId)!;
    node.people += each.people;
    if (node.isGone) {
      node.needsChoice ||= needsChoice(each.nodeId, from, sight.to);
      node.proposes ??= findWayOut(each.nodeId, from, sight.to, 'first');
    }
    if (dependsOnPerson(sight, each)) continue;
    const waiting = { nodeId: each.nodeId, visit: 1, since: sight.now, wakeAt: sight.now };
    node.counts[classOf(decide(sight, { versionId: each.versionId, waiting, sight: ANYBODY }))] += each.people;
  }
  const asked = sight.at.filter((each) => dependsOnPerson(sight, each));
  const isAsked = new Set(asked.map(({ versionId, nodeId }) => `${versionId} ${nodeId}`));
  const nodeIds = [...new Set(asked.map(({ nodeId }) => nodeId))];
  for (let after: string | null = null; nodeIds.length > 0; ) {
    const people = await readPeople(transaction, journeyId, { after, limit: PAGE, nodeIds });
    for (const person of people) if (isAsked.has(`${person.versionId} ${person.nodeId}`)) of(person.nodeId).counts[decide(sight, person).class] += 1;
    after = people.at(-1)?.id ?? null;
    if (people.length < PAGE) break;
  }
  const counts = none();
  for (const node of nodes.values()) for (const each of MOVE_CLASSES) counts[each] += node.counts[each];
  return { people: sight.at.reduce((sum, { people }) => sum + people, 0), counts, nodes: [...nodes.values()] };
}

/** The people behind a count, in the order of their enrollments. */
export async function previewPeople(
  transaction: Transaction, workspaceId: string, journeyId: string, draft: Journey, policy: MovePolicy, page: { nodeId: string | null; class: MoveClass | null; after: string | null; limit: number },
): Promise<PreviewedPerson[]> {
  const sight = await look(transaction, workspaceId, journeyId, draft, policy);
  const found: PreviewedPerson[] = [];
  for (let { after } = page; ; ) {
    const people = await readPeople(transaction, journeyId, { after, limit: PAGE, nodeIds: page.nodeId === null ? null : [page.nodeId] });
    for (const person of people) {
      const outcome = decide(sight, person);
      if (page.class === null || classOf(outcome) === page.class) found.push({ ...person, class: classOf(outcome), outcome });
      if (found.length === page.limit) return found;
    }
    after = people.at(-1)?.id ?? null;
    if (people.length < PAGE) return found;
  }
}

/** Choices that are missing for people who stand somewhere now, and choices that lead nowhere. */
export async function checkChoices(transaction: Transaction, journeyId: string, draft: Journey, policy: MovePolicy): Promise<Problem[]> {
  const at = await countPeople(transaction, journeyId);
  const plans = await loadHoldingPlans(transaction, journeyId, at.map(({ versionId }) => versionId));
  const to = compileJourney(draft, { journeyId, versionId: 'draft', versionNumber: 0, status: 'live', takesEntries: true });
  const lost = Object.entries(policy.gone).flatMap(([nodeId, choice]): Problem[] =>
    'to' in choice && !to.nodes.has(choice.to) ? [{ code: 'move.unknownTarget', message: `«${choice.to}» is no step of this version.`, path: ['people', 'gone', nodeId, 'to'] }] : []);
  const missing = new Map<string, number>();
  for (const { versionId, nodeId, people } of at) {
    if (moves(policy, nodeId) && !policy.gone[nodeId] && needsChoice(nodeId, plans.get(versionId)!, to)) missing.set(nodeId, (missing.get(nodeId) ?? 0) + people);
  }
  return [...lost, ...[...missing].map(([nodeId, people]): Problem => ({ code: 'move.noChoice', message: `«${nodeId}» is gone and ${people} people stand there: say where they go.`, path: ['people', 'gone', nodeId] }))];
}
