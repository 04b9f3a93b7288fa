/**
 * Runs what a person or a key asks in one transaction of its workspace, once per idempotency key (§11.3), and afterwards what may only
 * happen once it is committed: a hint to the routers, arming, a second step.
 */
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { claimIdempotencyKey, keepAnswer, type KeptAnswer } from '#db/queries/idempotency.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';

export type Idempotency = { key: string; requestHash: Buffer };
/** `afterCommit` work is awaited before the answer is given. */
export type CommandScope = { transaction: Transaction; command: CommandContext; afterCommit: (work: () => Promise<unknown> | void) => void };

/** Runs work in one transaction of the workspace and, once it is committed, what it left for afterwards. */
export async function runInWorkspace<T>(engine: Pick<Engine, 'database'>, who: { workspaceId: string; actor: string }, work: (scope: CommandScope) => Promise<T>): Promise<T> {
  const later: (() => Promise<unknown> | void)[] = [];
  const result = await inWorkspace(engine.database, who.workspaceId, (transaction) => work({ transaction, command: { transaction, workspaceId: who.workspaceId, actor: who.actor }, afterCommit: (next) => void later.push(next) }));
  for (const next of later) await next();
  return result;
}

/**
 * Answers what `work` answered, now or when the key was first used. A key used with another request is refused (`idempotency.otherBody`); of two
 * requests at once with one key the second waits for the first. What throws leaves nothing behind, the key included.
 */
export async function runCommand<A extends KeptAnswer>(
  engine: Pick<Engine, 'database'>, who: { workspaceId: string; actor: string }, idempotency: Idempotency | null, work: (scope: CommandScope) => Promise<A>,
): Promise<{ answer: A; replayed: false } | { answer: KeptAnswer; replayed: true }> {
  return runInWorkspace(engine, who, async (scope): Promise<{ answer: A; replayed: false } | { answer: KeptAnswer; replayed: true }> => {
    const { transaction } = scope;
    if (idempotency) {
      const claim = await claimIdempotencyKey(transaction, who.workspaceId, idempotency.key, idempotency.requestHash);
      if (claim.kind === 'otherRequest') throw new PermanentError('idempotency.otherBody', 'This Idempotency-Key was used with another request.');
      if (claim.kind === 'answered') return { answer: claim.answer, replayed: true };
    }
    const answer = await work(scope);
    if (idempotency) await keepAnswer(transaction, who.workspaceId, idempotency.key, answer);
    return { answer, replayed: false };
  });
}
