/** What a person or a key asks for one customer or enrollment, carried out in a burst after everything pending: enter, remove, move to a version, put back, try again. */
import { invariant, unreachable } from '#domain/shared/invariant.ts';
import type { Instant } from '#domain/shared/time.ts';
import { trace, type Burst } from './burst.ts';
import type { EnterCommand } from './enter.ts';
import type { MovePolicy } from './move-policy.ts';
import { moveToVersion } from './move-to-version.ts';
import { EnrollmentState, type Enrollment } from './state.ts';
import { endEnrollment } from './walk.ts';

export type ReckonCommand = { kind: 'reckon'; journeyId: string; since: Instant };

export type Command =
  /** Into a journey, by the rules of its entry (§1.1). */
  | EnterCommand
  /** The alarms of a journey that has just been published, from that instant on. */
  | ReckonCommand
  | { kind: 'remove'; enrollmentId: string; reason: string }
  | { kind: 'move'; enrollmentId: string; toVersionId: string; policy: MovePolicy }
  /** Undoes a move: version and state before it. Nothing happens to whoever is no longer at this burst number. */
  | { kind: 'restore'; enrollmentId: string; versionId: string; state: EnrollmentState; burst: number }
  /** An enrollment that had ended as failed. */
  | { kind: 'retry'; enrollment: Enrollment };

const planOf = (burst: Burst, versionId: string) => {
  const plan = burst.plans.get(versionId);
  invariant(plan, `the plan of version ${versionId} is loaded`);
  return plan;
};

const copyOf = (state: EnrollmentState): EnrollmentState => EnrollmentState.parse(JSON.parse(JSON.stringify(state)));

function move(burst: Burst, enrollment: Enrollment, { toVersionId, policy }: Extract<Command, { kind: 'move' }>): void {
  const { state, versionId } = enrollment;
  const from = planOf(burst, versionId);
  const to = planOf(burst, toVersionId);
  if (!state.waiting || versionId === toVersionId || from.status === 'stopped') return;
  const outcome = moveToVersion({ waiting: state.waiting, from, to, policy, sight: { zone: burst.facts.zone, profile: burst.facts.profile, event: state.event }, now: burst.now });
  burst.moved.push({ enrollmentId: enrollment.id, class: outcome.class, before: { versionId, state: copyOf(state) }, wentOn: false });
  if (outcome.kind === 'finish') return;
  const { nodeId, visit } = state.waiting;
  enrollment.versionId = toVersionId;
  burst.changed.add(enrollment);
  const goesTo = outcome.kind === 'wait' && outcome.waiting.nodeId !== nodeId ? { goesTo: outcome.waiting.nodeId } : {};
  trace(burst, enrollment, {
    kind: 'moved', at: burst.now, nodeId, visit,
    data: { from: from.versionNumber, to: to.versionNumber, class: outcome.class, ...goesTo, ...(outcome.kind === 'wait' ? { wakeAt: outcome.waiting.wakeAt } : {}) },
  });
  if (outcome.kind === 'wait') state.waiting = outcome.waiting;
  else endEnrollment(burst, enrollment, { kind: outcome.ending, at: burst.now, nodeId, ...(outcome.ending === 'removed' ? { detail: 'nodeGone' } : {}) });
}

function restore(burst: Burst, enrollment: Enrollment, { versionId, state, burst: number }: Extract<Command, { kind: 'restore' }>): void {
  if (enrollment.burst !== number || burst.changed.has(enrollment)) return;
  const from = planOf(burst, enrollment.versionId);
  const to = planOf(burst, versionId);
  burst.moved.push({ enrollmentId: enrollment.id, class: 'restored', before: { versionId: enrollment.versionId, state: copyOf(enrollment.state) }, wentOn: false });
  enrollment.versionId = versionId;
  enrollment.state = copyOf(state);
  burst.changed.add(enrollment);
  trace(burst, enrollment, { kind: 'moved', at: burst.now, ...(state.waiting ? { nodeId: state.waiting.nodeId, visit: state.waiting.visit } : {}), data: { from: from.versionNumber, to: to.versionNumber, class: 'restored' } });
}

/** Back to the step that failed, which is entered anew; the failure and its end stay in the trace (§4.5). */
function retry(burst: Burst, enrollment: Enrollment): void {
  const { state } = enrollment;
  const { ending } = state;
  invariant(ending?.kind === 'failed' && ending.nodeId !== null, 'only a failed enrollment is tried again');
  planOf(burst, enrollment.versionId);
  burst.enrollments.push(enrollment);
  burst.changed.add(enrollment);
  state.ending = null;
  state.waiting = { nodeId: ending.nodeId, visit: 0, since: burst.now, wakeAt: burst.now, arrives: true };
  trace(burst, enrollment, { kind: 'retried', at: burst.now, nodeId: ending.nodeId, data: { ...(ending.detail ? { detail: ending.detail } : {}), failedAt: ending.at } });
}

/** Nothing happens to an enrollment that has left meanwhile. */
export function carryOut(burst: Burst, command: Exclude<Command, EnterCommand | ReckonCommand>): void {
  if (command.kind === 'retry') return retry(burst, command.enrollment);
  const enrollment = burst.enrollments.find(({ id, state }) => id === command.enrollmentId && state.ending === null);
  if (!enrollment) return;
  switch (command.kind) {
    case 'remove':
      return endEnrollment(burst, enrollment, { kind: 'removed', at: burst.now, detail: command.reason });
    case 'move':
      return move(burst, enrollment, command);
    case 'restore':
      return restore(burst, enrollment, command);
    default:
      return unreachable(command);
  }
}
