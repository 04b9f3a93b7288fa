/** Every command of a person or a key leaves an audit line in its own transaction: who, what, on what, before, after, why (§8.5). */
import type { JSONValue } from 'postgres';
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';

/** `actor` is `key:<id>`, `user:<id>` or the name of a command; `subject` is an edge id or a key. Before and after hold what changed, never a secret. */
export type AuditLine = { actor: string; action: string; subject: string; before?: unknown; after?: unknown; reason?: string | undefined };

export async function writeAudit(transaction: Transaction, workspaceId: string, line: AuditLine): Promise<void> {
  const { actor, action, subject, before, after, reason } = line;
  const json = (value: unknown) => (value === undefined ? null : transaction.json(value as JSONValue));
  await transaction`
    insert into audit_lines (id, workspace_id, actor, action, subject, before, after, reason, at)
    values (${newId()}, ${workspaceId}, ${actor}, ${action}, ${subject}, ${json(before)}, ${json(after)}, ${reason ?? null}, workspace_now(${workspaceId}))`;
}
