/** Gives points of a loyalty programme, once per visit of the node. */
import { z } from 'zod';
import { defineNodeKind, keyThatIs, NO_COST } from '#domain/journeys/node-kind.ts';

export const GivePointsSettings = z.strictObject({ programmeKey: z.string().min(1), points: z.number().int().min(1).max(1_000_000) });
export type GivePointsSettings = z.infer<typeof GivePointsSettings>;

export const givePointsNode = defineNodeKind({
  kind: 'givePoints',
  family: 'give',
  settings: GivePointsSettings,
  defaults: (references): GivePointsSettings => ({ programmeKey: keyThatIs(references?.programmes, 'points'), points: 50 }),
  ports: () => ['next'],
  validate: ({ programmeKey }, { programmes }) =>
    programmes && !programmes.has(programmeKey)
      ? [{ code: 'reference.programme', message: `There is no loyalty programme «${programmeKey}»: create it or choose another.`, path: ['programmeKey'] }]
      : [],
  waits: false,
  heldOutPort: 'next',
  cost: NO_COST,
  step: ({ settings, enrollment, nodeId, visit, facts, now }) => ({
    kind: 'go',
    port: 'next',
    effects: [
      {
        kind: 'transfer',
        transfer: {
          key: `${enrollment.id}:${nodeId}:${visit}`,
          programmeKey: settings.programmeKey,
          customerId: facts.customerId,
          from: 'programme:issued',
          to: 'customer:available',
          amount: settings.points,
          kind: 'give',
          rule: `journey:${nodeId}`,
          at: now,
        },
      },
    ],
    detail: { points: settings.points },
  }),
});
