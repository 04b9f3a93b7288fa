import { describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { compareReplay, type ReplayReport } from '#domain/replay/compare-replay.ts';
import { ingestEvents } from '#engine/ingest-events.ts';
import { subscribe, unsubscribe } from '#engine/push-subscriptions.ts';
import { routeOnce } from '#engine/route-events.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { moveJourney } from '#engine/commands/run-journey.ts';
import { addProgramme, buildCustomer, buildWorkspace, publishJourney } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { loadHistory } from './load-history.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

const T0 = '2026-06-15T10:00:00.000Z';
const JOURNEY = {
  key: 'thanks', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'rich' },
  nodes: [
    { id: 'rich', kind: 'condition', settings: { condition: { field: 'balance.points', is: 'atLeast', value: 10 } }, next: { yes: 'give', no: null } },
    { id: 'give', kind: 'givePoints', settings: { programmeKey: 'points', points: 20 }, next: { next: 'mail' } },
    { id: 'mail', kind: 'sendEmail', settings: { templateKey: 'mail', category: 'information' }, next: {} },
  ],
};
const drain = async (id: string): Promise<void> => {
  while ((await routeOnce(engine, id)) > 0);
};

type Brand = { workspaceId: string; customerId: string; journeyId: string };
async function brand(): Promise<Brand> {
  const { id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: T0 });
  await addProgramme(sql, workspaceId);
  const { journeyId } = await publishJourney(sql, workspaceId, JOURNEY);
  await sql`update journey_versions set published_at = ${T0} where journey_id = ${journeyId}`;
  await sql`update programmes set updated_at = ${T0} where workspace_id = ${workspaceId}`;
  return { workspaceId, customerId: await buildCustomer(sql, workspaceId, { email: 'a@lutin.fr' }), journeyId };
}

const buy = async ({ workspaceId }: Brand): Promise<void> => {
  await ingestEvents(engine, workspaceId, [{ id: '1', type: 'purchase', customer: { email: 'a@lutin.fr' }, properties: { orderId: '1', amountMinor: 1_500, currency: 'EUR' } }]);
  await drain(workspaceId);
};
const recompute = ({ workspaceId, customerId }: Brand): Promise<ReplayReport> => inWorkspace(engine.database, workspaceId, async (transaction) => {
  const loaded = await loadHistory(transaction, workspaceId, customerId);
  if (!loaded) throw new Error('nobody');
  return compareReplay(loaded.history);
});

