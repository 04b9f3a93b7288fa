/** A journey as its author draws it, and as it is written in a file: data only, versioned, nothing compiled. */
import { z } from 'zod';
import { Condition } from '#domain/audiences/condition.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { CONSENT_PURPOSES } from '#domain/customers/consent.ts';
import { Holdout } from '#domain/enrollments/holdout.ts';
import { EventMatcher } from '#domain/events/customer-event.ts';
import { Duration } from './duration.ts';
import { EntryCap } from './entry-cap.ts';
import { ChangeTagSettings } from './nodes/change-tag.ts';
import { ConditionSettings } from './nodes/condition.ts';
import { EmitEventSettings } from './nodes/emit-event.ts';
import { CreateTaskSettings } from './nodes/create-task.ts';
import { ExitSettings } from './nodes/exit.ts';
import { GivePointsSettings } from './nodes/give-points.ts';
import { GoalSettings } from './nodes/goal.ts';
import { HttpRequestSettings } from './nodes/http-request.ts';
import { JoinJourneySettings } from './nodes/join-journey.ts';
import { GrantOfferSettings } from './nodes/grant-offer.ts';
import { PressureCheckSettings } from './nodes/pressure-check.ts';
import { RandomSplitSettings } from './nodes/random-split.ts';
import { SendMessageSettings } from './nodes/send-message.ts';
import { SetAttributeSettings } from './nodes/set-attribute.ts';
import { WaitForEventSettings } from './nodes/wait-for-event.ts';
import { WaitSettings } from './nodes/wait.ts';
import type { NodeKind } from './node-kinds.ts';
import { Trigger } from './trigger.ts';

export const JOURNEY_FORMAT = 1;

const Key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'Use lower-case letters, digits and hyphens, for example thank-you.');
const NodeId = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,39}$/);

/** Re-entry is one of four (§1.2). Gaps and periods are durations in the customer's zone. */
export const Reentry = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('onceEver') }),
  z.strictObject({ mode: z.literal('afterExit'), minimumGap: Duration.optional(), gapFrom: z.enum(['start', 'end']).default('end') }),
  z.strictObject({ mode: z.literal('perPeriod'), maximumEntries: z.number().int().min(1).max(1_000), period: Duration }),
  z.strictObject({ mode: z.literal('perKey'), property: z.string().min(1).max(120) }),
]);
export type Reentry = z.infer<typeof Reentry>;

export const ExitCriterion = z.discriminatedUnion('on', [
  z.strictObject({ on: z.literal('event'), name: z.string().max(80).optional(), event: EventMatcher }),
  z.strictObject({ on: z.literal('condition'), name: z.string().max(80).optional(), condition: Condition }),
]);
export type ExitCriterion = z.infer<typeof ExitCriterion>;

/** The consent that must be in force at the moment of entry (§1.6). */
export const EntryConsent = z.strictObject({ purpose: z.enum(CONSENT_PURPOSES), channel: z.enum(CHANNELS) });
export type EntryConsent = z.infer<typeof EntryConsent>;

export const JourneyEntry = z.strictObject({
  trigger: Trigger,
  audience: Condition.optional(),
  reentry: Reentry,
  /** Counted over all versions and all customers; who is refused does not count. */
  cap: EntryCap.optional(),
  consent: EntryConsent.optional(),
  /** An event older than this at its acceptance, or a moment of the calendar older than this when its turn comes, enters nothing (§1.11). */
  maximumEventAgeHours: z.number().int().min(1).max(87_600).default(48),
  /** Who enters, is counted, and receives nothing (§1.7). */
  holdout: Holdout.optional(),
  next: NodeId.nullable(),
});
export type JourneyEntry = z.infer<typeof JourneyEntry>;

const nodeOf = <K extends NodeKind, S extends z.ZodType>(kind: K, settings: S) =>
  z.strictObject({
    id: NodeId,
    kind: z.literal(kind),
    settings,
    /** Port → node id; a port that is absent or null ends the enrollment as completed. `error` is a port of every kind (§4.5). */
    next: z.record(z.string(), NodeId.nullable()).default({}),
    position: z.strictObject({ x: z.number(), y: z.number() }).optional(),
  });

export const JourneyNode = z.discriminatedUnion('kind', [
  nodeOf('wait', WaitSettings),
  nodeOf('waitForEvent', WaitForEventSettings),
  nodeOf('condition', ConditionSettings),
  nodeOf('randomSplit', RandomSplitSettings),
  nodeOf('pressureCheck', PressureCheckSettings),
  nodeOf('sendEmail', SendMessageSettings),
  nodeOf('sendSms', SendMessageSettings),
  nodeOf('sendWhatsapp', SendMessageSettings),
  nodeOf('sendCall', SendMessageSettings),
  nodeOf('sendLetter', SendMessageSettings),
  nodeOf('sendPush', SendMessageSettings),
  nodeOf('givePoints', GivePointsSettings),
  nodeOf('grantOffer', GrantOfferSettings),
  nodeOf('setAttribute', SetAttributeSettings),
  nodeOf('changeTag', ChangeTagSettings),
  nodeOf('emitEvent', EmitEventSettings),
  nodeOf('joinJourney', JoinJourneySettings),
  nodeOf('createTask', CreateTaskSettings),
  nodeOf('httpRequest', HttpRequestSettings),
  nodeOf('goal', GoalSettings),
  nodeOf('exit', ExitSettings),
]);
export type JourneyNode = z.infer<typeof JourneyNode>;

/** A remark on the canvas, for those who draw; no customer is touched by it. */
export const CanvasNote = z.strictObject({
  id: NodeId,
  text: z.string().max(2_000),
  position: z.strictObject({ x: z.number(), y: z.number() }),
  width: z.number().int().min(120).max(800).default(240),
});
export type CanvasNote = z.infer<typeof CanvasNote>;

export const Journey = z.strictObject({
  formatVersion: z.literal(JOURNEY_FORMAT),
  key: Key,
  name: z.string().min(1).max(120),
  entry: JourneyEntry,
  exits: z.array(ExitCriterion).max(20).default([]),
  nodes: z.array(JourneyNode).max(500),
  notes: z.array(CanvasNote).max(100).optional(),
});
export type Journey = z.infer<typeof Journey>;
