/**
 * Stage 2, time: the engine's alarm clock over Temporal. Comes in: cohorts, and minutes of alarms, that have to be slept for. Goes out: one
 * delayed workflow for each, or a signal to look now; and imports, each of which a workflow runs at once. It never throws: what could not be armed is left to the sweep.
 */
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import type { CohortTimer, RunningImport, SleepingAlarms, SleepingCohort } from '#engine/engine.ts';
import { type TemporalClient, withinDeadline } from '#temporal/client.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';
import { JOURNEYS_QUEUE } from '#temporal/task-queues.ts';
import type { alarmWorkflow } from '#workflows/alarm.ts';
import type { importWorkflow } from '#workflows/import.ts';
import type { journeyWorkflow } from '#workflows/journey.ts';

const CALLS_AT_ONCE = 32;
/** Below this a delayed start may come after its moment: the workflow is told to look now, and sleeps the rest itself. */
const SIGNAL_BELOW_MS = 1_000;
/** After a failed call nothing is tried for so long: with Temporal away, no burst waits for it more than once in this time. */
const REST_AFTER_FAILURE_MS = 1_000;

const WORKSPACE_ID = defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD);
const JOURNEY_ID = defineSearchAttributeKey('JourneyId', SearchAttributeType.KEYWORD);
const JOURNEY_VERSION = defineSearchAttributeKey('JourneyVersion', SearchAttributeType.KEYWORD);

const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;

/** `journey/{version}/{minute}/{cohort}`: the same cohort never has two workflows, and an operator finds a minute by its prefix. */
export const cohortWorkflowId = (cohort: SleepingCohort): string => `journey/${cohort.versionId}/${minuteOf(cohort.wakeAt)}/${cohort.cohortId}`;

/** `alarm/{workspace}/{kind}/{minute}`: however many customers are due in it, a minute has one workflow. */
export const alarmWorkflowId = ({ workspaceId, kind, minute }: SleepingAlarms): string => `alarm/${workspaceId}/${kind}/${minuteOf(minute)}`;

/** A workflow that has to sleep: how it is started, and how far away its moment is; null where it runs at once and takes no signal. */
type Sleeper<I> = { of: I; delayMs: number | null; replaces: boolean; start: Started<typeof journeyWorkflow> | Started<typeof alarmWorkflow> | Started<typeof importWorkflow> };
type Started<W extends typeof journeyWorkflow | typeof alarmWorkflow | typeof importWorkflow> = { type: 'journeyWorkflow' | 'alarmWorkflow' | 'importWorkflow'; workflowId: string; args: Parameters<W>; staticSummary: string; attributes: SearchAttributePair[] };

const cohortSleeper = (cohort: SleepingCohort): Sleeper<string> => ({
  of: cohort.cohortId, delayMs: cohort.delayMs, replaces: cohort.replaces ?? false,
  start: {
    type: 'journeyWorkflow', workflowId: cohortWorkflowId(cohort), args: [{ workspaceId: cohort.workspaceId, cohortId: cohort.cohortId }],
    staticSummary: `${cohort.journeyName} v${cohort.versionNumber} · ${minuteOf(cohort.wakeAt)}`,
    attributes: [{ key: WORKSPACE_ID, value: cohort.workspaceId }, { key: JOURNEY_ID, value: cohort.journeyId }, { key: JOURNEY_VERSION, value: cohort.versionId }],
  },
});

const alarmSleeper = (alarms: SleepingAlarms): Sleeper<number> => ({
  of: alarms.minute, delayMs: alarms.delayMs, replaces: alarms.replaces ?? false,
  start: {
    type: 'alarmWorkflow', workflowId: alarmWorkflowId(alarms), args: [{ workspaceId: alarms.workspaceId, kind: alarms.kind, minute: alarms.minute }],
    staticSummary: `Entries by the calendar · ${minuteOf(alarms.minute)}`, attributes: [{ key: WORKSPACE_ID, value: alarms.workspaceId }],
  },
});

const importRunner = ({ workspaceId, importId, summary }: RunningImport): Sleeper<string> => ({
  of: importId, delayMs: null, replaces: false,
  start: { type: 'importWorkflow', workflowId: `import/${importId}`, args: [{ workspaceId, importId }], staticSummary: summary, attributes: [{ key: WORKSPACE_ID, value: workspaceId }] },
});

async function armOne(client: Client, taskQueue: string, { start, delayMs, replaces }: Sleeper<unknown>, typedSearchAttributes: SearchAttributePair[]): Promise<void> {
  const { type, workflowId, args, staticSummary } = start;
  const options = { workflowId, taskQueue, args, staticSummary, typedSearchAttributes };
  await withinDeadline(client, async () => {
    if (delayMs === null) await client.workflow.start(type, { ...options, workflowIdConflictPolicy: 'USE_EXISTING' });
    else if (delayMs < SIGNAL_BELOW_MS) await client.workflow.signalWithStart(type, { ...options, signal: 'wake', workflowIdConflictPolicy: 'USE_EXISTING' });
    else await client.workflow.start(type, { ...options, startDelay: Math.ceil(delayMs), workflowIdConflictPolicy: replaces ? 'TERMINATE_EXISTING' : 'USE_EXISTING' });
  });
}

const grpcDetails = (error: unknown): { code: number; details: string } | null => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : null;
};
const INVALID_ARGUMENT = 3;
const lacksAttributes = (error: unknown): boolean => /search attribute/i.test(grpcDetails(error)?.details ?? '');
/** A refused call concerns one sleeper; any other failure is the server's, or the way's to it. */
const isRefusal = (error: unknown): boolean => grpcDetails(error)?.code === INVALID_ARGUMENT;

/** A cluster may not know our search attributes yet: they are registered, and at worst the workflow starts without. */
async function armAnyway(client: TemporalClient, namespace: string, taskQueue: string, sleeper: Sleeper<unknown>): Promise<void> {
  try {
    await armOne(client, taskQueue, sleeper, sleeper.start.attributes);
  } catch (error) {
    if (!lacksAttributes(error)) throw error;
    void registerSearchAttributes(client.server, namespace).catch(() => {});
    await armOne(client, taskQueue, sleeper, []);
  }
}

/** The timer over a client. `onFailure` is told why a call failed, once per rest. */
export function createCohortTimer(client: TemporalClient, { taskQueue = JOURNEYS_QUEUE, onFailure = () => {} }: { taskQueue?: string; onFailure?: (error: unknown) => void } = {}): CohortTimer {
  let restsUntil = 0;
  const armAll = async <I>(sleepers: Sleeper<I>[]): Promise<I[]> => {
    const waiting = [...sleepers];
    const armed: I[] = [];
    const takeTurns = async (): Promise<void> => {
      for (let sleeper = waiting.shift(); sleeper && performance.now() >= restsUntil; sleeper = waiting.shift()) {
        try {
          await armAnyway(client, client.options.namespace, taskQueue, sleeper);
          armed.push(sleeper.of);
        } catch (error) {
          if (performance.now() >= restsUntil) onFailure(error);
          if (!isRefusal(error)) restsUntil = performance.now() + REST_AFTER_FAILURE_MS;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, sleepers.length) }, takeTurns));
    return armed;
  };
  return { arm: (cohorts) => armAll(cohorts.map(cohortSleeper)), armAlarms: (minutes) => armAll(minutes.map(alarmSleeper)), armImports: (imports) => armAll(imports.map(importRunner)) };
}
