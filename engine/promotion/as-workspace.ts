/**
 * The one place where a transaction that began in one workspace does something in another, and comes back (docs/decisions/0016-promotion-sees-two-workspaces.md).
 * Row-level security stays in force: at each statement exactly one of the two is seen. Who calls it has asked whether the caller may do it there.
 */
import type { Transaction } from '#db/connection.ts';

/** What throws leaves the transaction to be rolled back, whichever workspace it was in. */
export async function asWorkspace<T>(transaction: Transaction, { of, home }: { of: string; home: string }, work: () => Promise<T>): Promise<T> {
  await transaction`select set_config('app.workspace_id', ${of}, true)`;
  const result = await work();
  await transaction`select set_config('app.workspace_id', ${home}, true)`;
  return result;
}
