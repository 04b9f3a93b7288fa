/** Stage 5, deliver: a customer asks for help by one word, and one text answers (§6.6). It leaves through the outbox like any message, so the last check and the vendor's rate hold for it too. */
import { v7 as newId } from 'uuid';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { HELP_REPLY, helpCategory } from '#domain/messages/help-reply.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { loadWorkspace } from '#engine/load-workspace.ts';
import type { InboundSms } from '#providers/ports.ts';

/** The caller holds the head and has taken the reply once, so that it is answered once. */
export async function answerHelp(transaction: Transaction, workspaceId: string, customerId: string, asked: InboundSms, now: Instant): Promise<void> {
  const { rules } = await loadWorkspace(transaction, workspaceId);
  const category = helpCategory(rules.policy);
  if (!category) return;
  const id = newId();
  const at = formatInstant(now);
  await insertRows(transaction, 'messages', [{
    id, workspace_id: workspaceId, key: `${HELP_REPLY}:${asked.providerMessageId}`, customer_id: customerId, channel: asked.channel, category: category.key, status: 'queued', status_at: at,
    planned_at: at, due_at: at, when_capped: { kind: 'skip' }, context: { variables: {}, answers: HELP_REPLY },
  }]);
  await insertRows(transaction, 'outbox', [{
    message_id: id, workspace_id: workspaceId, customer_id: customerId, channel: asked.channel, priority: category.priority, not_before: at, state: 'queued', attempts: 0,
  }]);
}
