/** What every node kind is: its settings, its ports, what it needs to know, what it costs in history, and its pure step. */
import type { z } from 'zod';
import type { Condition } from '#domain/audiences/condition.ts';
import type { Effect, Reason } from '#domain/enrollments/effects.ts';
import type { CustomerFacts, SharedFacts, WorkspaceRules } from '#domain/enrollments/facts.ts';
import type { CustomerProfile } from '#domain/customers/profile.ts';
import type { EventFact } from '#domain/audiences/matches.ts';
import type { StandingSources } from '#domain/audiences/standing.ts';
import type { Enrollment, EventInHand, Waiting } from '#domain/enrollments/state.ts';
import type { CustomerEvent, EventMatcher, SystemEventType } from '#domain/events/customer-event.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';

export const NODE_FAMILIES = ['time', 'decide', 'say', 'give', 'change', 'end'] as const;
export type NodeFamily = (typeof NODE_FAMILIES)[number];

/** Everything a step may look at. Nothing here can be changed by a step: it answers with effects. */
export type StepInput<S> = {
  nodeId: string;
  settings: S;
  visit: number;
  enrollment: Enrollment;
  /** The instant of the happening: waits begin here. */
  at: Instant;
  /** Whether the person's wait at this very node ended at `at`: a loop has brought them back. */
  again: boolean;
  /** The instant of the burst, at or after `at`: messages leave from here. */
  now: Instant;
  facts: CustomerFacts;
  shared: SharedFacts;
  rules: WorkspaceRules;
  journey: { id: string; versionId: string; name: string };
};

/** All that the end of a wait may depend on. `again`: see StepInput. */
export type WaitSight = { since: Instant; again: boolean; zone: string; profile: CustomerProfile; event: EventInHand | null; history: readonly EventFact[] };

/** Why a waiting node is asked again. */
export type ResumeCause =
  | { kind: 'timer' }
  | { kind: 'event'; event: CustomerEvent; matcher: number }
  | { kind: 'lookAgain' }
  /** Something that the moment of the wait depends on has changed (§3.7). */
  | { kind: 'factsChanged'; wakeAt: Instant | null | undefined };

export type StepOutcome =
  /** `event`: what the event in hand is from now on. `tells`: what others may hear of, though nothing of the customer changed. */
  | { kind: 'go'; port: string; event?: EventInHand; tells?: { type: SystemEventType; properties: Record<string, unknown> }; effects?: Effect[]; detail?: Record<string, unknown> }
  | { kind: 'wait'; waiting: Omit<Waiting, 'nodeId' | 'visit' | 'since'>; effects?: Effect[]; detail?: Record<string, unknown> }
  | { kind: 'end'; ending: 'completed' | 'converted' | 'exited'; effects?: Effect[]; detail?: Record<string, unknown> }
  | { kind: 'fail'; reason: Reason };

/** What a published node may refer to; an absent list is not checked (a file validated without a server). */
export type References = { /** Absent: there are no segments, scores or tiers. */ standing?: StandingSources; templates?: Map<string, string>; offers?: Set<string>; programmes?: Set<string>; categories?: Set<string>; journeys?: Set<string>; secrets?: Set<string>; /** Stores by their keys. */ stores?: Set<string> };

/** The preferred key when it is there or nothing is known, else the first that is there. */
export const keyThatIs = (known: Set<string> | undefined, preferred: string): string => (known?.has(preferred) ? preferred : (known?.values().next().value ?? preferred));

/** The conditions that a node asks, and the offers whose stock it may use up. */
export type NodeNeeds = { conditions?: Condition[]; offerStock?: string[] };

export type NodeKindDefinition<K extends string, S> = {
  kind: K;
  family: NodeFamily;
  settings: z.ZodType<S>;
  /** What a new step is set to: where it names something of the workspace, something that is there. */
  defaults: (references?: References) => S;
  /** The ports in the order they are drawn. A port without a target ends the enrollment as completed. */
  ports: (settings: S) => string[];
  /** Whether a step can fail for good: it is then offered a way out called `error`, which every kind may have (§4.5). */
  canFail?: boolean;
  validate?: (settings: S, references: References) => Problem[];
  /** What the engine has to load so that this node can be decided. */
  needs?: (settings: S) => NodeNeeds;
  /** Whether a person can stay here; every cycle must hold such a node (§4.4). */
  waits: boolean;
  /** The way out for whoever is held out (§1.7), of a kind that would reach the customer, give them something, or reserve room for it. */
  heldOutPort?: string;
  /** What one pass costs in workflow history for its whole cohort: 0 for a node that never waits. */
  cost: { historyEvents: number; workflowTasks: number };
  /** When a wait that began at `since` ends, rounded (§3.8): asked again when people move to a version that waits otherwise (§8.3). Null never wakes by itself; undefined: only entering the step tells. */
  wakesAt?: (settings: S, wait: WaitSight) => Instant | null | undefined;
  /** Fields of the profile that the moment of a wait depends on: when one changes, the timer moves while it sleeps (§3.7). */
  dependsOn?: (settings: S) => string[];
  /** Event types that a step reads from the history and that therefore have to be kept. */
  hears?: (settings: S) => string[];
  /** Events that a person who waits here answers. */
  awaits?: (settings: S) => EventMatcher[];
  /** Of the events that it awaits, whether this one answers this very visit, whose key is `{enrollment}:{node}:{visit}`. */
  isFor?: (event: CustomerEvent, key: string) => boolean;
  /** Whether a capped message can keep people here, who look again whenever pressure may have fallen (§5.18). */
  holds?: (settings: S) => boolean;
  /** A journey-wide event: reached from anywhere, it brings the person here (§2.3). */
  reachedBy?: (settings: S) => EventMatcher | null;
  step: (input: StepInput<S>) => StepOutcome;
  resume?: (input: StepInput<S>, waiting: Waiting, cause: ResumeCause) => StepOutcome;
};

export const defineNodeKind = <const K extends string, S>(definition: NodeKindDefinition<K, S>): NodeKindDefinition<K, S> => definition;

/** A wait of any length costs a workflow: start, task, local activity's marker, end. */
export const WAITING_COST = { historyEvents: 6, workflowTasks: 1 } as const;
export const NO_COST = { historyEvents: 0, workflowTasks: 0 } as const;
