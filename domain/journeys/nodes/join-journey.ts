/** Takes the customer into another journey by its key, under that journey's audience and re-entry rules (§4.3). It is an event, one deeper than what brought the person here. */
import { z } from 'zod';
import { defineNodeKind, NO_COST } from '#domain/journeys/node-kind.ts';

/** The key is empty in a draft whose author has not chosen a journey yet; such a journey cannot be published. */
export const JoinJourneySettings = z.strictObject({ journeyKey: z.string().max(100) });
export type JoinJourneySettings = z.infer<typeof JoinJourneySettings>;

export const joinJourneyNode = defineNodeKind({
  kind: 'joinJourney',
  family: 'change',
  settings: JoinJourneySettings,
  defaults: (): JoinJourneySettings => ({ journeyKey: '' }),
  ports: () => ['next'],
  validate: ({ journeyKey }, { journeys }) =>
    journeyKey === '' ? [{ code: 'reference.noJourney', message: 'Choose the journey to join.', path: ['journeyKey'] }] : journeys && !journeys.has(journeyKey)
      ? [{ code: 'reference.journey', message: `There is no journey «${journeyKey}»: create it or choose another.`, path: ['journeyKey'] }]
      : [],
  hears: () => ['journey.joined'],
  waits: false,
  cost: NO_COST,
  step: ({ settings: { journeyKey }, journey, enrollment, nodeId }) => ({
    kind: 'go', port: 'next',
    effects: [{ kind: 'joinJourney', journeyKey, properties: { ...enrollment.state.event?.properties, journey: journeyKey, fromJourneyId: journey.id, fromNodeId: nodeId } }],
    detail: { joins: journeyKey },
  }),
});
