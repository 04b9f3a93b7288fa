/** Makes an event of the customer, for other journeys to begin with, wait for, or end by (§4.3). It is one deeper than what brought the person here, and kept when somebody listens. */
import { z } from 'zod';
import { SYSTEM_EVENT_TYPES } from '#domain/events/customer-event.ts';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

/** Types that mean something to the loyalty engine or to us: a journey that made them could give points to itself. */
const RESERVED: readonly string[] = [...SYSTEM_EVENT_TYPES, 'purchase', 'return'];

export const EmitEventSettings = z.strictObject({
  type: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_.-]{0,99}$/, 'Write letters, digits, points and hyphens, for example vip.invited.'),
  properties: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/), z.union([z.string().max(500), z.number(), z.boolean()])).default({}),
});
export type EmitEventSettings = z.infer<typeof EmitEventSettings>;

export const emitEventNode = defineNodeKind({
  kind: 'emitEvent',
  family: 'change',
  settings: EmitEventSettings,
  defaults: (): EmitEventSettings => ({ type: 'journey.step', properties: {} }),
  ports: () => ['next'],
  validate: ({ type }) => (RESERVED.includes(type) ? [{ code: 'emitEvent.reserved', message: `«${type}» is not a journey's to make: choose a name of your own.`, path: ['type'] }] : []),
  waits: false,
  cost: NO_COST,
  step: ({ settings: { type, properties }, journey, nodeId }) => ({
    kind: 'go', port: 'next', effects: [{ kind: 'emitEvent', type, properties: { ...properties, journeyId: journey.id, nodeId } }], detail: { emitted: type },
  }),
});
