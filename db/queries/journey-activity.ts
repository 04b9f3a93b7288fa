/** What moved in each journey of late: entries, ends and failures of the last thirty days of workspace time, and whether the draft differs from what runs. */
import type { Transaction } from '#db/connection.ts';
import { withinStores } from '#db/queries/store-journeys.ts';

export const ACTIVITY_DAYS = 30;
export type ActivityRow = { journeyId: string; entered: number; finished: number; failed: number; draftDiffers: boolean };

export const listActivity = (transaction: Transaction, workspaceId: string, storeIds: readonly string[] | null): Promise<ActivityRow[]> => transaction<ActivityRow[]>`
  select j.id as "journeyId",
         (select count(*)::int from enrollments e where e.journey_id = j.id and e.entered_at >= t.since) as entered,
         (select count(*)::int from enrollments e where e.journey_id = j.id and e.ended_at >= t.since and e.ending <> 'failed') as finished,
         (select count(*)::int from enrollments e where e.journey_id = j.id and e.ended_at >= t.since and e.ending = 'failed') as failed,
         coalesce((select v.definition <> j.draft from journey_versions v where v.id = j.live_version_id), false) as "draftDiffers"
    from journeys j cross join (select workspace_now(${workspaceId}) - make_interval(days => ${ACTIVITY_DAYS}) as since offset 0) t where ${withinStores(transaction, storeIds)}`;
