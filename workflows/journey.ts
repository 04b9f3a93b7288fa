/**
 * Stage 2, time: sleeps for one cohort, the people of a journey version who wake together, and has them advanced when they are due.
 * It knows no plan and no person, so its history stays as small as it is now whatever a journey does: 6 events, 1 workflow task.
 */
import { condition, defineSignal, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';

/** Asks the cohort to be looked at now: its moment was moved, or has passed. */
export const wakeSignal = defineSignal('wake');

const { advanceCohort } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30 s',
  localRetryThreshold: '5 s',
  retry: { initialInterval: '200 ms', maximumInterval: '1 minute' },
});

/** Started with `startDelay`: its first step is taken when the cohort is due. Ends when nobody is left to sleep for. */
export async function journeyWorkflow(cohort: { workspaceId: string; cohortId: string }): Promise<void> {
  let woken = false;
  setHandler(wakeSignal, () => void (woken = true));
  for (;;) {
    woken = false;
    const sleepMs = await advanceCohort(cohort);
    if (sleepMs > 0) await condition(() => woken, sleepMs);
    else if (!woken) return;
  }
}
