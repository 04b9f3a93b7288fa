/** Runs one enrollment through its nodes, from where it stands to its next wait or its end. */
import { invariant, unreachable } from '#domain/shared/invariant.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Plan, PlanNode } from '#domain/journeys/compile.ts';
import type { ResumeCause, StepInput, StepOutcome } from '#domain/journeys/node-kind.ts';
import { take, tell, trace, type Burst } from './burst.ts';
import type { Effect } from './effects.ts';
import type { Ending, Enrollment, Waiting } from './state.ts';

/** A customer takes at most this many steps in one enrollment, then it ends with that reason (§4.4). */
export const MAXIMUM_STEPS = 1_000;

/** Ends an enrollment: its open reservations are released and, unless it completed, its messages not yet handed over are withdrawn (§2.4, §2.6). */
export function endEnrollment(burst: Burst, enrollment: Enrollment, cause: Pick<Ending, 'kind' | 'detail' | 'at'> & { nodeId?: string }): void {
  const { state } = enrollment;
  const ending: Ending = { ...cause, nodeId: cause.nodeId ?? state.waiting?.nodeId ?? null };
  const effects: Effect[] = state.checks.map((check) => ({ kind: 'release', messageKey: check.messageKey }));
  if (ending.kind !== 'completed') {
    effects.push({ kind: 'withdrawMessages', enrollmentId: enrollment.id, reason: { code: `withdrawn.${ending.kind}`, ...(ending.detail ? { figures: { detail: ending.detail } } : {}) } });
  }
  state.checks = [];
  state.waiting = null;
  state.ending = ending;
  burst.changed.add(enrollment);
  take(burst, effects, ending.at);
  trace(burst, enrollment, { kind: 'ended', at: ending.at, ...(ending.nodeId ? { nodeId: ending.nodeId } : {}), data: { ending: ending.kind, ...(ending.detail ? { detail: ending.detail } : {}) } });
}

function stepInput(burst: Burst, plan: Plan, node: PlanNode, enrollment: Enrollment, visit: number, at: Instant, left?: string): StepInput<unknown> {
  return {
    nodeId: node.id,
    settings: node.settings,
    visit,
    enrollment,
    at,
    again: left === node.id,
    now: burst.now,
    facts: burst.facts,
    shared: burst.shared,
    rules: burst.rules,
    journey: { id: plan.journeyId, versionId: plan.versionId, name: plan.journey.name },
  };
}

/** A programmer's error in one node harms this enrollment only: it fails with that reason and stays visible (§4.5). */
function guarded(decide: () => StepOutcome): StepOutcome {
  try {
    return decide();
  } catch (error) {
    return { kind: 'fail', reason: { code: 'internal', figures: { message: error instanceof Error ? error.message : 'unknown' } } };
  }
}

function keepChecks(enrollment: Enrollment, effects: Effect[] | undefined): void {
  for (const effect of effects ?? []) {
    if (effect.kind === 'reserve') enrollment.state.checks.push({ messageKey: effect.entry.messageKey, nodeId: effect.entry.nodeId, category: effect.entry.category });
    if (effect.kind === 'release') enrollment.state.checks = enrollment.state.checks.filter((check) => check.messageKey !== effect.messageKey);
  }
}

