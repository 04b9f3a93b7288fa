/**
 * Brings a file in, a turn of some seconds at a time, until none of its rows is left or somebody cancels it. It knows no row and no person: how far the
 * import is stands in Postgres, so a killed worker's turn is simply taken again.
 */
import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '#activities/index.ts';

const { runImport } = proxyActivities<Activities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '15 s',
  retry: { initialInterval: '1 s', maximumInterval: '1 minute' },
});

/** A history stays under a thousand events, however long the file is. */
const TURNS = 100;

export async function importWorkflow(file: Parameters<typeof runImport>[0]): Promise<void> {
  for (let turn = 0; await runImport(file); turn += 1) {
    if (turn === TURNS) await continueAsNew<typeof importWorkflow>(file);
  }
}
