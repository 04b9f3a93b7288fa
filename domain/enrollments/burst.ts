/** What one customer's burst gathers while it folds: facts as they change, effects, traces, passes, and the events that they cause. */
import { MAXIMUM_EVENT_DEPTH } from '#domain/events/customer-event.ts';
import type { Plan } from '#domain/journeys/compile.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Alarm } from './alarm.ts';
import { applyEffects, isProfileField } from './apply-effects.ts';
import type { Effect, NodePass, TraceLine } from './effects.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from './facts.ts';
import type { MoveClass } from './move-to-version.ts';
import type { Enrollment, EnrollmentState } from './state.ts';

export type CausedEvent = { type: string; properties: Record<string, unknown>; occurredAt: Instant; depth: number };

/** An enrollment that changed its version: what became of it, what it was before, and whether it passed a step or left in this very burst, which nothing undoes. */
export type Moved = { enrollmentId: string; class: MoveClass | 'restored'; before: { versionId: string; state: EnrollmentState }; wentOn: boolean };

export type Burst = {
  now: Instant;
  newId: () => string;
  /** In the order in which they take people in. */
  plans: Map<string, Plan>;
  listens: Set<string>;
  facts: CustomerFacts;
  shared: SharedFacts;
  rules: WorkspaceRules;
  enrollments: Enrollment[];
  changed: Set<Enrollment>;
  /** By journey and subject. */
  alarms: Map<string, Alarm>;
  effects: Effect[];
  traces: TraceLine[];
  passes: NodePass[];
  caused: CausedEvent[];
  moved: Moved[];
  /** Depth of what is being answered: what it causes is one deeper. */
  depth: number;
  /** Set when a reservation fell, so that held messages look again. */
  pressureFell: boolean;
};

/** The event that an effect is for others to hear; null when nobody could act on it. */
function causedBy(effect: Effect): { type: string; properties: Record<string, unknown> } | null {
  switch (effect.kind) {
    case 'transfer':
      return { type: 'points.posted', properties: { programme: effect.transfer.programmeKey, amount: effect.transfer.amount, kind: effect.transfer.kind } };
    case 'grantOffer':
      return { type: 'offer.granted', properties: { offer: effect.offerKey } };
    case 'setAttribute':
      return { type: 'customer.changed', properties: { fields: [isProfileField(effect.attribute) ? effect.attribute : `attributes.${effect.attribute}`] } };
    case 'changeTag':
      return { type: 'customer.changed', properties: { fields: ['tags'] } };
    case 'emitEvent':
      return { type: effect.type, properties: effect.properties };
    case 'joinJourney':
      return { type: 'journey.joined', properties: effect.properties };
    default:
      return null;
  }
}

/** Keeps for others to hear what a live plan listens to, one deeper than what is being answered. */
export function tell(burst: Burst, { type, properties }: { type: string; properties: Record<string, unknown> }, at: Instant): void {
  if (burst.listens.has(type)) burst.caused.push({ type, properties, occurredAt: at, depth: Math.min(burst.depth + 1, MAXIMUM_EVENT_DEPTH) });
}

/** Takes effects into the burst: the facts change at once, and what a live plan listens to becomes an event. */
export function take(burst: Burst, effects: Effect[] | undefined, at: Instant): void {
  if (!effects || effects.length === 0) return;
  applyEffects(burst.facts, burst.shared, burst.rules, effects);
  const depth = Math.min(burst.depth + 1, MAXIMUM_EVENT_DEPTH);
  burst.effects.push(...effects.map((effect) => (effect.kind === 'sendRequest' ? { ...effect, depth } : effect)));
  for (const effect of effects) {
    if (effect.kind === 'release' || effect.kind === 'withdrawMessages') burst.pressureFell = true;
    const caused = causedBy(effect);
    if (caused) tell(burst, caused, at);
  }
}

/** Writes one line about an enrollment. */
export function trace(burst: Burst, enrollment: Enrollment, line: Pick<TraceLine, 'kind' | 'at' | 'data'> & { nodeId?: string; visit?: number }): void {
  burst.traces.push({
    journeyId: enrollment.journeyId,
    versionId: enrollment.versionId,
    enrollmentId: enrollment.id,
    nodeId: line.nodeId ?? null,
    visit: line.visit ?? null,
    kind: line.kind,
    at: line.at,
    data: line.data,
  });
}
