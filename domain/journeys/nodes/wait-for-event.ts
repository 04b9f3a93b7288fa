/** Waits for one of several events, at most for a duration when one is given; the way out says which came first, or which of them ranks highest at the end (§3.6). */
import { z } from 'zod';
import { EventMatcher } from '#domain/events/customer-event.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, WAITING_COST, type WaitSight } from '#domain/journeys/node-kind.ts';

const OWN_PORTS = ['event', 'timeout', 'error', 'next'];

export const WaitForEventSettings = z.strictObject({
  event: EventMatcher,
  /** Further events in their order, each with a way out of its own. */
  others: z.array(z.strictObject({ key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use lower-case letters, digits and hyphens.'), event: EventMatcher })).max(9).optional(),
  /** `ranked`: everyone stays until the end, and the first of the list that has happened decides [Braze]. */
  decide: z.enum(['first', 'ranked']).optional(),
  /** Null waits without an end. */
  timeout: Duration.nullable(),
});
export type WaitForEventSettings = z.infer<typeof WaitForEventSettings>;

const wakesAt = ({ timeout }: WaitForEventSettings, { since, zone }: Pick<WaitSight, 'since' | 'zone'>): Instant | null => (timeout ? roundWake(since, addDuration(since, timeout, zone)) : null);
const portOf = ({ others = [] }: WaitForEventSettings, rank: number): string => (rank === 0 ? 'event' : (others[rank - 1]?.key ?? 'event'));

function validate({ others = [], decide, timeout }: WaitForEventSettings): Problem[] {
  const problems: Problem[] = [];
  const keys = others.map(({ key }) => key);
  const wrong = keys.findIndex((key, index) => OWN_PORTS.includes(key) || keys.indexOf(key) !== index);
  if (wrong >= 0) problems.push({ code: 'waitForEvent.key', message: `Give the way «${keys[wrong]}» another name: each way out has its own.`, path: ['others', wrong, 'key'] });
  if (decide === 'ranked' && timeout === null) problems.push({ code: 'waitForEvent.endless', message: 'A choice by rank needs an end of the wait: say how long it lasts.', path: ['timeout'] });
  return problems;
}

export const waitForEventNode = defineNodeKind({
  kind: 'waitForEvent',
  family: 'time',
  settings: WaitForEventSettings,
  defaults: (): WaitForEventSettings => ({ event: { type: 'purchase' }, timeout: { amount: 7, unit: 'calendarDays' } }),
  ports: ({ others = [], timeout }) => ['event', ...others.map(({ key }) => key), ...(timeout ? ['timeout'] : [])],
  validate,
  needs: ({ event, others = [] }) => {
    const conditions = [event, ...others.map((other) => other.event)].flatMap(({ where }) => (where ? [where] : []));
    return conditions.length > 0 ? { conditions } : {};
  },
  waits: true,
  cost: WAITING_COST,
  awaits: ({ event, others = [] }) => [event, ...others.map((other) => other.event)],
  wakesAt,
  step: ({ settings, at, facts }) => ({
    kind: 'wait',
    waiting: { wakeAt: wakesAt(settings, { since: at, zone: facts.zone }) },
    detail: { zone: facts.zone, zoneSource: facts.zoneSource },
  }),
  resume: ({ settings, enrollment }, waiting, cause) => {
    const { heard, wakeAt } = waiting;
    if (cause.kind !== 'event') return heard ? { kind: 'go', port: portOf(settings, heard.rank), event: heard.event, detail: { rank: heard.rank + 1 } } : { kind: 'go', port: 'timeout' };
    if (settings.decide !== 'ranked') return { kind: 'go', port: portOf(settings, cause.matcher) };
    const { event } = enrollment.state;
    const better = event && (!heard || cause.matcher < heard.rank) ? { rank: cause.matcher, event } : heard;
    return { kind: 'wait', waiting: { wakeAt, ...(better ? { heard: better } : {}) }, detail: { heard: portOf(settings, cause.matcher) } };
  },
});
