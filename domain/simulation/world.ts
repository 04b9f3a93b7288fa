/** What all customers of a simulation share: plans, rules, stock, the templates' languages, ids in their order, and the ear for its lines. */
import type { NodePass } from '#domain/enrollments/effects.ts';
import type { SharedFacts, WorkspaceRules } from '#domain/enrollments/facts.ts';
import { compileJourney, type Plan } from '#domain/journeys/compile.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { plansInOrder } from '#domain/journeys/plans-in-order.ts';
import type { SystemEventType } from '#domain/events/customer-event.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { Person, SimulatedMessage } from './person.ts';
import type { SimulatedLine } from './simulated-line.ts';
import { SplitLedger } from './split-ledger.ts';

export type SimulatedJourney = { journeyId: string; versionId: string; versionNumber: number; journey: Journey };
/** What is known of a template without its text: a message is rendered in one of its languages. */
export type SimulatedTemplate = { channel: string; languages: string[]; number: number };

export type World = {
  plans: Map<string, Plan>;
  listens: Set<string>;
  rules: WorkspaceRules;
  shared: SharedFacts;
  /** The tests of splits; null where there is none. */
  splits: SplitLedger | null;
  /** Event types whose history some condition reads. */
  remembered: Set<string>;
  /** By store id. */
  storeZones: ReadonlyMap<string, string>;
  /** By key; null when nothing is known of any, and then every message finds its text. */
  templates: ReadonlyMap<string, SimulatedTemplate> | null;
  say: (line: SimulatedLine) => void;
  /** Whether anybody hears what becomes of each message; a summary alone does not need it. */
  tellsMessages: boolean;
  countPasses: (passes: readonly NodePass[]) => void;
  /** Ids sort in the order in which they are made, as in production. */
  newId: () => string;
};

export type WorldInput = Pick<World, 'rules' | 'storeZones' | 'templates'> & { journeys: readonly SimulatedJourney[]; offerStock: Record<string, number | null>;
  /** Who entered capped journeys before the run, by `entryCountKey`. */
  entryCounts?: Record<string, number> | undefined;
  /** Versions that take nobody in any more, and hold people. */
  held?: readonly SimulatedJourney[];
};

export function openWorld(input: WorldInput, ears: Pick<World, 'say' | 'tellsMessages' | 'countPasses'>): World {
  const planOf = ({ journey, ...version }: SimulatedJourney, takesEntries: boolean): Plan => compileJourney(journey, { ...version, status: 'live', takesEntries });
  const plans = plansInOrder([...(input.held ?? []).map((each) => planOf(each, false)), ...input.journeys.map((each) => planOf(each, true))]);
  const rules = { ...input.rules, winners: { ...input.rules.winners } };
  const splits = new SplitLedger(plans.values(), rules);
  let made = 0;
  return {
    plans, listens: new Set([...plans.values()].flatMap((plan) => [...plan.listens])), rules, splits: splits.isEmpty ? null : splits, shared: { offerStock: { ...input.offerStock }, entryCounts: { ...input.entryCounts } },
    remembered: new Set([...plans.values()].flatMap((plan) => plan.needs.eventTypes.map(({ type }) => type))),
    storeZones: input.storeZones, templates: input.templates, ...ears,
    newId: () => `sim-${String((made += 1)).padStart(12, '0')}`,
  };
}

export type ToldEvent = { type: string; properties: Record<string, unknown>; occurredAt: Instant; depth?: number; historical?: boolean };

/** Facts are events: kept for the person when a plan listens, with their next number. */
export function tellEvent(world: World, person: Person, event: ToldEvent, now: Instant): void {
  if (!world.listens.has(event.type)) return;
  const { type, properties, occurredAt, depth = 1, historical = false } = event;
  person.lastNo += 1;
  person.pending.push({ id: world.newId(), no: person.lastNo, type, source: 'system', occurredAt, acceptedAt: now, storeId: null, historical, properties, depth });
}

/** Says how a message stands now. */
export function sayMessage(world: World, person: Person, message: SimulatedMessage, at: Instant): void {
  if (!world.tellsMessages) return;
  const { key, channel, category, templateKey, journeyId, versionId, enrollmentId, nodeId, visit, plannedAt, dueAt, expiresAt, lawful, status, reason, handedOverAt, deliveredAt } = message;
  world.say({ kind: 'message', at, customerId: person.id, status, key, channel, category, templateKey, journeyId, versionId, enrollmentId, nodeId, visit, plannedAt, dueAt, expiresAt, reason, lawful, handedOverAt, deliveredAt });
}

const TRACE_ONLY = ['message.held', 'message.channelChanged', 'message.handedOver'] as const;
export type NoteCode = SystemEventType | (typeof TRACE_ONLY)[number];
const isEvent = (code: NoteCode): code is SystemEventType => !TRACE_ONLY.some((only) => only === code);

/** What became of a message: a line of the timeline and, when somebody listens, an event. */
export function noteMessage(world: World, person: Person, message: SimulatedMessage, code: NoteCode, figures: Record<string, unknown>, now: Instant): void {
  const isHeard = isEvent(code) && world.listens.has(code);
  if (!world.tellsMessages && !isHeard) return;
  const { key, channel, category, journeyId, versionId, enrollmentId, nodeId, visit } = message;
  const common = { messageId: key, messageKey: key, channel, category };
  if (world.tellsMessages) world.say({ kind: 'trace', at: now, customerId: person.id, step: 'message', journeyId, versionId, enrollmentId, nodeId, visit, data: { code, ...common, ...figures } });
  if (isHeard) tellEvent(world, person, { type: code, occurredAt: now, properties: { ...common, journeyId, enrollmentId, nodeId, ...figures } }, now);
}
