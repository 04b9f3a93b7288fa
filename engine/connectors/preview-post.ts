/** Tries a mapping on a post (§11.4): the events that it would be, each with what ingest would say of it, as far as that can be told without taking it in. */
import type { Transaction } from '#db/connection.ts';
import { mapPost, type MappedPost } from '#domain/connectors/map-post.ts';
import type { ConnectorMapping } from '#domain/connectors/mapping.ts';
import { parseEvent } from '#domain/events/parse-event.ts';
import type { Problem } from '#domain/shared/result.ts';
import { readNow } from '#engine/burst/gather.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';

export type PreviewedPost = Pick<MappedPost, 'problems' | 'warnings'> & { events: { event: Record<string, unknown>; status: 'accepted' | 'quarantined' | 'rejected'; problems: Problem[] }[] };

export async function previewPost(transaction: Transaction, workspaceId: string, mapping: ConnectorMapping, post: { headers: Record<string, string>; body: unknown }): Promise<PreviewedPost> {
  const workspace = await loadWorkspace(transaction, workspaceId);
  const { currency, currencyExponent: exponent, rules: { country, timeZone } } = workspace;
  const now = await readNow(transaction, workspaceId);
  const closedTypes = workspace.registryClosed ? new Set((await transaction<{ type: string }[]>`select type from event_types`).map(({ type }) => type)) : null;
  const { events, problems, warnings } = mapPost(mapping, post, { currency, exponent, country, timeZone });
  return {
    problems, warnings,
    events: events.map((event) => {
      const parsed = parseEvent(event, { now, currency, country, closedTypes, schemas: workspace.schemas });
      if (parsed.outcome !== 'accepted') return { event, status: parsed.outcome, problems: parsed.problems };
      const { store } = parsed.event;
      if (store === null || workspace.storeIds.has(store)) return { event, status: 'accepted' as const, problems: [] };
      return { event, status: 'quarantined' as const, problems: [{ code: 'store.unknown', message: `There is no store «${store}»: create it first.`, path: ['store'] }] };
    }),
  };
}
