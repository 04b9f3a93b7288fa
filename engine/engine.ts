/** What every stage of the engine is handed: the database, and the ports through which it reaches what it must not import. */
import type { Database } from '#db/connection.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { VendorAccounts } from '#providers/account.ts';

/** A cohort that has to be slept for. `delayMs` is machine time from now; under one second, or past, its workflow is signalled instead of delayed. */
export type SleepingCohort = {
  workspaceId: string;
  cohortId: string;
  versionId: string;
  journeyId: string;
  journeyName: string;
  versionNumber: number;
  wakeAt: Instant;
  delayMs: number;
  /** What sleeps for it now sleeps for too long, because its clock has jumped: it is replaced. */
  replaces?: true;
};

/** What an alarm is for. Campaigns and expiries come to it later. */
export type AlarmKind = 'entry';

/** A minute in which alarms of a workspace are due, whoever's they are. `delayMs` and `replaces` as of a cohort. */
export type SleepingAlarms = { workspaceId: string; kind: AlarmKind; minute: Instant; delayMs: number; replaces?: true };

/** An import that has to be run, with what an operator sees of it. */
export type RunningImport = { workspaceId: string; importId: string; summary: string };

/** The alarm clock, implemented over Temporal in `temporal/`. It changes nothing in Postgres. */
export type CohortTimer = {
  /** Makes sure that a workflow sleeps for each cohort; answers the ids of those it could arm. Never throws: what could not be armed is left to the sweep. */
  arm(cohorts: SleepingCohort[]): Promise<string[]>;
  /** The same for minutes of alarms; answers those it could arm. */
  armAlarms(minutes: SleepingAlarms[]): Promise<Instant[]>;
  /** Makes sure that a workflow runs each import; answers the ids of those. */
  armImports(imports: RunningImport[]): Promise<string[]>;
};

export type Engine = {
  database: Database;
  timer: CohortTimer;
  /** A hint to the routers that events wait, given after a commit and at most once per 20 ms; the sweep is the promise. */
  hintRouters: () => void;
  /** Where customers and vendors reach this installation, without a slash at the end: the base of links and webhook addresses. */
  publicUrl: string;
  /** The simulated vendors of sandboxes, where this installation runs them. */
  vendorServerUrl?: string;
  /** Signs what leaves in URLs: `PARCOURS_SECRET`, at least 32 characters. */
  secret: string;
  /** `PARCOURS_FORMER_SECRET`: what it signed and sealed still counts. */
  formerSecret?: string;
  /** The installation's own keys, for live workspaces that have none of theirs. */
  vendorAccounts: VendorAccounts;
  /** Where this installation reaches a vendor for accounts that name no address of their own, such as a gateway; the vendor's own address when absent. */
  vendorBaseUrls?: { resend?: string | undefined; twilio?: string | undefined };
};
