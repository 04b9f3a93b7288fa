/** A command: a journey's file becomes the draft of the journey of its key, and its next version when that is asked (whatever can be drawn can be written by hand). */
import type { Transaction } from '#db/connection.ts';
import { findJourneyByKey } from '#db/queries/journeys.ts';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { parseJourney } from '#domain/journeys/validate.ts';
import { ok, type Result } from '#domain/shared/result.ts';
import { createJourney, replaceDraft } from './change-journey.ts';
import type { CommandContext } from './command-context.ts';
import { publishJourney } from './publish-journey.ts';

export type ImportedJourney = { journeyId: string; key: string; draft: 'created' | 'changed' | 'unchanged'; publishedVersion: number | null };

async function isPublished(transaction: Transaction, journeyId: string, journey: Journey): Promise<boolean> {
  const [live] = await transaction<{ definition: unknown }[]>`select v.definition from journeys j join journey_versions v on v.id = j.live_version_id where j.id = ${journeyId}`;
  return live !== undefined && canonicalBody(Journey.parse(live.definition)) === canonicalBody(journey);
}

/** A file that says what is there already changes nothing, and is not published again. What cannot be published is not imported either. */
export async function importJourney(context: CommandContext, input: unknown, options: { publish: boolean }): Promise<Result<ImportedJourney>> {
  const { transaction } = context;
  const parsed = parseJourney(input);
  if (!parsed.ok) return parsed;
  const journey = parsed.value;
  const known = await findJourneyByKey(transaction, journey.key);
  const changed = known !== null && canonicalBody(known.draft) !== canonicalBody(journey);
  const journeyId = known?.id ?? (await createJourney(context, journey)).journeyId;
  if (known && changed) await replaceDraft(context, journeyId, journey, known.draftRevision);
  const draft = known ? (changed ? 'changed' : 'unchanged') : 'created';
  if (!options.publish || (await isPublished(transaction, journeyId, journey))) return ok({ journeyId, key: journey.key, draft, publishedVersion: null });
  const published = await publishJourney(context, journeyId);
  return published.ok ? ok({ journeyId, key: journey.key, draft, publishedVersion: published.value.number }) : published;
}
