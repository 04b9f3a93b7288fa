/** What happens to somebody a journey is tried on, step by step, as a marketer reads it: from the lines that every simulation says. */
import type { ExplainedPart } from '#domain/audiences/explain-condition.ts';
import type { Reason } from '#domain/enrollments/effects.ts';
import type { EventInHand } from '#domain/enrollments/state.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { LimitFill } from '#domain/pressure/measure-policy.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { TaskKind } from '#domain/tasks/task.ts';
import type { SimulatedLine } from './simulated-line.ts';

export type TryStep = { at: Instant; nodeId: string | null } & (
  /** What was supposed, by its place in the list; with problems it could not be taken. */
  | { kind: 'supposed'; index: number; problems: Problem[] }
  | { kind: 'entered' }
  | { kind: 'refused'; reason: Reason | null }
  /** `because`: each comparison of a condition with its answer. `reason`: why a message, an offer or a place was refused or is held. */
  | { kind: 'passed'; port: string; reason: Reason | null; because: ExplainedPart[] }
  | { kind: 'waiting'; wakeAt: Instant | null; reason: Reason | null }
  | { kind: 'failed'; reason: Reason | null }
  | { kind: 'ended'; ending: string; detail: string | null }
  /** A message that is held, will not leave, or leaves; `limits` is how full each limit of pressure then is. */
  | { kind: 'message'; status: MessageStatus; channel: string; category: string; templateKey: string; reason: Reason | null; event: EventInHand | null; limits: LimitFill[] }
  | { kind: 'points'; programmeKey: string; amount: number }
  | { kind: 'voucher'; offerKey: string; validUntil: Instant | null }
  | { kind: 'task'; taskKind: TaskKind; title: string; dueAt: Instant | null }
);

/** How a message changes that is worth a step; that it was planned and that it arrived are not. */
const TOLD: readonly MessageStatus[] = ['held', 'suppressed', 'sent', 'failed', 'unknown', 'bounced'];

function reasonIn(data: Record<string, unknown>): Reason | null {
  for (const candidate of [data['reason'], data['refused'], data['held'], data['heldBy']]) {
    if (typeof candidate === 'object' && candidate !== null && 'code' in candidate && typeof candidate.code === 'string') return { ...candidate, code: candidate.code };
  }
  return Array.isArray(data['refusals']) ? { code: 'capped', figures: { refusals: data['refusals'], freeAt: data['freeAt'] } } : null;
}

type Known = { because: (nodeId: string, port: string, at: Instant) => ExplainedPart[]; event: () => EventInHand | null; limits: (at: Instant) => LimitFill[] };

/** The step that a line tells of; null for what a marketer need not read. */
export function stepOfLine(line: SimulatedLine, known: Known): TryStep | null {
  const { at } = line;
  switch (line.kind) {
    case 'trace': {
      const { step, nodeId, data } = line;
      const reason = reasonIn(data);
      const port = typeof data['port'] === 'string' ? data['port'] : '';
      if (step === 'entered') return { kind: 'entered', at, nodeId: 'entry' };
      // Other journeys are not part of a trial, so what a step says of them is not told.
      if (step === 'entryRefused' && nodeId !== null) return null;
      if (step === 'entryRefused') return { kind: 'refused', at, nodeId: 'entry', reason };
      if (step === 'passed') return { kind: 'passed', at, nodeId, port, reason, because: nodeId === null ? [] : known.because(nodeId, port, at) };
      if (step === 'waiting') return { kind: 'waiting', at, nodeId, wakeAt: typeof data['wakeAt'] === 'number' ? data['wakeAt'] : null, reason };
      if (step === 'failed') return { kind: 'failed', at, nodeId, reason };
      return step === 'ended' ? { kind: 'ended', at, nodeId, ending: String(data['ending']), detail: typeof data['detail'] === 'string' ? data['detail'] : null } : null;
    }
    case 'message': {
      if (!TOLD.includes(line.status)) return null;
      const { nodeId, status, channel, category, templateKey, reason } = line;
      return { kind: 'message', at, nodeId, status, channel, category, templateKey, reason, event: known.event(), limits: known.limits(at) };
    }
    case 'posting': return line.account === 'customer:available' ? { kind: 'points', at, nodeId: null, programmeKey: line.programmeKey, amount: line.amount } : null;
    case 'voucher': return { kind: 'voucher', at, nodeId: null, offerKey: line.offerKey, validUntil: line.validUntil };
    case 'task': return line.state === 'open' ? { kind: 'task', at, nodeId: line.nodeId, taskKind: line.taskKind, title: line.title, dueAt: line.dueAt } : null;
    case 'event': return null;
  }
}
