/** What the shell loads before it asks about conditions: only the facts that some condition reads. */
import type { Condition } from '#domain/audiences/condition.ts';

export type ConditionNeeds = {
  /** Events of the history; `withinDays` is left out when all of it is needed. */
  eventTypes: { type: string; withinDays?: number }[];
  balances: string[];
  vouchers: string[];
  segments: string[];
  scores: string[];
  /** By loyalty programme. */
  tiers: string[];
  consents: boolean;
  figures: boolean;
  /** Whether the event in hand is read: a condition that does makes no sense where there is none. */
  event: boolean;
};

/** The needs of all the conditions together, each type, programme and offer once, in a stable order. */
export function conditionNeeds(...conditions: Condition[]): ConditionNeeds {
  const spans = new Map<string, number>();
  const fields = new Set<string>();
  const visit = (condition: Condition): void => {
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('event' in condition) spans.set(condition.event, Math.max(spans.get(condition.event) ?? 0, condition.withinDays ?? Infinity));
    else fields.add(condition.field);
  };
  conditions.forEach(visit);
  const named = (root: string): string[] =>
    [...new Set([...fields].filter((field) => field.startsWith(`${root}.`)).map((field) => field.split('.')[1] ?? ''))].sort();
  return {
    eventTypes: [...spans].sort(([left], [right]) => (left < right ? -1 : 1)).map(([type, days]) => (days === Infinity ? { type } : { type, withinDays: days })),
    balances: named('balance'),
    vouchers: named('voucher'),
    segments: named('segment'),
    scores: named('score'),
    tiers: named('tier'),
    consents: named('consent').length > 0,
    figures: named('figures').length > 0,
    event: named('event').length > 0,
  };
}
