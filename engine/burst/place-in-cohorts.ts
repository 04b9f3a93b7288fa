/**
 * Gives everyone who now waits a place among those who wake in the same minute: in the fullest cohort with room that nobody holds, else in a
 * new one (ARCHITECTURE 1.3). A place once taken is never given back.
 */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export const COHORT_SIZE = 1_000;

export type Sleeper = { enrollmentId: string; versionId: string; wakeAt: Instant };

/** Answers the cohort of each enrollment. */
export async function placeInCohorts(transaction: Transaction, workspaceId: string, sleepers: Sleeper[]): Promise<Map<string, string>> {
  const places = new Map<string, string>();
  const groups = new Map<string, Sleeper[]>();
  for (const sleeper of sleepers) {
    const key = `${sleeper.versionId} ${sleeper.wakeAt}`;
    groups.set(key, [...(groups.get(key) ?? []), sleeper]);
  }
  for (const [, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { versionId, wakeAt } = group[0]!;
    const wake = formatInstant(wakeAt);
    let rest = group;
    while (rest.length > 0) {
      const [found] = await transaction<{ id: string; size: number }[]>`
        select id, size from cohorts where version_id = ${versionId} and wake_at = ${wake}::text::timestamptz and size < ${COHORT_SIZE}
        order by size desc limit 1 for no key update skip locked`;
      const taken = rest.slice(0, COHORT_SIZE - (found?.size ?? 0));
      const cohortId = found?.id ?? newId();
      if (found) await transaction`update cohorts set size = size + ${taken.length} where id = ${cohortId}`;
      else {
        await transaction`
          insert into cohorts (id, workspace_id, version_id, wake_at, size)
          values (${cohortId}, ${workspaceId}, ${versionId}, ${wake}::text::timestamptz, ${taken.length})`;
      }
      for (const sleeper of taken) places.set(sleeper.enrollmentId, cohortId);
      rest = rest.slice(taken.length);
    }
  }
  return places;
}
