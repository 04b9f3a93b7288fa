/**
 * Reckons everyone's alarms of a journey that was published, or takes away those of one that begins by the calendar no more, a few hundred customers at a
 * time. Each step is one burst transaction that also writes how far it came: whoever takes a killed one over goes on after it, and nobody is left out.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { timedPlan } from '#domain/enrollments/alarm.ts';
import { advanceHeads, afterBurst, type AdvanceReport } from '#engine/advance-customers.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import { isOfOneMember, tryAgain } from '#engine/try-again.ts';

export const RECKONED_AT_A_TIME = 200;
const REMOVED_AT_A_TIME = 5_000;
/** How long a runner may be silent before another takes its reckoning over, in machine time. */
const LEASE_SECONDS = 15;

type Reckoning = { id: string; journey_id: string; since: Date; after_id: string };

/** A command's last word but one: whatever was being reckoned of the journey is reckoned anew, from now on. */
export async function beginReckoning(transaction: Transaction, workspaceId: string, journeyId: string): Promise<void> {
  await transaction`update alarm_reckonings set state = 'superseded', finished_at = clock_timestamp() where journey_id = ${journeyId} and state = 'running'`;
  await transaction`insert into alarm_reckonings (id, workspace_id, journey_id, since, state) values (${newId()}, ${workspaceId}, ${journeyId}, workspace_now(${workspaceId}), 'running')`;
}

/** Another runner has done this step, or the journey was published anew: nothing of it is kept. */
class Superseded extends Error {}

async function keepPlace(transaction: Transaction, { id, after_id: after }: Reckoning, place: { afterId: string; done: number; failed?: number; isLast: boolean }): Promise<void> {
  const kept = await transaction`
    update alarm_reckonings set done = done + ${place.done}, failed = failed + ${place.failed ?? 0}, after_id = ${place.afterId}, lease_until = null,
      state = ${place.isLast ? 'done' : 'running'}, finished_at = case when ${place.isLast} then clock_timestamp() end
    where id = ${id} and state = 'running' and after_id = ${after}`;
  if (kept.count === 0) throw new Superseded();
}

const chooseCustomers = async (transaction: Transaction, { after_id: after }: Reckoning, limit: number): Promise<string[]> =>
  (await transaction<{ id: string }[]>`select id from customers where id > ${after} order by id limit ${limit}`).map(({ id }) => id);

/** One step in one transaction; answers how many it looked at. */
async function step(engine: Engine, workspaceId: string, reckoning: Reckoning, limit: number): Promise<number> {
  const { journey_id: journeyId, since } = reckoning;
  const done = await inWorkspace(engine.database, workspaceId, async (transaction): Promise<{ looked: number; report: AdvanceReport | null }> => {
    // The heads come before the workspace, which a command may want to change that holds one of them.
    const ids = await chooseCustomers(transaction, reckoning, limit);
    const heads = await lockHeads(transaction, ids);
    const [journey] = await transaction<{ runs: boolean }[]>`select status in ('live', 'paused') as runs from journeys where id = ${journeyId}`;
    if (!journey?.runs || !timedPlan((await loadWorkspace(transaction, workspaceId)).plans, journeyId)) {
      const removed = await transaction`delete from alarms where ctid = any(array(select ctid from alarms where journey_id = ${journeyId} limit ${REMOVED_AT_A_TIME} for update skip locked))`;
      // One that somebody holds just now is passed over, and none may be left behind.
      const [left] = await transaction`select from alarms where journey_id = ${journeyId} limit 1`;
      await keepPlace(transaction, reckoning, { afterId: reckoning.after_id, done: removed.count, isLast: !left });
      return { looked: removed.count, report: null };
    }
    const report = await advanceHeads(transaction, workspaceId, heads, ids.map((customerId) => ({ kind: 'reckon', customerId, journeyId, since: since.getTime() })));
    await keepPlace(transaction, reckoning, { afterId: ids.at(-1) ?? reckoning.after_id, done: ids.length, isLast: ids.length < limit });
    return { looked: ids.length, report };
  });
  if (done.report) await afterBurst(engine, workspaceId, done.report);
  return done.looked;
}

/** The one customer whose burst cannot be written is passed over, and counted; their next event reckons them again. */
const passOver = (engine: Engine, workspaceId: string, reckoning: Reckoning): Promise<void> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [id] = await chooseCustomers(transaction, reckoning, 1);
  await keepPlace(transaction, reckoning, { afterId: id ?? reckoning.after_id, done: 1, failed: 1, isLast: id === undefined });
});

const claim = (engine: Engine, workspaceId: string): Promise<Reckoning | null> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const [row] = await transaction<Reckoning[]>`
    update alarm_reckonings set lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})
    where id = (select id from alarm_reckonings where state = 'running' and (lease_until is null or lease_until < clock_timestamp()) order by id limit 1 for update skip locked)
    returning id, journey_id, since, after_id`;
  return row ?? null;
});

/** Does one step of one reckoning of the workspace. Answers how many customers it looked at, and 1 when one ended. */
export async function reckonAlarms(engine: Engine, workspaceId: string, limit = RECKONED_AT_A_TIME): Promise<number> {
  const reckoning = await claim(engine, workspaceId);
  if (!reckoning) return 0;
  for (let size = limit; ; size = Math.ceil(size / 2)) {
    try {
      return Math.max(1, await tryAgain(() => step(engine, workspaceId, reckoning, size)));
    } catch (error) {
      if (error instanceof Superseded) return 0;
      if (!isOfOneMember(error)) throw error;
      if (size > 1) continue;
      await passOver(engine, workspaceId, reckoning);
      return 1;
    }
  }
}
