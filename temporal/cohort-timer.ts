/**
 * Stage 2, time: the engine's alarm clock over Temporal. Comes in: cohorts that have to be slept for. Goes out: one delayed workflow for
 * each, or a signal to look now. It never throws: what could not be armed is left to the sweep.
 */
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { defineSearchAttributeKey, type SearchAttributePair, SearchAttributeType } from '@temporalio/common';
import type { CohortTimer, SleepingCohort } from '#engine/engine.ts';
import { type TemporalClient, withinDeadline } from '#temporal/client.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';
import { JOURNEYS_QUEUE } from '#temporal/task-queues.ts';
import type { journeyWorkflow } from '#workflows/journey.ts';

const CALLS_AT_ONCE = 32;
/** Below this a delayed start may come after its moment: the workflow is told to look now, and sleeps the rest itself. */
const SIGNAL_BELOW_MS = 1_000;
/** After a failed call nothing is tried for so long: with Temporal away, no burst waits for it more than once in this time. */
const REST_AFTER_FAILURE_MS = 1_000;

const WORKSPACE_ID = defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD);
const JOURNEY_ID = defineSearchAttributeKey('JourneyId', SearchAttributeType.KEYWORD);
const JOURNEY_VERSION = defineSearchAttributeKey('JourneyVersion', SearchAttributeType.KEYWORD);

const minuteOf = (cohort: SleepingCohort): string => `${new Date(cohort.wakeAt).toISOString().slice(0, 16)}Z`;

/** `journey/{version}/{minute}/{cohort}`: the same cohort never has two workflows, and an operator finds a minute by its prefix. */
export const cohortWorkflowId = (cohort: SleepingCohort): string => `journey/${cohort.versionId}/${minuteOf(cohort)}/${cohort.cohortId}`;

function attributesOf(cohort: SleepingCohort): SearchAttributePair[] {
  return [
    { key: WORKSPACE_ID, value: cohort.workspaceId },
    { key: JOURNEY_ID, value: cohort.journeyId },
    { key: JOURNEY_VERSION, value: cohort.versionId },
  ];
}

async function armOne(client: Client, taskQueue: string, cohort: SleepingCohort, typedSearchAttributes: SearchAttributePair[]): Promise<void> {
  const options = {
    workflowId: cohortWorkflowId(cohort),
    taskQueue,
    args: [{ workspaceId: cohort.workspaceId, cohortId: cohort.cohortId }] as [{ workspaceId: string; cohortId: string }],
    staticSummary: `${cohort.journeyName} v${cohort.versionNumber} · ${minuteOf(cohort)}`,
    typedSearchAttributes,
  };
  await withinDeadline(client, async () => {
    if (cohort.delayMs < SIGNAL_BELOW_MS) {
      await client.workflow.signalWithStart<typeof journeyWorkflow>('journeyWorkflow', { ...options, signal: 'wake', workflowIdConflictPolicy: 'USE_EXISTING' });
    } else {
      const workflowIdConflictPolicy = cohort.replaces ? 'TERMINATE_EXISTING' : 'USE_EXISTING';
      await client.workflow.start<typeof journeyWorkflow>('journeyWorkflow', { ...options, startDelay: Math.ceil(cohort.delayMs), workflowIdConflictPolicy });
    }
  });
}

const grpcDetails = (error: unknown): { code: number; details: string } | null => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : null;
};
const INVALID_ARGUMENT = 3;
const lacksAttributes = (error: unknown): boolean => /search attribute/i.test(grpcDetails(error)?.details ?? '');
/** A refused call concerns one cohort; any other failure is the server's, or the way's to it. */
const isRefusal = (error: unknown): boolean => grpcDetails(error)?.code === INVALID_ARGUMENT;

/** A cluster may not know our search attributes yet: they are registered, and at worst the workflow starts without. */
async function armAnyway(client: TemporalClient, namespace: string, taskQueue: string, cohort: SleepingCohort): Promise<void> {
  try {
    await armOne(client, taskQueue, cohort, attributesOf(cohort));
  } catch (error) {
    if (!lacksAttributes(error)) throw error;
    void registerSearchAttributes(client.server, namespace).catch(() => {});
    await armOne(client, taskQueue, cohort, []);
  }
}

/** The timer over a client. `onFailure` is told why a call failed, once per rest. */
export function createCohortTimer(client: TemporalClient, { taskQueue = JOURNEYS_QUEUE, onFailure = () => {} }: { taskQueue?: string; onFailure?: (error: unknown) => void } = {}): CohortTimer {
  let restsUntil = 0;
  const arm = async (cohorts: SleepingCohort[]): Promise<string[]> => {
    const waiting = [...cohorts];
    const armed: string[] = [];
    const takeTurns = async (): Promise<void> => {
      for (let cohort = waiting.shift(); cohort && performance.now() >= restsUntil; cohort = waiting.shift()) {
        try {
          await armAnyway(client, client.options.namespace, taskQueue, cohort);
          armed.push(cohort.cohortId);
        } catch (error) {
          if (performance.now() >= restsUntil) onFailure(error);
          if (!isRefusal(error)) restsUntil = performance.now() + REST_AFTER_FAILURE_MS;
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(CALLS_AT_ONCE, cohorts.length) }, takeTurns));
    return armed;
  };
  return { arm };
}
