/** What deserves a second look in a draft, by what the workspace knows right now: the canvas says the same while one draws. It keeps nothing from being published. */
import type { Transaction } from '#db/connection.ts';
import { countReach } from '#db/queries/journey-drawing.ts';
import { listTemplates } from '#db/queries/templates.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { warnJourney, type Warning } from '#domain/journeys/warn.ts';
import { readNow } from '#engine/burst/gather.ts';
import { countAudience } from '#engine/count-audience.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { PermanentError } from '#engine/permanent-error.ts';

/** For the count of an audience, so that whoever asks is answered within a second. */
const LIMIT_MS = 700;

/** Who enters is the journey's audience, where that can be told without an event; else everybody. Whoever acts for some stores (`storeIds`) is told of these stores' customers alone. */
export async function warnDraft(transaction: Transaction, workspaceId: string, journeyId: string, storeIds: readonly string[] | null = null): Promise<Warning[]> {
  const [row] = await transaction<{ draft: unknown }[]>`select draft from journeys where id = ${journeyId}`;
  if (!row) throw new PermanentError('journey.unknown', 'There is no such journey.');
  const draft = Journey.parse(row.draft);
  const { rules } = await loadWorkspace(transaction, workspaceId);
  const everyone = await countReach(transaction, storeIds);
  const audience = draft.entry.audience ? await countAudience(transaction, workspaceId, draft.entry.audience, LIMIT_MS, storeIds) : null;
  return warnJourney(draft, {
    at: await readNow(transaction, workspaceId), zone: rules.timeZone, reach: audience ?? everyone,
    offers: new Map(Object.entries(rules.offers).map(([key, { validity }]) => [key, validity])),
    transactional: new Set(rules.policy.categories.filter(({ transactional }) => transactional).map(({ key }) => key)),
    texts: { templates: new Map((await listTemplates(transaction)).map(({ key, languages }) => [key, languages])), readers: everyone.languages, language: rules.language },
  });
}
