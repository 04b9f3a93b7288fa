/** Stage 2, wake, for events: claims heads with something pending and advances them. The claim is the lock, so two routers never meet on a customer. */
import { inWorkspace } from '#db/connection.ts';
import { advanceEach, advanceHeads, afterBurst, type Failure } from './advance-customers.ts';
import { claimHeads } from './burst/gather.ts';
import type { Engine } from './engine.ts';

const AT_A_TIME = 500;
const LONGEST_REST_MS = 300_000;

/**
 * Whose burst failed rests in this process, longer each time: those who wait longest are claimed first, and without a rest the failing ones would
 * soon be all that is ever claimed. Machine time.
 */
const resting = new Map<string, { until: number; times: number }>();

function rest(failures: Failure[]): void {
  for (const { customerId } of failures) {
    const times = (resting.get(customerId)?.times ?? 0) + 1;
    resting.set(customerId, { until: performance.now() + Math.min(LONGEST_REST_MS, 1_000 * 2 ** times), times });
  }
}

/** Advances up to 500 customers with unrouted events; answers how many were advanced. 0: nothing waits, or others hold what does. Throws when all it claimed failed. */
export async function routeOnce(engine: Engine, workspaceId: string, atATime = AT_A_TIME): Promise<number> {
  const now = performance.now();
  const except = [...resting].flatMap(([customerId, { until }]) => (until > now ? [customerId] : []));
  let claimed: string[] = [];
  let failures: Failure[] = [];
  try {
    const report = await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const heads = await claimHeads(transaction, atATime, except);
      claimed = heads.map((head) => head.customer_id);
      return advanceHeads(transaction, workspaceId, heads);
    });
    await afterBurst(engine, workspaceId, report);
  } catch (error) {
    if (claimed.length === 0) throw error;
    // The batch was refused: halved, so that whoever spoils it fails alone.
    ({ failures } = await advanceEach(engine, workspaceId, claimed.sort()));
  }
  if (resting.size > 0) for (const customerId of claimed) if (!failures.some((failure) => failure.customerId === customerId)) resting.delete(customerId);
  rest(failures);
  if (failures.length > 0 && failures.length === claimed.length) throw failures[0]?.error;
  return claimed.length - failures.length;
}
