/** Temporal's handles on the engine: one line each, and what retrying cannot cure is said to Temporal so. */
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { advanceCohort } from '#engine/advance-cohort.ts';
import type { Engine } from '#engine/engine.ts';
import { runImport, type ImportFile } from '#engine/imports/run-import.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { ringAlarms, type AlarmMinute } from '#engine/ring-alarms.ts';

async function carry<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof PermanentError) throw ApplicationFailure.nonRetryable(error.code, error.code);
    throw error;
  }
}

/** The activities over one engine; `Activities` is all that workflows know of them. */
export const createActivities = (engine: Engine) => ({
  advanceCohort: (cohort: { workspaceId: string; cohortId: string }): Promise<number> => carry(advanceCohort(engine, cohort)),
  ringAlarms: (minute: AlarmMinute): Promise<number> => carry(ringAlarms(engine, minute)),
  runImport: (file: ImportFile): Promise<boolean> => carry(runImport(engine, file, () => Context.current().heartbeat())),
});

export type Activities = ReturnType<typeof createActivities>;
