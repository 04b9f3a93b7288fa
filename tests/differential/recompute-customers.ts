/** The replay of §12.1 held against what a sandbox has just done: each customer's history recomputed, and every line that only one side has. */
import { inWorkspace } from '#db/connection.ts';
import { compareReplay } from '#domain/replay/compare-replay.ts';
import { loadHistory } from '#engine/replay/load-history.ts';
import type { DrawnCase } from '#tests/differential/draw-case.ts';
import type { Sandboxes } from '#tests/differential/open-sandboxes.ts';

/** A profile's past is not kept: where a case changes one, conditions may have read another than there is now. */
const keepsProfiles = ({ journeys, events }: DrawnCase): boolean =>
  journeys.every(({ journey }) => journey.nodes.every(({ kind }) => kind !== 'setAttribute' && kind !== 'changeTag')) && !JSON.stringify(events).includes('"profile"');

/** The differences, as a person reads them; none for a case whose profiles changed. */
export async function recomputeCustomers({ engine }: Sandboxes, workspaceId: string, drawn: DrawnCase): Promise<string[]> {
  if (!keepsProfiles(drawn)) return [];
  const differences: string[] = [];
  for (const { id } of drawn.customers) {
    const loaded = await inWorkspace(engine.database, workspaceId, (transaction) => loadHistory(transaction, workspaceId, id));
    if (loaded) differences.push(...compareReplay(loaded.history).differences.map(({ only, ...line }) => `only ${only}: ${JSON.stringify(line)}`));
  }
  return differences;
}
