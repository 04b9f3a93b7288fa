/**
 * Stage 4, dispatch: the only code that talks to vendors. In come outbox rows that are due, out go vendor calls and their outcomes. It promises
 * that nothing leaves without the last check (§5.16, §6.7), that no e-mail and no marketing SMS leaves twice, and that a vendor that says «later» is not stormed (§7.5).
 */
import { inWorkspace } from '#db/connection.ts';
import { CHANNELS, isHouseChannel, type Channel } from '#domain/customers/channels.ts';
import { claimMessages } from '#engine/dispatch/claim-messages.ts';
import { handOver } from '#engine/dispatch/hand-over.ts';
import { houseVendor } from '#engine/dispatch/house-vendor.ts';
import { openPace, type Pace } from '#engine/dispatch/pace.ts';
import { requeueDeadClaims, retryOpenBatches } from '#engine/dispatch/recover-dispatch.ts';
import { loadAccount } from '#engine/dispatch/sending-account.ts';
import { openVendor, type OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';

const MISSING_RETRY_SECONDS = 60;
const processPace = openPace(() => performance.now());

/** What a round may be given instead of this process's own: tests hand in vendors and a pace. */
export type DispatchTools = { openVendor?: OpenVendor; pace?: Pace };

/**
 * One round for one workspace: ends what dead dispatchers left, then, on each channel, claims as much as may leave now and hands it over.
 * Answers how many rows and batches it looked at; 0 means that nothing is due or nothing may leave yet, so wait before asking again.
 */
export async function dispatchOnce(engine: Engine, workspaceId: string, tools: DispatchTools = {}): Promise<number> {
  const vendors = tools.openVendor ?? openVendor;
  const requeued = await requeueDeadClaims(engine, workspaceId);
  const retried = await retryOpenBatches(engine, workspaceId, vendors);
  const looked = await Promise.all(CHANNELS.map((channel) => dispatchChannel(engine, workspaceId, channel, vendors, tools.pace ?? processPace)));
  return looked.reduce((sum, count) => sum + count, requeued + retried);
}

async function dispatchChannel(engine: Engine, workspaceId: string, channel: Channel, vendors: OpenVendor, pace: Pace): Promise<number> {
  const { answer, machineNow } = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [clock] = await transaction<{ now: Date }[]>`select clock_timestamp() as now`;
    return { answer: await loadAccount(engine, transaction, workspaceId, channel), machineNow: clock?.now.getTime() ?? 0 };
  });
  if (answer.kind === 'missing') return restWithoutAccount(engine, workspaceId, channel);
  if (answer.kind === 'refused') return (await claimMessages(engine, workspaceId, { channel, limit: 100, refusal: answer.code })).looked;
  const { account } = answer;
  if (account.blockedUntil > machineNow) return 0;
  const calls = pace.available(account.id, account.perSecond);
  if (calls === 0) return 0;
  const vendor = isHouseChannel(channel) ? houseVendor(engine, workspaceId) : vendors(account);
  const limit = vendor.batchLimit > 1 ? vendor.batchLimit : calls;
  const { looked, claimed } = await claimMessages(engine, workspaceId, { channel, limit });
  pace.take(account.id, Math.ceil(claimed.length / vendor.batchLimit));
  await handOver(engine, workspaceId, account, vendor, claimed);
  return looked;
}

/** Messages wait for an account that may still come; their expiry still counts when it does. */
async function restWithoutAccount(engine: Engine, workspaceId: string, channel: string): Promise<number> {
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update outbox set held_by = 'account', retry_at = clock_timestamp() + make_interval(secs => ${MISSING_RETRY_SECONDS})
     where message_id in (select message_id from outbox
       where workspace_id = ${workspaceId} and channel = ${channel} and state <> 'sending' and not_before <= workspace_now(${workspaceId}) and (retry_at is null or retry_at <= clock_timestamp())
       limit 1000 for update skip locked)`);
  return 0;
}
