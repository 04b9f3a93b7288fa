/**
 * What becomes of a person who waits in one version of a journey when they move to another (§8.3). A pure answer from plans, policy and instants:
 * the preview counts it, the burst carries it out.
 */
import type { Plan, PlanNode } from '#domain/journeys/compile.ts';
import type { WaitSight } from '#domain/journeys/node-kind.ts';
import { sameText } from '#domain/journeys/operations/compare-journeys.ts';
import type { Instant } from '#domain/shared/time.ts';
import { moves, type MovePolicy } from './move-policy.ts';
import type { Waiting } from './state.ts';

/** `gone`: stood on a step that is gone and goes where the author said. `finishes`: stays on the old version. */
export const MOVE_CLASSES = ['stays', 'leavesNow', 'waitsShorter', 'waitsLonger', 'gone', 'finishes'] as const;
export type MoveClass = (typeof MOVE_CLASSES)[number];

export type MoveOutcome =
  /** `choose`: would move, but nobody has said where to. */
  | { kind: 'finish'; class: 'finishes'; choose: boolean }
  | { kind: 'wait'; class: MoveClass; waiting: Waiting }
  | { kind: 'end'; class: MoveClass; ending: 'completed' | 'removed' };

/** What the end of a wait may depend on, as the mover knows it; without the history a wait that reads it is entered anew. */
export type MoverSight = Pick<WaitSight, 'zone' | 'profile' | 'event'>;
export type MoveInput = { waiting: Waiting; from: Plan; to: Plan; policy: MovePolicy; sight: MoverSight; now: Instant };

/** Where a way leads: a step that both versions have, or null for its end. */
export type WayOut = { to: string | null };

/**
 * Along the old drawing from a step that is gone to the first one that is still there. Null where the way forks before, unless `first` way out is taken
 * there, and null when it leads in a circle.
 */
export function findWayOut(nodeId: string, from: Plan, to: Plan, forks: 'stop' | 'first' = 'stop'): WayOut | null {
  const seen = new Set<string>();
  for (let id: string | null = nodeId; ; ) {
    if (id === null || to.nodes.has(id)) return { to: id };
    const node: PlanNode | undefined = from.nodes.get(id);
    if (!node || seen.has(id)) return null;
    seen.add(id);
    const ports = node.kind.ports(node.settings);
    if (ports.length > 1 && forks === 'stop') return null;
    // An event wait is left by its timeout: nothing has happened.
    const port: string | undefined = ports.includes('timeout') ? 'timeout' : ports[0];
    id = (port === undefined ? null : node.next[port]) ?? null;
  }
}

/** Whether the author has to say where people go who stand at this step: it is gone, and is not a wait with one way out. */
export function needsChoice(nodeId: string, from: Plan, to: Plan): boolean {
  return !to.nodes.has(nodeId) && !(from.nodes.get(nodeId)?.kind.waits && findWayOut(nodeId, from, to) !== null);
}

const arriveAt = (nodeId: string, now: Instant): Waiting => ({ nodeId, visit: 0, since: now, wakeAt: now, arrives: true });

function leaveGone({ waiting, from, to, policy, now }: MoveInput): MoveOutcome {
  const { nodeId } = waiting;
  const choice = policy.gone[nodeId];
  if (choice && 'leave' in choice) return { kind: 'end', class: 'gone', ending: 'removed' };
  if (choice && to.nodes.has(choice.to)) return { kind: 'wait', class: 'gone', waiting: arriveAt(choice.to, now) };
  const way = needsChoice(nodeId, from, to) ? null : findWayOut(nodeId, from, to);
  if (!way) return { kind: 'finish', class: 'finishes', choose: true };
  return way.to === null ? { kind: 'end', class: 'leavesNow', ending: 'completed' } : { kind: 'wait', class: 'leavesNow', waiting: arriveAt(way.to, now) };
}

/** A loop had brought them back at the very time of day: the wait skipped one (see `again` of StepInput). */
function cameAgain({ kind, settings }: PlanNode, { since, wakeAt }: Waiting, sight: MoverSight): boolean {
  const at = (again: boolean): Instant | null | undefined => kind.wakesAt?.(settings, { ...sight, since, again, history: [] });
  return at(false) !== wakeAt && at(true) === wakeAt;
}

/** The time already waited counts: the new wait began when the old one did. One that is over ends now, never in the past. */
function waitAnew(before: PlanNode | undefined, after: PlanNode, { waiting, sight, now }: MoveInput): MoveOutcome | null {
  const { nodeId, visit, since, wakeAt } = waiting;
  if ((after.kind.hears?.(after.settings).length ?? 0) > 0) return null;
  const moment = after.kind.wakesAt?.(after.settings, { ...sight, since, again: before !== undefined && cameAgain(before, waiting, sight), history: [] });
  if (moment === undefined) return null;
  const until = moment ?? Infinity;
  const moved = { nodeId, visit, since, wakeAt: moment === null ? null : Math.max(moment, now) };
  if (until <= now) return { kind: 'wait', class: 'leavesNow', waiting: moved };
  const was = wakeAt ?? Infinity;
  return { kind: 'wait', class: until > was ? 'waitsLonger' : until < was ? 'waitsShorter' : 'stays', waiting: moved };
}

/**
 * The outcome for one person. A step that is kept and unchanged keeps its wait; a shorter wait lets those past it go now; a longer one counts the time
 * already waited; an event wait keeps its beginning; a deleted wait with one way out lets them go on along it; whoever is held by pressure is asked
 * again; a step that no longer waits is entered now. A person whose step needs a choice that nobody has made finishes on the old version.
 */
export function moveToVersion(input: MoveInput): MoveOutcome {
  const { waiting, from, to, policy, now } = input;
  if (!moves(policy, waiting.nodeId)) return { kind: 'finish', class: 'finishes', choose: false };
  const after = to.nodes.get(waiting.nodeId);
  if (!after) return leaveGone(input);
  const before = from.nodes.get(waiting.nodeId);
  const isSame = before?.kind.kind === after.kind.kind && sameText(before.settings) === sameText(after.settings);
  if (isSame || waiting.arrives) return { kind: 'wait', class: 'stays', waiting };
  if (waiting.heldMessageKey && after.kind.family === 'say') return { kind: 'wait', class: 'stays', waiting: { ...waiting, wakeAt: now } };
  return waitAnew(before, after, input) ?? { kind: 'wait', class: 'leavesNow', waiting: arriveAt(waiting.nodeId, now) };
}
