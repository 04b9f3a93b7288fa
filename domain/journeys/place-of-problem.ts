/** Which card a problem belongs to: a step, or the entry for all that concerns the journey as a whole. */
import type { Problem } from '#domain/shared/result.ts';
import type { Journey } from './definition.ts';
import { ENTRY } from './operations/operation.ts';

export function placeOfProblem(journey: Journey, { path: [root, index] }: Problem): string {
  return root === 'nodes' && typeof index === 'number' ? (journey.nodes[index]?.id ?? ENTRY) : ENTRY;
}
