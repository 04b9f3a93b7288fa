import type postgres from 'postgres';
import { beforeAll, describe, expect, it } from 'vitest';
import { listComments, listMentions } from '#db/queries/comments.ts';
import { inWorkspace } from '#db/connection.ts';
import { addComment, resolveComment } from '#engine/commands/comment-journey.ts';
import type { Engine } from '#engine/engine.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { buildWorkspace, publishJourney, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine } from '#tests/harness/with-test-engine.ts';

let sql: postgres.Sql;
let engine: Engine;
let workspace: BuiltWorkspace;
let journeyId: string;
withTestEngine((made) => ({ sql, engine } = made));
beforeAll(async () => {
  workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
  const entry = { trigger: { kind: 'event', event: { type: 'visit' } }, reentry: { mode: 'onceEver' }, next: null };
  ({ journeyId } = await publishJourney(sql, workspace.id, { key: 'mine', entry, nodes: [] }));
  await sql`insert into auth_users (id, name, email, email_verified, created_at, updated_at) values ('ada', 'Ada', 'ada@lutin.test', true, now(), now()), ('eve', 'Eve', 'eve@lutin.test', true, now(), now())`;
  await sql`insert into memberships (user_id, workspace_id, role) values ('ada', ${workspace.id}, 'marketer')`;
});

const run = <T>(work: Parameters<typeof runInWorkspace<T>>[2]) => runInWorkspace(engine, { workspaceId: workspace.id, actor: 'user:ada' }, work);

describe('a comment on a step', () => {
  it('mentions members only, is listed for them while it is open, and opens again', async () => {
    const { commentId } = await run(({ command }) => addComment(command, { journeyId, nodeId: 'mail', text: 'Is this right?', mentions: ['ada', 'eve', 'ada'] }));
    const read = () => inWorkspace(engine.database, workspace.id, async (transaction) => ({ all: await listComments(transaction, journeyId), mine: await listMentions(transaction, 'ada') }));
    expect(await read()).toMatchObject({ all: [{ nodeId: 'mail', author: 'Ada', mentions: ['ada'], resolvedAt: null }], mine: [{ id: commentId, journeyName: 'mine' }] });
    await run(({ command }) => resolveComment(command, commentId, true));
    expect(await read()).toMatchObject({ all: [{ resolvedBy: 'Ada' }], mine: [] });
    await run(({ command }) => resolveComment(command, commentId, false));
    expect(await read()).toMatchObject({ all: [{ resolvedAt: null, resolvedBy: null }], mine: [{ id: commentId }] });
  });

  it('needs a journey that is there', async () => {
    await expect(run(({ command }) => addComment(command, { journeyId: workspace.id, nodeId: 'mail', text: 'x', mentions: [] }))).rejects.toMatchObject({ code: 'journey.unknown' });
  });
});
