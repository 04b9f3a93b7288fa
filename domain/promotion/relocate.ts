/** Carries a journey to another workspace: ids that it names there are other ids here. Everything else goes by keys and stays, the ids of its steps too. */
import { Journey } from '#domain/journeys/definition.ts';

const replaceIn = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map((inner) => replaceIn(inner, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaceIn(inner, ids)]));
};

/** Every text that is exactly one of the ids becomes the other; ids are UUIDs, so no text of the author's is touched. */
export const relocateJourney = (journey: Journey, ids: ReadonlyMap<string, string>): Journey => Journey.parse(replaceIn(journey, ids));

/** Which of these ids a journey names. */
export function idsIn(value: unknown, ids: ReadonlySet<string>): string[] {
  if (typeof value === 'string') return ids.has(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap((inner) => idsIn(inner, ids)))];
}
