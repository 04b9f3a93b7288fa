/** A journey as the canvas takes it: every card has its place. One that comes without, from a file, is laid out once. */
import type { Journey } from '#domain/journeys/definition.ts';

export const placeJourney = async (journey: Journey): Promise<Journey> =>
  journey.nodes.every((node) => node.position) ? journey : (await import('./tidy-layout.ts')).withPositions(journey);
