import { describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { Journey } from '#domain/journeys/definition.ts';
import type { MovePolicy } from '#domain/enrollments/move-policy.ts';
import { buildWorkspace, publishJourney as build } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';
import { cancelMove, goOnWithMove, undoMove } from './commands/move-people.ts';
import { publishJourney } from './commands/publish-journey.ts';
import { ingestEvents } from './ingest-events.ts';
import { previewMove, previewPeople } from './preview-move.ts';
import { routeOnce } from './route-events.ts';
import { runInWorkspace } from './run-command.ts';
import { runMoves } from './run-moves.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];

withTestEngine((made) => { ({ sql, engine } = made); });

const MOVE: MovePolicy = { mode: 'move', perNode: {}, gone: {} };
const wait = (id: string, days: number, next: string | null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });
const awaits = (id: string, days: number, event: string | null) => ({ id, kind: 'waitForEvent', settings: { event: { type: 'review' }, timeout: { amount: days, unit: 'calendarDays' } }, next: { event, timeout: null } });
const mark = (id: string, next: string | null) => ({ id, kind: 'setAttribute', settings: { attribute: 'seen', value: id }, next: { next } });
const drawn = (nodes: unknown[], next: string) => ({ key: 'j', entry: { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next }, nodes });

/** A workspace on a standing clock with so many people at the first step. */
async function begin(people: number, nodes: unknown[], next = 'a') {
  const { id } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', standsAt: '2026-06-15T10:00:00.000Z' });
  const { journeyId } = await build(sql, id, drawn(nodes, next));
  for (let from = 0; from < people; from += 500) {
    await ingestEvents(engine, id, Array.from({ length: Math.min(500, people - from) }, (_, index) => ({ id: `v${from + index}`, type: 'visit', customer: { card: `c${from + index}` } })));
  }
  const routeAll = async () => {
    while ((await routeOnce(engine, id)) > 0);
  };
  await routeAll();
  const command = <T>(work: Parameters<typeof runInWorkspace<T>>[2]) => runInWorkspace(engine, { workspaceId: id, actor: 'ada' }, work);
  const stand = (at: string) => sql`update clocks set stands_at = ${at} where workspace_id = ${id}`;
  const draft = (after: unknown[], entry = next) => sql`update journeys set draft = ${sql.json({ formatVersion: 1, name: 'j', ...drawn(after, entry) } as never)} where id = ${journeyId}`;
  const publish = async (after: unknown[], policy: MovePolicy, entry = next) => {
    await draft(after, entry);
    return command(({ command: context }) => publishJourney(context, journeyId, { people: policy }));
  };
  const moved = async (policy: MovePolicy, after: unknown[]) => {
    const published = await publish(after, policy);
    if (!published.ok || !published.value.moveId) throw new Error(JSON.stringify(published));
    return published.value.moveId;
  };
  const runAll = async () => {
    while ((await runMoves(engine, id)) > 0);
  };
  const inside = () => sql<{ number: number; node_id: string; n: number }[]>`
    select v.number, e.node_id, count(*)::int as n from enrollments e join journey_versions v on v.id = e.version_id where e.workspace_id = ${id} and e.ended_at is null group by 1, 2 order by 1, 2`;
  const move = async (moveId: string) => (await sql`select state, total, done, counts from journey_moves where id = ${moveId}`)[0];
  return { id, journeyId, command, stand, publish, moved, runAll, routeAll, inside, move };
}

