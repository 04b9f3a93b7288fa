/** Stage 2, wake, for events: claims heads with something pending and advances them. The claim is the lock, so two routers never meet on a customer. */
import { inWorkspace } from '#db/connection.ts';
import { advanceCustomers, advanceHeads, afterBurst } from './advance-customers.ts';
import { claimHeads } from './burst/gather.ts';
import type { Engine } from './engine.ts';

const AT_A_TIME = 500;

/** Advances up to 500 customers with unrouted events; answers how many were claimed. 0: nothing waits, or others hold what does. */
export async function routeOnce(engine: Engine, workspaceId: string): Promise<number> {
  let claimed: string[] = [];
  try {
    const report = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const heads = await claimHeads(transaction, AT_A_TIME);
      claimed = heads.map((head) => head.customer_id);
      return advanceHeads(transaction, workspaceId, heads);
    });
    await afterBurst(engine, workspaceId, report);
  } catch (error) {
    if (claimed.length === 0) throw error;
    // The batch was refused: one by one, so that whoever spoils it fails alone.
    await advanceCustomers(engine, workspaceId, claimed.sort());
  }
  return claimed.length;
}
