/** What every command is handed: the transaction it writes in (with its audit line), the workspace, and who asks. */
import type { Transaction } from '#db/connection.ts';
import { writeAudit, type AuditLine } from '#engine/write-audit.ts';

export type CommandContext = { transaction: Transaction; workspaceId: string; actor: string };

/** The audit line of this command. */
export const audit = ({ transaction, workspaceId, actor }: CommandContext, line: Omit<AuditLine, 'actor'>): Promise<void> => writeAudit(transaction, workspaceId, { actor, ...line });

/**
 * Tells every burst to load the workspace anew. It waits for the bursts in flight, which hold the row `for share`, and keeps new ones waiting until
 * the command commits: so call it last, and never take a customer's head after it.
 */
export async function raiseEpoch({ transaction, workspaceId }: CommandContext): Promise<void> {
  await transaction`update workspaces set routing_epoch = routing_epoch + 1 where id = ${workspaceId}`;
}
