/** Writes one attribute of the customer; what changed is an event when a live journey listens. */
import { z } from 'zod';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const SetAttributeSettings = z.strictObject({
  attribute: z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
});
export type SetAttributeSettings = z.infer<typeof SetAttributeSettings>;

export const setAttributeNode = defineNodeKind({
  kind: 'setAttribute',
  family: 'change',
  settings: SetAttributeSettings,
  defaults: (): SetAttributeSettings => ({ attribute: 'stage', value: 'welcomed' }),
  ports: () => ['next'],
  waits: false,
  cost: NO_COST,
  step: ({ settings }) => ({ kind: 'go', port: 'next', effects: [{ kind: 'setAttribute', attribute: settings.attribute, value: settings.value }] }),
});