describe('a customer recomputed', () => {
  it('§12.1 comes to every step, message and movement of points that was stored', async () => {
    const made = await brand();
    await buy(made);
    expect(await recompute(made)).toMatchObject({ differences: [], compared: { step: 5, message: 1, points: 2, voucher: 0 }, byHand: 0, bursts: 1 });
  });

  it('§12.1 knows at each instant whether there was a browser to notify', async () => {
    const made = await brand();
    await inWorkspace(engine.database, made.workspaceId, (transaction) => transaction`update provider_accounts set config = config || '{"baseUrl": "http://127.0.0.1:1"}' where channel = 'sms'`);
    const { journeyId } = await publishJourney(sql, made.workspaceId, {
      key: 'nudge', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'afterExit' }, next: 'push' },
      nodes: [{ id: 'push', kind: 'sendPush', settings: { templateKey: 'push', category: 'information' }, next: {} }],
    });
    await sql`update journey_versions set published_at = ${T0} where journey_id = ${journeyId}`;
    const inside = <T>(work: Parameters<typeof inWorkspace<T>>[2]): Promise<T> => inWorkspace(engine.database, made.workspaceId, work);
    let device = '';
    const acts = [null, async () => { device = (await inside((transaction) => subscribe(engine, transaction, made.workspaceId, { customerId: made.customerId, browser: { simulated: 'kept' }, userAgent: null, source: 'browser', wordingVersion: '1' }))).id; }, () => inside((transaction) => unsubscribe(transaction, made.workspaceId, made.customerId, { id: device }))];
    for (const [index, act] of acts.entries()) {
      await sql`update clocks set stands_at = ${`2026-06-15T${11 + index}:00:00Z`} where workspace_id = ${made.workspaceId}`;
      await act?.();
      await ingestEvents(engine, made.workspaceId, [{ id: `v${index}`, type: 'visit', customer: { email: 'a@lutin.fr' } }]);
      await drain(made.workspaceId);
    }
    const notified = await sql`select status, reason ->> 'code' as code from messages where customer_id = ${made.customerId} order by id`;
    expect(notified).toMatchObject([{ code: 'unreachable.noAddress' }, { status: 'queued', code: null }, { code: 'unreachable.noAddress' }]);
    expect(await recompute(made)).toMatchObject({ differences: [], compared: { message: 3 } });
  });

  it('§10.9 §12.1 knows of a purchase that somebody else brought back', async () => {
    const made = await brand();
    const { journeyId } = await publishJourney(sql, made.workspaceId, { key: 'buyers', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, audience: { field: 'figures.purchases', is: 'atLeast', value: 1 }, reentry: { mode: 'onceEver' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }] });
    await sql`update journey_versions set published_at = ${T0} where journey_id = ${journeyId}`;
    await buildCustomer(sql, made.workspaceId, { email: 'b@lutin.fr' });
    await buy(made);
    for (const [hour, event] of [[11, { id: 'r1', type: 'return', customer: { email: 'b@lutin.fr' }, properties: { orderId: '1' } }], [12, { id: 'v1', type: 'visit', customer: { email: 'a@lutin.fr' } }]] as const) {
      await sql`update clocks set stands_at = ${`2026-06-15T${hour}:00:00Z`} where workspace_id = ${made.workspaceId}`;
      await ingestEvents(engine, made.workspaceId, [event]);
      await drain(made.workspaceId);
    }
    expect(await sql`select data -> 'reason' ->> 'code' as code from traces where customer_id = ${made.customerId} and kind = 'entryRefused'`).toEqual([{ code: 'audience' }]);
    expect(await recompute(made)).toMatchObject({ differences: [], compared: { points: 3 } });
  });

  it('§1.6 §12.1 takes as it happened that a journey was full', async () => {
    const made = await brand();
    const visit = { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'perPeriod', maximumEntries: 100, period: { amount: 1, unit: 'calendarYears' } } };
    const { journeyId } = await publishJourney(sql, made.workspaceId, { key: 'club', entry: { ...visit, cap: { maximum: 2, per: 'day' }, next: 'end' }, nodes: [{ id: 'end', kind: 'exit', settings: {} }] });
    await sql`update journey_versions set published_at = ${T0} where journey_id = ${journeyId}`;
    await buildCustomer(sql, made.workspaceId, { email: 'b@lutin.fr' });
    for (const [index, email] of ['b@lutin.fr', 'a@lutin.fr', 'a@lutin.fr', 'a@lutin.fr'].entries()) {
      await sql`update clocks set stands_at = ${`2026-06-15T1${index}:00:00Z`} where workspace_id = ${made.workspaceId}`;
      await ingestEvents(engine, made.workspaceId, [{ id: `v${index}`, type: 'visit', customer: { email } }]);
      await drain(made.workspaceId);
    }
    expect(await sql`select kind, count(*)::int as n from traces where customer_id = ${made.customerId} and kind in ('entered', 'entryRefused') group by 1 order by 1`).toEqual([{ kind: 'entered', n: 1 }, { kind: 'entryRefused', n: 2 }]);
    expect(await recompute(made)).toMatchObject({ differences: [] });
  });

  it('§12.1 shows what was changed behind the engine, on the side that has it', async () => {
    const made = await brand();
    await buy(made);
    await sql`update postings set amount = amount * 2 where customer_id = ${made.customerId} and kind = 'give'`;
    await sql`delete from messages where customer_id = ${made.customerId}`;
    const { differences } = await recompute(made);
    expect(differences.map(({ only, what, data }) => [only, what, data['amount']]).sort()).toEqual([['recomputed', 'message', undefined], ['recomputed', 'points', 20], ['stored', 'points', 40]]);
  });

  it('§8.4 keeps what came during a pause for the moment after it, as the engine did', async () => {
    const made = await brand();
    const { workspaceId, journeyId } = made;
    const move = (act: 'pause' | 'resume') => runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ command }) => moveJourney(command, journeyId, act));
    await move('pause');
    await sql`update clocks set stands_at = '2026-06-15T11:00:00Z' where workspace_id = ${workspaceId}`;
    await buy(made);
    expect(await recompute(made)).toMatchObject({ differences: [], compared: { step: 0, points: 1 } });
  });
});
