/** Waits for an event, at most for a duration; the branch says which came first (§3.6, first wins). */
import { z } from 'zod';
import { EventMatcher } from '#domain/events/customer-event.ts';
import type { Instant } from '#domain/shared/time.ts';
import { addDuration, Duration, roundWake } from '#domain/journeys/duration.ts';
import { defineNodeKind, WAITING_COST } from '#domain/journeys/node-kind.ts';

export const WaitForEventSettings = z.strictObject({ event: EventMatcher, timeout: Duration });
export type WaitForEventSettings = z.infer<typeof WaitForEventSettings>;

const wakesAt = (settings: WaitForEventSettings, { since, zone }: { since: Instant; zone: string }): Instant => roundWake(since, addDuration(since, settings.timeout, zone));

export const waitForEventNode = defineNodeKind({
  kind: 'waitForEvent',
  family: 'time',
  settings: WaitForEventSettings,
  defaults: (): WaitForEventSettings => ({ event: { type: 'purchase' }, timeout: { amount: 7, unit: 'calendarDays' } }),
  ports: () => ['event', 'timeout'],
  needs: ({ event }) => (event.where ? { conditions: [event.where] } : {}),
  waits: true,
  cost: WAITING_COST,
  awaits: ({ event }) => [event],
  wakesAt,
  step: ({ settings, at, facts }) => ({
    kind: 'wait',
    waiting: { wakeAt: wakesAt(settings, { since: at, zone: facts.zone }) },
    detail: { zone: facts.zone, zoneSource: facts.zoneSource },
  }),
  resume: (_input, _waiting, cause) => ({ kind: 'go', port: cause.kind === 'event' ? 'event' : 'timeout' }),
});
