/** The least that a workflow per person could be: it waits for a moment and runs two local activities that do nothing. What cohorts are measured against. */
import { proxyLocalActivities, sleep } from '@temporalio/workflow';

const { doNothing } = proxyLocalActivities<{ doNothing: () => Promise<void> }>({ startToCloseTimeout: '30 s' });

export async function bareWorkflow(sleepMs: number): Promise<void> {
  await sleep(sleepMs);
  await doNothing();
  await doNothing();
}
