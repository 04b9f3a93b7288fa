/** A command: takes people whose journey ended as failed back to the step that failed and runs it again, at most 200 at once (§4.5). */
import { EnrollmentState, type Enrollment } from '#domain/enrollments/state.ts';
import { formatId } from '#domain/shared/ids.ts';
import { advanceHeads, type AdvanceReport } from '#engine/advance-customers.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, raiseEpoch, type CommandContext } from './command-context.ts';

const AT_A_TIME = 200;

/** One enrollment, or those that failed at a step, or all; `after` is the last enrollment of the call before. */
export type RetryInput = { journeyId: string; enrollmentId?: string | undefined; nodeId?: string | undefined; after?: string | undefined };
/** `inside`: not tried again, since the customer has come in again meanwhile and may be inside once only. `next`: pass it as `after` when there are more. */
export type Retried = { retried: number; failedAgain: number; inside: number; next: string | null };

type Row = { id: string; customer_id: string; version_id: string; entry_key: string; burst: number; entered_at: Date; state: unknown; is_live_version: boolean; is_inside: boolean };

/** Call `afterBurst` with the report after the commit. Someone who was tried again meanwhile is no error. */
export async function retryFailed(context: CommandContext, { journeyId, enrollmentId, nodeId, after }: RetryInput): Promise<Retried & { report: AdvanceReport }> {
  const { transaction, workspaceId } = context;
  const [journey] = await transaction<{ status: string }[]>`select status from journeys where id = ${journeyId}`;
  if (!journey) throw new PermanentError('journey.unknown', 'There is no such journey.');
  if (journey.status !== 'live' && journey.status !== 'paused') throw new PermanentError('journey.state', `A journey that is ${journey.status} takes nobody back.`);
  const found = await transaction<{ id: string; customer_id: string }[]>`
    select id, customer_id from enrollments where journey_id = ${journeyId} and ending = 'failed' and state -> 'ending' ->> 'nodeId' is not null and state -> 'ending' ->> 'detail' is distinct from 'tooManySteps'
       and (${enrollmentId ?? null}::uuid is null or id = ${enrollmentId ?? null}) and (${nodeId ?? null}::text is null or node_id = ${nodeId ?? null}) and (${after ?? null}::uuid is null or id > ${after ?? null})
     order by id limit ${AT_A_TIME}`;
  if (found.length === 0 && enrollmentId) throw new PermanentError('enrollment.unknown', 'There is no such failed enrollment in this journey.');
  const heads = await lockHeads(transaction, [...new Set(found.map((row) => row.customer_id))]);
  const ids = found.map(({ id }) => id);
  const rows = await transaction<Row[]>`
    select e.id, e.customer_id, e.version_id, e.entry_key, e.burst, e.entered_at, e.state, e.version_id = j.live_version_id as is_live_version,
           v.definition -> 'entry' -> 'reentry' ->> 'mode' = 'afterExit' and exists (select from enrollments o where o.journey_id = e.journey_id and o.customer_id = e.customer_id and o.ended_at is null) as is_inside
      from enrollments e join journeys j on j.id = e.journey_id join journey_versions v on v.id = e.version_id where e.id = any(${ids}) and e.ending = 'failed'`;
  const back = rows.filter((row) => !row.is_inside);
  const report = await advanceHeads(transaction, workspaceId, heads, back.map((row) => ({ kind: 'retry', customerId: row.customer_id, enrollment: readEnrollment(row, journeyId) })));
  const [again] = await transaction<{ n: number }[]>`select count(*)::int as n from enrollments where id = any(${back.map(({ id }) => id)}) and ending = 'failed'`;
  const answer = { retried: back.length, failedAgain: again?.n ?? 0, inside: rows.length - back.length, next: found.length === AT_A_TIME ? (ids.at(-1) ?? null) : null };
  await audit(context, { action: 'journey.retry', subject: formatId('journey', journeyId), after: { ...(nodeId ? { node: nodeId } : {}), retried: answer.retried, failedAgain: answer.failedAgain } });
  // A version that held nobody is not listened for until the workspace is loaded anew.
  if (back.some((row) => !row.is_live_version)) await raiseEpoch(context);
  return { ...answer, report };
}

const readEnrollment = (row: Row, journeyId: string): Enrollment => ({
  id: row.id, journeyId, versionId: row.version_id, entryKey: row.entry_key, burst: row.burst, enteredAt: row.entered_at.getTime(), state: EnrollmentState.parse(row.state),
});
