/** What a write with an Idempotency-Key answered (§11.3). The row is claimed first and written last in the write's own transaction, so of two at once one executes and the other waits for its answer. */
import type { JSONValue } from 'postgres';
import type { Transaction } from '#db/connection.ts';

export type KeptAnswer = { status: number; body: unknown };
export type Claim = { kind: 'claimed' } | { kind: 'answered'; answer: KeptAnswer } | { kind: 'otherRequest' };

/** Keys are remembered for thirty days of machine time, longer than any till is offline. */
export async function claimIdempotencyKey(transaction: Transaction, workspaceId: string, key: string, requestHash: Buffer): Promise<Claim> {
  const claimed = await transaction`
    insert into idempotency_keys (workspace_id, key, request_hash) values (${workspaceId}, ${key}, ${requestHash}) on conflict do nothing returning key`;
  if (claimed.length > 0) {
    await transaction`
      delete from idempotency_keys where workspace_id = ${workspaceId} and key in (
        select key from idempotency_keys where workspace_id = ${workspaceId} and created_at < clock_timestamp() - interval '30 days' order by created_at limit 10 for update skip locked)`;
    return { kind: 'claimed' };
  }
  const [row] = await transaction<{ request_hash: Buffer; status: number; answer: unknown }[]>`
    select request_hash, status, answer from idempotency_keys where workspace_id = ${workspaceId} and key = ${key}`;
  if (!row || !requestHash.equals(row.request_hash)) return { kind: 'otherRequest' };
  return { kind: 'answered', answer: { status: row.status, body: row.answer } };
}

export async function keepAnswer(transaction: Transaction, workspaceId: string, key: string, answer: KeptAnswer): Promise<void> {
  await transaction`
    update idempotency_keys set status = ${answer.status}, answer = ${transaction.json(answer.body as JSONValue)} where workspace_id = ${workspaceId} and key = ${key}`;
}
