/** Stage 4, second half: renders what was claimed, groups it as the vendor takes it, marks each batch, calls, and records what came of it. */
import type { ClaimedMessage } from '#engine/dispatch/claim-messages.ts';
import { composeMessage, type Composed, type Composition } from '#engine/dispatch/compose-message.ts';
import { markBatch } from '#engine/dispatch/mark-batch.ts';
import { callVendor } from '#engine/dispatch/recover-dispatch.ts';
import { recordFailures } from '#engine/dispatch/record-outcome.ts';
import type { SendingAccount } from '#engine/dispatch/sending-account.ts';
import type { Vendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';

/** Calls under way at once, for vendors that take one message per call. */
const CONCURRENCY = 8;

/** Hands over what was claimed, best first. One message that cannot be rendered fails alone (§7.6). */
export async function handOver(engine: Engine, workspaceId: string, account: SendingAccount, vendor: Vendor, claimed: ClaimedMessage[]): Promise<void> {
  const compositions: Composition[] = [];
  for (const message of claimed) compositions.push(await composeMessage(engine, account, message));
  await recordFailures(engine, workspaceId, compositions.flatMap((composition) => (composition.ok ? [] : [composition])));
  const composed = compositions.flatMap((composition) => (composition.ok ? [composition.composed] : []));
  const groups = groupsOf(composed, vendor.batchLimit);
  const turns = Array.from({ length: Math.min(CONCURRENCY, groups.length) }, async () => {
    for (let group = groups.shift(); group; group = groups.shift()) await handOverGroup(engine, workspaceId, account, vendor, group);
  });
  await Promise.all(turns);
}

async function handOverGroup(engine: Engine, workspaceId: string, account: SendingAccount, vendor: Vendor, group: Composed[]): Promise<void> {
  const batch = await markBatch(engine, workspaceId, { id: account.id, kind: vendor.kind }, group);
  if (batch) await callVendor(engine, workspaceId, account, vendor, { ...batch, repeats: vendor.repeatable || group.every(({ transactional }) => transactional) });
}

function groupsOf(composed: Composed[], limit: number): Composed[][] {
  const groups: Composed[][] = [];
  for (let start = 0; start < composed.length; start += limit) groups.push(composed.slice(start, start + limit));
  return groups;
}