describe('moving people to a new version', () => {
  it('lets those past a shorter wait go now, in steps, with progress and lines in trace and audit (§8.2, §8.3, §8.5)', async () => {
    const { id, stand, moved, inside, move, runAll } = await begin(450, [wait('a', 10, 'z'), mark('z', null)]);
    await stand('2026-06-18T10:00:00.000Z');
    const moveId = await moved(MOVE, [wait('a', 2, 'z'), mark('z', 'y'), wait('y', 5, null)]);
    expect(await runMoves(engine, id)).toBe(200);
    expect(await move(moveId)).toEqual({ state: 'running', total: 450, done: 200, counts: { leavesNow: 200 } });
    await runAll();
    expect(await move(moveId)).toEqual({ state: 'done', total: 450, done: 450, counts: { leavesNow: 450 } });
    expect(await inside()).toMatchObject([{ number: 2, node_id: 'y', n: 450 }]);
    expect(await sql`select count(*)::int as n from traces where workspace_id = ${id} and kind = 'moved'`).toMatchObject([{ n: 450 }]);
    expect(await sql`select count(*)::int as n from enrollments e join cohorts k on k.id = e.cohort_id where e.workspace_id = ${id} and k.version_id = e.version_id and k.wake_at = e.wake_at`).toMatchObject([{ n: 450 }]);
    expect(await sql`select actor, action, after from audit_lines where workspace_id = ${id} order by id`).toMatchObject([
      { actor: 'ada', action: 'journey.publish', after: { version: 2, people: 'move', inside: 450, counts: { leavesNow: 450 } } }, { actor: 'ada', action: 'journey.moved', after: { counts: { leavesNow: 450 } } },
    ]);
  });

  it('counts before publishing who leaves, waits longer and stands on a step that is gone, and says who they are (§8.2)', async () => {
    const { id, journeyId, stand, publish, routeAll } = await begin(30, [wait('a', 10, 'z'), mark('z', null)]);
    await publish([awaits('g', 10, 'a'), wait('a', 10, 'z'), mark('z', null)], { ...MOVE, mode: 'finish' }, 'g');
    await stand('2026-06-18T10:00:00.000Z');
    await ingestEvents(engine, id, Array.from({ length: 7 }, (_, index) => ({ id: `w${index}`, type: 'visit', customer: { card: `new${index}` } })));
    await routeAll();
    const after = Journey.parse({ formatVersion: 1, name: 'j', ...drawn([wait('a', 2, 'z'), mark('z', null)], 'a') });
    const [preview, people] = await inWorkspace(engine.database, id, async (transaction) => [
      await previewMove(transaction, id, journeyId, after, MOVE), await previewPeople(transaction, id, journeyId, after, MOVE, { nodeId: 'a', class: 'leavesNow', after: null, limit: 20 }),
    ] as const);
    expect(preview).toMatchObject({ people: 37, counts: { leavesNow: 30, gone: 7, finishes: 0, stays: 0 } });
    expect(preview.nodes).toMatchObject([{ nodeId: 'a', isGone: false, needsChoice: false, counts: { leavesNow: 30 } }, { nodeId: 'g', people: 7, isGone: true, needsChoice: true, proposes: { to: null } }]);
    expect(people).toHaveLength(20);
    const refused = await publish([wait('a', 2, 'z'), mark('z', null)], MOVE);
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'journey.invalid' }, { code: 'move.noChoice', path: ['people', 'gone', 'g'] }] });
  });

  it('puts back whoever has not gone on since, and says how many could not (§8.2)', async () => {
    const { id, stand, moved, inside, move, runAll, routeAll, command } = await begin(40, [awaits('a', 10, 'z'), mark('z', null)]);
    const before = await sql`select id, state, version_id, wake_at from enrollments where workspace_id = ${id} order by id`;
    await stand('2026-06-18T10:00:00.000Z');
    const moveId = await moved(MOVE, [awaits('a', 30, 'z'), mark('z', null)]);
    await runAll();
    await ingestEvents(engine, id, Array.from({ length: 15 }, (_, index) => ({ id: `r${index}`, type: 'review', customer: { card: `c${index}` } })));
    await routeAll();
    const undo = await command(({ command: context }) => undoMove(context, moveId));
    await runAll();
    expect(await move(undo.moveId)).toMatchObject({ state: 'done', done: 40, counts: { restored: 25, left: 15 } });
    expect(await inside()).toMatchObject([{ number: 1, node_id: 'a', n: 25 }]);
    const after = new Map((await sql`select id, state, version_id, wake_at from enrollments where workspace_id = ${id} and ended_at is null`).map((row) => [row['id'], row]));
    for (const row of before) if (after.has(row['id'])) expect(after.get(row['id'])).toEqual(row);
    await ingestEvents(engine, id, [{ id: 'late', type: 'review', customer: { card: 'c39' } }]);
    await routeAll();
    expect((await inside())[0]?.n).toBe(24);
  });

  it('loses and doubles nobody over two workers, arriving events and a step that is torn off (§8.2)', async () => {
    const { id, stand, moved, inside, move, runAll, routeAll } = await begin(1_000, [awaits('a', 10, 'z'), mark('z', null)]);
    await stand('2026-06-18T10:00:00.000Z');
    const moveId = await moved(MOVE, [awaits('a', 30, 'z'), mark('z', null)]);
    // A worker dies after its burst was written and before it could be committed: nothing of the step is kept, and its lease runs out.
    await sql.unsafe(`create function tear_off() returns trigger language plpgsql as $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger tear_off before update of after_id on journey_moves for each row when (new.done > old.done and old.done = 200) execute function tear_off()`);
    expect(await runMoves(engine, id)).toBe(200);
    await expect(runMoves(engine, id)).rejects.toThrow();
    expect(await move(moveId)).toMatchObject({ state: 'running', done: 200 });
    await sql.unsafe('drop trigger tear_off on journey_moves; drop function tear_off');
    expect(await runMoves(engine, id)).toBe(0);
    await sql`update journey_moves set lease_until = clock_timestamp() where id = ${moveId}`;
    const feed = (async () => {
      for (let from = 0; from < 600; from += 60) {
        await ingestEvents(engine, id, Array.from({ length: 60 }, (_, index) => ({ id: `r${from + index}`, type: 'review', customer: { card: `c${from + index}` } })));
        await routeAll();
      }
    })();
    await Promise.all([feed, runAll(), runAll()]);
    await runAll();
    await routeAll();
    const [row] = await sql`select state, done, counts from journey_moves where id = ${moveId}`;
    expect(row).toMatchObject({ state: 'done' });
    expect(await inside()).toMatchObject([{ number: 2, node_id: 'a', n: 400 }]);
    expect(await sql`select count(*)::int as n, count(*) filter (where ending = 'completed')::int as done from enrollments where workspace_id = ${id}`).toMatchObject([{ n: 1_000, done: 600 }]);
    expect(await sql`select count(*)::int as doubled from (select enrollment_id from traces where workspace_id = ${id} and kind in ('moved', 'ended') group by enrollment_id, kind having count(*) > 1) t`).toMatchObject([{ doubled: 0 }]);
  });

  it('stops where it is cancelled and goes on from there; one at a time (§8.2)', async () => {
    const { id, moved, inside, command, move, runAll, publish } = await begin(300, [wait('a', 10, null)]);
    const moveId = await moved(MOVE, [wait('a', 20, null)]);
    await runMoves(engine, id);
    await expect(publish([wait('a', 30, null)], MOVE)).rejects.toMatchObject({ code: 'move.running' });
    await command(({ command: context }) => cancelMove(context, moveId));
    expect(await runMoves(engine, id)).toBe(0);
    expect(await inside()).toMatchObject([{ number: 1, n: 100 }, { number: 2, n: 200 }]);
    await command(({ command: context }) => goOnWithMove(context, moveId));
    await runAll();
    expect(await move(moveId)).toMatchObject({ state: 'done', done: 300, counts: { waitsLonger: 300 } });
  });

  it('passes over the one person whose burst the database refuses', async () => {
    const { id, moved, inside, move, runAll } = await begin(10, [wait('a', 10, null)]);
    const [bad] = await sql<{ id: string }[]>`select id from enrollments where workspace_id = ${id} order by id offset 4 limit 1`;
    await sql.unsafe(`create function refuse_move() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '23514'; end $$;
      create trigger refuse_move before update on enrollments for each row when (new.id = '${bad!.id}') execute function refuse_move()`);
    const moveId = await moved(MOVE, [wait('a', 20, null)]);
    await runAll();
    expect(await move(moveId)).toMatchObject({ state: 'done', done: 10, counts: { waitsLonger: 9, failed: 1 } });
    expect(await inside()).toMatchObject([{ number: 1, n: 1 }, { number: 2, n: 9 }]);
  });

  it('lets people finish on their version by default (§8.1)', async () => {
    const { id, publish, inside } = await begin(3, [wait('a', 10, null)]);
    expect(await publish([wait('a', 20, null)], { ...MOVE, mode: 'finish' })).toMatchObject({ ok: true, value: { number: 2, moveId: null } });
    expect(await runMoves(engine, id)).toBe(0);
    expect(await inside()).toMatchObject([{ number: 1, n: 3 }]);
  });
});
