/** What an enrollment remembers between two bursts. It sleeps for years, so it carries its format's version. */
import { z } from 'zod';

export const ENROLLMENT_FORMAT = 1;

/** The event in hand: what conditions and messages mean by `event.*`. */
export const EventInHand = z.strictObject({
  id: z.string(),
  type: z.string(),
  occurredAt: z.number(),
  storeId: z.string().nullable(),
  properties: z.record(z.string(), z.unknown()),
});
export type EventInHand = z.infer<typeof EventInHand>;

/** What a person at a node waits for. `wakeAt` is rounded already (§3.8); null waits for an event alone. */
export const Waiting = z.strictObject({
  nodeId: z.string(),
  visit: z.number().int(),
  since: z.number(),
  wakeAt: z.number().nullable(),
  /** A message held by pressure: its key, so that the node looks again whenever pressure may have fallen (§5.18). */
  heldMessageKey: z.string().optional(),
  expiresAt: z.number().optional(),
  /** The person stands before this node and has not entered it: at `wakeAt` they do (moved by a new version, or tried again: §8.3, §4.5). */
  arrives: z.literal(true).optional(),
  /** Of several awaited events that are ranked at the end, the best that has happened: its place in the list and itself (§3.6). */
  heard: z.strictObject({ rank: z.number().int(), event: EventInHand }).optional(),
});
export type Waiting = z.infer<typeof Waiting>;

/** A reservation that a pressure check made and that the next message of its category will use (§4.7). */
export const CheckReservation = z.strictObject({ messageKey: z.string(), nodeId: z.string(), category: z.string() });
export type CheckReservation = z.infer<typeof CheckReservation>;

export const EndingKind = z.enum(['completed', 'exited', 'converted', 'removed', 'stopped', 'failed']);
export type EndingKind = z.infer<typeof EndingKind>;

/** Why an enrollment ended (§2.4) and at which node the person stood; `detail` names the criterion, the exit, or the reason's code. */
export const Ending = z.strictObject({ kind: EndingKind, detail: z.string().optional(), nodeId: z.string().nullable(), at: z.number() });
export type Ending = z.infer<typeof Ending>;

export const EnrollmentState = z.strictObject({
  formatVersion: z.literal(ENROLLMENT_FORMAT),
  /** How often each node was entered: the visit in `{enrollment}:{node}:{visit}`. */
  visits: z.record(z.string(), z.number().int()),
  steps: z.number().int(),
  entryEvent: EventInHand.nullable(),
  event: EventInHand.nullable(),
  variables: z.record(z.string(), z.unknown()),
  waiting: Waiting.nullable(),
  checks: z.array(CheckReservation),
  converted: z.boolean(),
  ending: Ending.nullable(),
  /** Held out of the journey to measure it: goes its way and receives nothing (§1.7). */
  heldOut: z.literal(true).optional(),
});
export type EnrollmentState = z.infer<typeof EnrollmentState>;

export type Enrollment = {
  id: string;
  journeyId: string;
  versionId: string;
  entryKey: string;
  burst: number;
  enteredAt: number;
  state: EnrollmentState;
};

