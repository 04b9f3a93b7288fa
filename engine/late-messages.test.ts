import { describe, expect, it } from 'vitest';
import { buildCustomer, buildWorkspace, publishJourney as build } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { advanceHeads } from './advance-customers.ts';
import { lockHeads } from './burst/gather.ts';
import { decideLate, moveJourney, type JourneyMove, type MoveOptions } from './commands/run-journey.ts';
import { retryFailed } from './commands/retry-failed.ts';
import { claimMessages } from './dispatch/claim-messages.ts';
import { ingestEvents } from './ingest-events.ts';
import { countHeld, releaseHeld } from './release-held.ts';
import { routeOnce } from './route-events.ts';
import { runInWorkspace } from './run-command.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const START = '2026-06-15T10:00:00.000Z';
const entry = (next: string) => ({ trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'perPeriod', maximumEntries: 100, period: { amount: 1, unit: 'calendarYears' } }, next });

async function begin(nodes: unknown[]) {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: START });
  const { journeyId } = await build(sql, id, { key: 'j', entry: entry('a'), nodes });
  const customerId = await buildCustomer(sql, id, { email: 'a@lutin.fr' });
  let no = 0;
  const visit = async () => {
    await ingestEvents(engine, id, [{ id: `v${(no += 1)}`, type: 'visit', customer: { email: 'a@lutin.fr' } }]);
    while ((await routeOnce(engine, id)) > 0);
  };
  const command = <T>(work: Parameters<typeof runInWorkspace<T>>[2]) => runInWorkspace(engine, { workspaceId: id, actor: 'ada' }, work);
  const move = (name: JourneyMove, options: MoveOptions = {}) => command(({ command: context }) => moveJourney(context, journeyId, name, options));
  const stand = (at: string) => sql`update clocks set stands_at = ${at} where workspace_id = ${id}`;
  const claim = async () => (await claimMessages(engine, id, { channel: 'email', limit: 10 })).claimed.length;
  const held = () => command(({ transaction }) => countHeld(transaction, id, journeyId));
  const status = async () => (await sql`select status, reason->>'code' as code from messages where workspace_id = ${id} order by id`).map((row) => `${row['status']} ${row['code'] ?? ''}`.trim());
  return { id, journeyId, customerId, visit, command, move, stand, claim, held, status };
}

const mail = [{ id: 'a', kind: 'sendEmail', settings: { templateKey: 'mail', category: 'information', expiresAfter: { amount: 2, unit: 'hours' } }, next: {} }];

describe('a pause that holds', () => {
  it.each([
    ['skip', 0, 'suppressed expired'], ['send', 1, 'sending'],
  ] as const)('keeps messages in the outbox, and on resume the author’s choice for late ones is %s (§8.4)', async (late, claimed, after) => {
    const { id, visit, move, stand, claim, held, status } = await begin(mail);
    await visit();
    await move('pause');
    expect([await claim(), await claim(), await status()]).toEqual([0, 0, ['held journey.paused']]);
    await stand('2026-06-15T13:00:00.000Z');
    expect(await held()).toEqual({ kept: 1, late: 1, asking: 0 });
    expect(await releaseHeld(engine, id)).toBe(0);
    await move('resume', { late });
    expect([await releaseHeld(engine, id), await releaseHeld(engine, id)]).toEqual([1, 0]);
    expect([await claim(), await status()]).toEqual([claimed, [after]]);
    expect(await sql`select after from audit_lines where workspace_id = ${id} order by id desc limit 1`).toMatchObject([{ after: { status: 'live', people: 0, messages: 1, lateMessages: 1, late } }]);
  });

  it('asks about late messages when the author wants to be asked, and sends those in time (§8.4)', async () => {
    const { id, journeyId, visit, move, stand, claim, held, status, command } = await begin(mail);
    await visit();
    await move('pause');
    await claim();
    await stand('2026-06-15T13:00:00.000Z');
    await move('resume', { late: 'ask' });
    expect([await releaseHeld(engine, id), await releaseHeld(engine, id)]).toEqual([1, 0]);
    expect([await claim(), await held(), await status()]).toEqual([0, { kept: 0, late: 1, asking: 1 }, ['held journey.late']]);
    expect(await command(({ command: context }) => decideLate(context, journeyId, 'send'))).toEqual({ messages: 1 });
    await releaseHeld(engine, id);
    expect([await claim(), await status()]).toEqual([1, ['sending']]);
  });
});

describe('a pause that drains', () => {
  it('takes nobody in and lets people inside go on (§8.4)', async () => {
    const { id, customerId, visit, move, stand } = await begin([{ id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: {} }]);
    await visit();
    expect(await move('pause', { drains: true })).toEqual({ status: 'live', drains: true, people: 1 });
    await visit();
    expect(await sql`select data->'reason'->>'code' as code from traces where workspace_id = ${id} and kind = 'entryRefused'`).toEqual([{ code: 'journey.draining' }]);
    await stand('2026-06-15T12:00:00.000Z');
    await engine.database.begin(async (transaction) => {
      await transaction`select set_config('app.workspace_id', ${id}, true)`;
      await advanceHeads(transaction, id, await lockHeads(transaction, [customerId]));
    });
    expect(await sql`select ending from enrollments where workspace_id = ${id}`).toEqual([{ ending: 'completed' }]);
    await move('resume');
    await visit();
    expect(await sql`select ending from enrollments where workspace_id = ${id} order by id`).toEqual([{ ending: 'completed' }, { ending: null }]);
    await expect(move('resume')).rejects.toMatchObject({ code: 'journey.state' });
  });
});

describe('retry from here', () => {
  it('takes failed people back to the step that failed, one or all, and keeps the original end in the trace (§4.5)', async () => {
    const { id, journeyId, visit, command } = await begin([{ id: 'a', kind: 'setAttribute', settings: { attribute: 'timeZone', value: 'the moon' }, next: {} }]);
    for (const _ of [1, 2, 3]) await visit();
    const failed = await sql<{ id: string; ending: string }[]>`select id, ending from enrollments where workspace_id = ${id} order by id`;
    expect(failed.map(({ ending }) => ending)).toEqual(['failed', 'failed', 'failed']);
    expect(await command(({ command: context }) => retryFailed(context, { journeyId, enrollmentId: failed[1]!.id }))).toMatchObject({ retried: 1, failedAgain: 1, next: null });
    await sql`update journey_versions set definition = jsonb_set(definition, '{nodes,0,settings,value}', '"Europe/Rome"') where journey_id = ${journeyId}`;
    await sql`update workspaces set routing_epoch = routing_epoch + 1 where id = ${id}`;
    expect(await command(({ command: context }) => retryFailed(context, { journeyId, nodeId: 'a' }))).toMatchObject({ retried: 3, failedAgain: 0, inside: 0, next: null });
    expect(await sql`select ending, (state->'visits'->>'a')::int as visits from enrollments where workspace_id = ${id} order by id`).toEqual([{ ending: 'completed', visits: 2 }, { ending: 'completed', visits: 3 }, { ending: 'completed', visits: 2 }]);
    expect((await sql`select kind from traces where enrollment_id = ${failed[0]!.id} order by id`).map(({ kind }) => kind)).toEqual(['entered', 'failed', 'ended', 'retried', 'passed', 'ended']);
    expect(await command(({ command: context }) => retryFailed(context, { journeyId }))).toMatchObject({ retried: 0 });
  });
});
