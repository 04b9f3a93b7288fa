/** The goal: reached by walking here, or from anywhere by its event, which ends the enrollment as converted or brings it here (§2.3). */
import { z } from 'zod';
import { EventMatcher } from '#domain/events/customer-event.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const GoalSettings = z.strictObject({ name: z.string().max(80).optional(), event: EventMatcher.optional(), then: z.enum(['end', 'continue']) });
export type GoalSettings = z.infer<typeof GoalSettings>;

export const goalNode = defineNodeKind({
  kind: 'goal',
  family: 'end',
  settings: GoalSettings,
  defaults: (): GoalSettings => ({ event: { type: 'purchase' }, then: 'end' }),
  ports: ({ then }) => (then === 'continue' ? ['next'] : []),
  needs: ({ event }) => (event?.where ? { conditions: [event.where] } : {}),
  waits: false,
  cost: NO_COST,
  reachedBy: ({ event }) => event ?? null,
  step: ({ settings }) => {
    const detail = { converted: true, ...(settings.name ? { name: settings.name } : {}) };
    return settings.then === 'end' ? { kind: 'end', ending: 'converted', detail } : { kind: 'go', port: 'next', detail };
  },
});
