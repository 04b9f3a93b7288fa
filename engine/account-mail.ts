/**
 * Mail of the installation to the people who work with it: no message to a customer, so it knows no consent, pressure or report. It leaves through the installation's own
 * sender, or the workspace's where there is none; a sandbox writes to its simulated vendors only, where its mailbox shows it.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { loadAccount, type SendingAccount } from '#engine/dispatch/sending-account.ts';
import { openVendor, type OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';

/** `key`: a mail that may be sent again under the same one reaches its reader once, where the vendor keeps keys. */
export type AccountMail = { to: string; subject: string; html: string; text: string; key?: string };
/** `noSender`: nothing to send with. `notTaken`: the vendor could not be reached or has too much to do. */
export type AccountMailOutcome = 'sent' | 'noSender' | 'notTaken' | 'refused';
type EmailSender = Extract<SendingAccount, { channel: 'email' }>;

async function findSender(engine: Engine, transaction: Transaction, workspaceId: string): Promise<EmailSender | null> {
  const workspace = await findWorkspace(transaction, workspaceId);
  const own = engine.vendorAccounts.email;
  if (workspace?.kind === 'live' && own) return { id: 'installation', endpointId: null, perSecond: 1, blockedUntil: 0, channel: 'email', config: own };
  const found = await loadAccount(engine, transaction, workspaceId, 'email');
  return found.kind === 'ready' && found.account.channel === 'email' ? found.account : null;
}

/** Whether such mail can leave at all. */
export const hasAccountSender = async (engine: Engine, transaction: Transaction, workspaceId: string): Promise<boolean> => (await findSender(engine, transaction, workspaceId)) !== null;

export async function sendAccountMail(engine: Engine, workspaceId: string, { to, subject, html, text, key = newId() }: AccountMail, open: OpenVendor = openVendor): Promise<AccountMailOutcome> {
  const sender = await inWorkspace(engine.database, workspaceId, (transaction) => findSender(engine, transaction, workspaceId));
  if (sender === null) return 'noSender';
  const { from, replyTo } = sender.config;
  const outcome = await open(sender).send(key, [{ channel: 'email', messageId: key, to, from, ...(replyTo ? { replyTo } : {}), subject, html, text, headers: {}, tags: {} }]);
  if (outcome.kind !== 'answered') return 'notTaken';
  return outcome.members[0]?.kind === 'refused' ? 'refused' : 'sent';
}
