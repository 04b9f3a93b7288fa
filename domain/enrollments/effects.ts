/** What the kernel wants done: values, carried out by the engine in the burst's own transaction (or by the simulator in memory). */
import type { Transfer } from '#domain/loyalty/ledger.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { WhenCapped } from '#domain/pressure/when-capped.ts';
import type { PlannedRequest } from '#domain/requests/planned-request.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { PlannedTask } from '#domain/tasks/task.ts';
import type { Alarm } from './alarm.ts';
import type { EventInHand } from './state.ts';

export type Reason = { code: string; figures?: Record<string, unknown> };

/** A message with its one key `{enrollment}:{node}:{visit}` (§7.1). */
export type PlannedMessage = {
  key: string;
  channel: string;
  category: string;
  templateKey: string;
  priority: number;
  plannedAt: Instant;
  dueAt: Instant;
  expiresAt: Instant | null;
  whenCapped: WhenCapped;
  enrollmentId: string;
  journeyId: string;
  versionId: string;
  entryKey: string;
  nodeId: string;
  visit: number;
  lawful: Record<string, unknown> | null;
  event: EventInHand | null;
  variables: Record<string, unknown>;
};

export type Effect =
  | { kind: 'sendMessage'; message: PlannedMessage; heldBy: Reason | null; entry: LedgerEntry | null }
  | { kind: 'refuseMessage'; message: PlannedMessage; reason: Reason }
  /** What was asked for and has not happened yet: messages not handed over, requests not made, open tasks. */
  | { kind: 'withdrawMessages'; enrollmentId: string; reason: Reason }
  | { kind: 'reserve'; entry: LedgerEntry }
  | { kind: 'release'; messageKey: string }
  | { kind: 'transfer'; transfer: Transfer }
  | { kind: 'grantOffer'; grantKey: string; offerKey: string; at: Instant; validFrom: Instant; validUntil: Instant | null }
  | { kind: 'setAttribute'; attribute: string; value: string | number | boolean | null }
  | { kind: 'changeTag'; tag: string; does: 'add' | 'remove' }
  | { kind: 'emitEvent'; type: string; properties: Record<string, unknown> }
  | { kind: 'createTask'; task: PlannedTask }
  /** `depth`: of the event that its answer will be. */
  | { kind: 'sendRequest'; request: PlannedRequest; depth: number }
  | { kind: 'joinJourney'; journeyKey: string; properties: Record<string, unknown> }
  /** The customer's next moment in a journey that begins by the calendar, in the place of what was known of it. */
  | { kind: 'setAlarm'; alarm: Alarm }
  | { kind: 'clearAlarm'; journeyId: string; subject: string }
  | { kind: 'deferEvent'; journeyId: string; eventId: string; no: number };

/** One line of what happened, for the timeline and for «why not». */
export type TraceLine = {
  kind: string;
  at: Instant;
  journeyId: string | null;
  versionId: string | null;
  enrollmentId: string | null;
  nodeId: string | null;
  visit: number | null;
  data: Record<string, unknown>;
};

/** One pass through a node's port, counted per burst. */
export type NodePass = { versionId: string; nodeId: string; port: string };
