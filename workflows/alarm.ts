/**
 * Stage 2, time: sleeps for one minute of the calendar in which customers of a workspace are due, and has their alarms rung when it comes.
 * It knows no journey and no person, so its history is the same for one birthday and for ten thousand: 6 events, 1 workflow task.
 */
import { condition, proxyLocalActivities, setHandler } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';
import { wakeSignal } from '#workflows/journey.ts';

const { ringAlarms } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '30 s',
  localRetryThreshold: '5 s',
  retry: { initialInterval: '200 ms', maximumInterval: '1 minute' },
});

/** Started with `startDelay`: its first step is taken when the minute has come. Ends when nobody is left to sleep for. */
export async function alarmWorkflow(minute: Parameters<typeof ringAlarms>[0]): Promise<void> {
  let woken = false;
  setHandler(wakeSignal, () => void (woken = true));
  for (;;) {
    woken = false;
    const sleepMs = await ringAlarms(minute);
    if (sleepMs > 0) await condition(() => woken, sleepMs);
    else if (!woken) return;
  }
}
