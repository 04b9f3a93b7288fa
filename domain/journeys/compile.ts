/** Publishing turns the drawn graph into a plan: each node's kind and targets, what wakes it, what it needs to know. Plans are made on loading, never stored. */
import type { Condition } from '#domain/audiences/condition.ts';
import { conditionNeeds, type ConditionNeeds } from '#domain/audiences/condition-needs.ts';
import type { EventMatcher } from '#domain/events/customer-event.ts';
import type { Journey } from './definition.ts';
import { nodeKind, type AnyNodeKind } from './node-kinds.ts';
import { eventsBehindTrigger, matcherOf } from './trigger.ts';

export type PlanNode = { id: string; kind: AnyNodeKind; settings: unknown; next: Record<string, string | null>; awaits: EventMatcher[] };

export type Plan = {
  journeyId: string;
  versionId: string;
  versionNumber: number;
  /** Paused journeys keep people and events where they are; stopped ones let everyone go (§8.4, §8.5). */
  status: 'live' | 'paused' | 'stopped';
  /** Whether this version takes new entries. */
  takesEntries: boolean;
  /** Whether entries are refused for now, while people inside go on (§8.4). */
  drains?: boolean;
  journey: Journey;
  nodes: Map<string, PlanNode>;
  goals: { nodeId: string; event: EventMatcher }[];
  /** Every event type that can change something in this journey. */
  listens: Set<string>;
  needs: ConditionNeeds;
  /** Offers whose stock people of this journey may use up. */
  offerStock: string[];
};

/** Facts that conditions read change by these events, so a journey whose exits are conditions listens to them. */
function eventsBehind(condition: Condition): string[] {
  const needs = conditionNeeds(condition);
  return [
    'customer.changed',
    ...(needs.consents ? ['consent.changed'] : []),
    ...(needs.balances.length > 0 ? ['points.posted'] : []),
    ...(needs.vouchers.length > 0 ? ['offer.granted', 'offer.redeemed'] : []),
    ...(needs.segments.length > 0 ? ['segment.entered', 'segment.left'] : []),
    ...(needs.scores.length > 0 ? ['score.changed'] : []),
    ...(needs.tiers.length > 0 ? ['tier.changed'] : []),
    ...(needs.figures ? ['purchase', 'return'] : []),
    ...needs.eventTypes.map((need) => need.type),
  ];
}

const HELD_LOOKS_AGAIN_AT = ['message.suppressed', 'message.failed', 'pressure.policyChanged'];

export function compileJourney(journey: Journey, version: Pick<Plan, 'journeyId' | 'versionId' | 'versionNumber' | 'status' | 'takesEntries' | 'drains'>): Plan {
  const { entry } = journey;
  const nodes = new Map<string, PlanNode>();
  const goals: Plan['goals'] = [];
  const { trigger } = entry;
  const listens = new Set<string>('event' in trigger ? [trigger.event.type] : eventsBehindTrigger(trigger));
  const conditions: (Condition | undefined)[] = [entry.audience, matcherOf(trigger)?.where];
  const offerStock = new Set<string>();

  for (const exit of journey.exits) {
    conditions.push(exit.on === 'event' ? exit.event.where : exit.condition);
    for (const type of exit.on === 'event' ? [exit.event.type] : eventsBehind(exit.condition)) listens.add(type);
  }
  for (const node of journey.nodes) {
    const kind = nodeKind(node.kind);
    const awaits = kind.awaits?.(node.settings) ?? [];
    for (const matcher of awaits) listens.add(matcher.type);
    const reachedBy = kind.reachedBy?.(node.settings);
    if (reachedBy) {
      goals.push({ nodeId: node.id, event: reachedBy });
      listens.add(reachedBy.type);
    }
    for (const type of kind.hears?.(node.settings) ?? []) listens.add(type);
    if ((kind.dependsOn?.(node.settings).length ?? 0) > 0) listens.add('customer.changed');
    if (kind.holds?.(node.settings)) for (const type of HELD_LOOKS_AGAIN_AT) listens.add(type);
    const needs = kind.needs?.(node.settings);
    conditions.push(...(needs?.conditions ?? []));
    for (const offerKey of needs?.offerStock ?? []) offerStock.add(offerKey);
    nodes.set(node.id, { id: node.id, kind, settings: node.settings, next: node.next, awaits });
  }
  const needs = conditionNeeds(...conditions.filter((condition) => condition !== undefined));
  return { ...version, journey, nodes, goals, listens, needs, offerStock: [...offerStock].sort() };
}
