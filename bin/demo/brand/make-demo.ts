/**
 * Makes the demo workspace through a running stack: history through ingest, then the hundred days on the test clock, up to the present. It is
 * known by an unfinished name until all is there; what a killed start left behind is put to rest and made anew.
 */
import { inWorkspace } from '#db/connection.ts';
import { BRAND, makeDemoBrand, SEED, type DemoOptions } from '#db/demo/demo-brand.ts';
import { formatInstant, SECOND_MS, type Instant } from '#domain/shared/time.ts';
import type { Engine } from '#engine/engine.ts';
import { jumpClock } from '#engine/run-jump.ts';
import { readClock } from '#engine/workspace-clock.ts';
import { foundBrand, publishJourneys } from '#bin/demo/brand/found-brand.ts';
import { openMailbox } from '#bin/demo/brand/mailbox.ts';
import { openShops, type ShopCounts } from '#bin/demo/brand/open-shops.ts';
import { admitPeople, postEvents } from '#bin/demo/brand/post-events.ts';

export type MakeDemoInput = Omit<DemoOptions, 'now'> & { engine: Engine; slug: string; vendorServerUrl: string; now: Instant; say: (line: string) => void; clock?: () => Instant };
export type MadeDemo = { workspaceId: string; counts: ShopCounts; jumps: { steps: number; stuckOn: number }; history: number };

const seconds = (since: number): string => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

export async function makeDemo({ engine, slug, vendorServerUrl, now, say, clock, ...options }: MakeDemoInput): Promise<MadeDemo> {
  let since = performance.now();
  const brand = makeDemoBrand({ ...options, now });
  const workspaceId = await foundBrand(engine, brand, { slug: `${slug}-unfinished`, vendorServerUrl });
  say(`${BRAND} is founded, from the seed ${options.seed ?? SEED} (${seconds(since)}).`);

  since = performance.now();
  const early = brand.people.filter(({ joined }) => joined.postAt <= brand.liveFrom);
  await admitPeople(engine, workspaceId, early, { historical: true });
  await postEvents(engine, workspaceId, brand.history.map(({ event }) => ({ ...event, historical: true })));
  say(`${early.length} customers and ${brand.history.length} sales and returns of before ${formatInstant(brand.liveFrom).slice(0, 10)} are loaded (${seconds(since)}).`);

  since = performance.now();
  const names = await publishJourneys(engine, workspaceId);
  say(`Published as of that day: ${names.join(' · ')}.`);
  let told = 0;
  const onHour = (share: number): void => {
    const tenths = Math.floor(share * 10);
    if (tenths > told) say(`${10 * (told = tenths)} % of the days since then have run (${seconds(since)}).`);
  };
  const shops = openShops({ engine, workspaceId, brand, mailbox: openMailbox(vendorServerUrl, workspaceId), until: now, onHour });
  const first = await jumpClock(engine, workspaceId, { to: now, freeze: true }, { vendorServerUrl, alongside: shops });
  const last = await catchUp(engine, workspaceId, vendorServerUrl, clock ?? Date.now);
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`update workspaces set slug = ${slug} where id = ${workspaceId}`);
  return { workspaceId, counts: shops.counts, history: brand.history.length, jumps: { steps: first.steps + last.steps, stuckOn: first.stuckOn.length + last.stuckOn.length } };
}

/** The days took minutes: the clock goes on to the present, and from there flows beside the real time. */
async function catchUp(engine: Engine, workspaceId: string, vendorServerUrl: string, clock: () => Instant): Promise<{ steps: number; stuckOn: unknown[] }> {
  const { now } = await readClock(engine.database, workspaceId);
  const caught = await jumpClock(engine, workspaceId, { to: Math.max(now, clock()) }, { vendorServerUrl });
  // The seconds that the last step and its arming took: the clock is the real one from here on.
  await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
    update clocks set offset_ms = 0 where workspace_id = ${workspaceId} and stands_at is null and offset_ms between ${-60 * SECOND_MS} and 0`);
  return caught;
}

/** Puts to rest what a killed start left: its jump is over, its clock stands, nobody finds it by its name. */
export async function forgetUnfinished(engine: Engine, slug: string): Promise<void> {
  const [found] = await engine.database<{ id: string | null }[]>`select resolve_workspace(${`${slug}-unfinished`}) as id`;
  const id = found?.id;
  if (!id) return;
  await inWorkspace(engine.database, id, async (transaction) => {
    await transaction`update clocks set stands_at = workspace_now(${id}) where workspace_id = ${id}`;
    await transaction`update clock_jumps set state = 'done', lease_until = null, finished_at = clock_timestamp() where workspace_id = ${id} and state = 'running'`;
    await transaction`update workspaces set slug = ${`${slug}-${id.slice(-12)}`} where id = ${id}`;
  });
}