/** Applies an outcome; answers the node to go on with, or null when the person now waits or has left. */
function settle(burst: Burst, plan: Plan, node: PlanNode, enrollment: Enrollment, visit: number, outcome: StepOutcome, at: Instant): string | null {
  const { state } = enrollment;
  switch (outcome.kind) {
    case 'go': {
      take(burst, outcome.effects, at);
      keepChecks(enrollment, outcome.effects);
      if (outcome.tells) tell(burst, outcome.tells, at);
      burst.passes.push({ versionId: plan.versionId, nodeId: node.id, port: outcome.port });
      trace(burst, enrollment, { kind: 'passed', at, nodeId: node.id, visit, data: { port: outcome.port, ...outcome.detail } });
      if (outcome.event) state.event = outcome.event;
      if (outcome.detail?.['converted'] === true) state.converted = true;
      const target = node.next[outcome.port] ?? (outcome.port === 'expired' ? node.next['next'] : null) ?? null;
      if (target === null) endEnrollment(burst, enrollment, { kind: 'completed', at, nodeId: node.id });
      return target;
    }
    case 'wait':
      take(burst, outcome.effects, at);
      keepChecks(enrollment, outcome.effects);
      state.waiting = { ...outcome.waiting, nodeId: node.id, visit, since: state.waiting?.nodeId === node.id && state.waiting.visit === visit ? state.waiting.since : at };
      trace(burst, enrollment, { kind: 'waiting', at, nodeId: node.id, visit, data: { wakeAt: outcome.waiting.wakeAt, ...outcome.detail } });
      return null;
    case 'end':
      take(burst, outcome.effects, at);
      keepChecks(enrollment, outcome.effects);
      burst.passes.push({ versionId: plan.versionId, nodeId: node.id, port: '' });
      if (outcome.ending === 'converted') state.converted = true;
      trace(burst, enrollment, { kind: 'passed', at, nodeId: node.id, visit, data: { port: '', ...outcome.detail } });
      endEnrollment(burst, enrollment, { kind: outcome.ending, at, nodeId: node.id, ...(typeof outcome.detail?.['name'] === 'string' ? { detail: outcome.detail['name'] } : {}) });
      return null;
    case 'fail': {
      burst.passes.push({ versionId: plan.versionId, nodeId: node.id, port: 'error' });
      trace(burst, enrollment, { kind: 'failed', at, nodeId: node.id, visit, data: { reason: outcome.reason } });
      const target = node.next['error'] ?? null;
      if (target === null) endEnrollment(burst, enrollment, { kind: 'failed', at, nodeId: node.id, detail: outcome.reason.code });
      return target;
    }
    default:
      return unreachable(outcome);
  }
}

/** Whoever is held out passes what would reach or give, with that reason, and receives nothing (§1.7). */
const heldOut = ({ kind }: PlanNode, { state }: Enrollment): StepOutcome | null =>
  state.heldOut && kind.heldOutPort !== undefined ? { kind: 'go', port: kind.heldOutPort, detail: { reason: { code: 'holdout' } } } : null;

/** Walks from a node until a wait or the end. `left` is the node whose wait ended at this very instant. */
export function walk(burst: Burst, plan: Plan, enrollment: Enrollment, startId: string | null, at: Instant, left?: string): void {
  burst.changed.add(enrollment);
  let nodeId = startId;
  if (nodeId === null) return endEnrollment(burst, enrollment, { kind: 'completed', at });
  while (nodeId !== null) {
    const node = plan.nodes.get(nodeId);
    invariant(node, `node ${nodeId} is in version ${plan.versionId}`);
    const { state } = enrollment;
    if (state.steps >= MAXIMUM_STEPS) return endEnrollment(burst, enrollment, { kind: 'failed', at, nodeId, detail: 'tooManySteps' });
    state.steps += 1;
    const visit = (state.visits[nodeId] ?? 0) + 1;
    state.visits[nodeId] = visit;
    const outcome = heldOut(node, enrollment) ?? guarded(() => node.kind.step(stepInput(burst, plan, node, enrollment, visit, at, left)));
    nodeId = settle(burst, plan, node, enrollment, visit, outcome, at);
  }
}

/** Asks the node at which an enrollment waits again, and walks on when it lets go. */
export function resume(burst: Burst, plan: Plan, enrollment: Enrollment, waiting: Waiting, cause: ResumeCause, at: Instant): void {
  const node = plan.nodes.get(waiting.nodeId);
  invariant(node?.kind.resume, `node ${waiting.nodeId} can be waited at`);
  burst.changed.add(enrollment);
  const { resume: ask } = node.kind;
  const outcome = guarded(() => ask(stepInput(burst, plan, node, enrollment, waiting.visit, at), waiting, cause));
  if (outcome.kind !== 'wait') enrollment.state.waiting = null;
  const target = settle(burst, plan, node, enrollment, waiting.visit, outcome, at);
  if (target !== null) walk(burst, plan, enrollment, target, at, waiting.nodeId);
}
