/** Ends the enrollment here, with a name that reports show. */
import { z } from 'zod';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

export const ExitSettings = z.strictObject({ name: z.string().max(80).optional() });
export type ExitSettings = z.infer<typeof ExitSettings>;

export const exitNode = defineNodeKind({
  kind: 'exit',
  family: 'end',
  settings: ExitSettings,
  defaults: (): ExitSettings => ({}),
  ports: () => [],
  waits: false,
  cost: NO_COST,
  step: ({ settings }) => ({ kind: 'end', ending: 'completed', detail: settings.name ? { name: settings.name } : {} }),
});
