/** A command: takes a customer out of a journey by hand, with a reason, in one burst (§2.4). */
import { formatId } from '#domain/shared/ids.ts';
import { advanceHeads, type AdvanceReport } from '#engine/advance-customers.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { audit, type CommandContext } from './command-context.ts';

/** Someone who left meanwhile is no error: `removed` is false. Call `afterBurst` after the commit. */
export async function removeEnrollment(context: CommandContext, input: { journeyId: string; enrollmentId: string; reason: string }): Promise<{ removed: boolean; report: AdvanceReport }> {
  const { transaction, workspaceId } = context;
  const { journeyId, enrollmentId, reason } = input;
  const [row] = await transaction<{ customer_id: string }[]>`select customer_id from enrollments where id = ${enrollmentId} and journey_id = ${journeyId}`;
  if (!row) throw new PermanentError('enrollment.unknown', 'There is no such enrollment in this journey.');
  const heads = await lockHeads(transaction, [row.customer_id]);
  const report = await advanceHeads(transaction, workspaceId, heads, [{ kind: 'remove', customerId: row.customer_id, enrollmentId, reason }]);
  const [after] = await transaction<{ ending: string | null }[]>`select ending from enrollments where id = ${enrollmentId}`;
  await audit(context, { action: 'enrollment.remove', subject: formatId('enrollment', enrollmentId), after: { ending: after?.ending ?? null }, reason });
  return { removed: after?.ending === 'removed', report };
}
