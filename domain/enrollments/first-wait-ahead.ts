/** Where somebody begins whose date became known late: at the first wait for that date, before or after it, which still lies ahead (§1.4) [Klaviyo]. */
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import type { Plan, PlanNode } from '#domain/journeys/compile.ts';
import { WaitSettings } from '#domain/journeys/nodes/wait.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { CustomerFacts } from './facts.ts';
import { eventInHand } from './match-event.ts';

/** A wait for the date of the occurrence in hand. */
function waitsForDate({ kind, settings }: PlanNode): boolean {
  if (kind.kind !== 'wait') return false;
  const parsed = WaitSettings.parse(settings);
  return parsed.mode === 'untilDate' && parsed.date === 'event.properties.date' && !parsed.yearly;
}

/** The way that everyone goes; null where people part, wait for something else to happen, or leave. */
function straightOn({ kind, settings, next }: PlanNode): string | null {
  const parts = kind.family === 'decide' || (kind.awaits?.(settings).length ?? 0) > 0;
  return parts || !kind.ports(settings).includes('next') ? null : (next['next'] ?? null);
}

/** The id of the step; null when none lies ahead on the straight way from the entry. */
export function firstWaitAhead(plan: Plan, event: CustomerEvent, facts: Pick<CustomerFacts, 'zone' | 'profile' | 'history'>, at: Instant): string | null {
  const seen = new Set<string>();
  for (let id = plan.journey.entry.next; id !== null && !seen.has(id);) {
    seen.add(id);
    const node = plan.nodes.get(id);
    if (!node) return null;
    if (waitsForDate(node)) {
      const wakesAt = node.kind.wakesAt?.(node.settings, { since: at, again: false, zone: facts.zone, profile: facts.profile, history: facts.history, event: eventInHand(event) });
      if (typeof wakesAt === 'number' && wakesAt > at) return id;
    }
    id = straightOn(node);
  }
  return null;
}
