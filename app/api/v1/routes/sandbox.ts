/** The test clock of a sandbox: read it, jump it, follow a long jump (§12.7). */
import { z } from 'zod';
import { formatId } from '#domain/shared/ids.ts';
import { audit } from '#engine/commands/command-context.ts';
import { awaitJump, readJump, startJump, type JumpProgress } from '#engine/jump-clock.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { readSandbox } from '#engine/settle-clock.ts';
import { readClockIn } from '#engine/workspace-clock.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, InstantIn, iso, Iso, isoOrNull } from '#app/api/edge.ts';
import { API_BASE } from '#app/api/match-route.ts';

const JumpOut = z.object({
  jumpId: Id('jump'), state: z.enum(['running', 'done']), startedFrom: Iso, targetAt: Iso, reachedAt: Iso, freezes: z.boolean(), steps: z.number().int(),
  stuckOn: z.array(z.object({ at: z.string(), what: z.array(z.string()) })).meta({ description: 'Steps that went on although something had not settled.' }),
}).meta({ id: 'Jump' });

const toJump = (jump: JumpProgress): z.input<typeof JumpOut> => ({ ...jump, jumpId: formatId('jump', jump.jumpId), startedFrom: iso(jump.startedFrom), targetAt: iso(jump.targetAt), reachedAt: iso(jump.reachedAt) });

const read = defineRoute({
  method: 'GET', path: '/clock', noun: 'Sandbox', summary: 'Read the clock of the workspace', scope: 'sandbox', orScope: 'journeys:read',
  response: z.object({ kind: z.enum(['live', 'sandbox']), now: Iso, standsAt: Iso.nullable(), offsetMs: z.number().int(), nextAt: Iso.nullable().meta({ description: 'When something is due next; null when nothing is, and in a live workspace.' }) }),
  async read({ transaction, workspaceId }) {
    const clock = await readClockIn(transaction, workspaceId);
    const nextAt = clock.kind === 'sandbox' ? (await readSandbox(transaction, workspaceId)).nextAt : null;
    return { ...clock, now: iso(clock.now), standsAt: isoOrNull(clock.standsAt), nextAt: isoOrNull(nextAt) };
  },
});

const LONGEST_WAIT_MS = 20_000;

const jump = defineRoute({
  method: 'POST', path: '/clock/jump', noun: 'Sandbox', summary: 'Jump the test clock forward', scope: 'sandbox', errors: ['clock.live_workspace', 'clock.only_forward', 'clock.jump_running'],
  description: 'Everything due in between happens in its order. It answers when the sandbox is settled at the target, or after twenty seconds with 202 and the address of the progress. A live workspace has no test clock.',
  body: z.union([
    z.strictObject({ to: InstantIn, freeze: z.boolean().optional() }),
    z.strictObject({ bySeconds: z.number().int().min(0).max(100 * 366 * 86_400), freeze: z.boolean().optional() }),
  ]),
  example: { bySeconds: 259_200 },
  response: JumpOut,
  async run({ engine, workspaceId, actor, body: { freeze = false, ...target } }) {
    const started = await startJump(engine, workspaceId, { ...target, freeze });
    const id = formatId('jump', started.jumpId);
    await runInWorkspace(engine, { workspaceId, actor }, ({ command }) => audit(command, { action: 'clock.jump', subject: id, after: { ...target, freeze } }));
    const progress = await awaitJump(engine, started, LONGEST_WAIT_MS);
    return { status: progress.state === 'done' ? 200 : 202, body: toJump(progress), headers: { location: `${API_BASE}/clock/jumps/${id}` } };
  },
});

const follow = defineRoute({
  method: 'GET', path: '/clock/jumps/{jumpId}', noun: 'Sandbox', summary: 'Follow a jump', scope: 'sandbox', params: z.object({ jumpId: IdOf('jump') }), response: JumpOut, errors: ['clock.jump_unknown'],
  async run({ engine, workspaceId, params: { jumpId } }) {
    const progress = await readJump(engine, { jumpId, workspaceId });
    if (!progress) throw new PermanentError('clock.jump_unknown', 'There is no such jump.');
    return { body: toJump(progress) };
  },
});

export const sandboxRoutes = [read, jump, follow];
