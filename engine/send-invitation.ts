/** Makes an invitation and mails its link. Without a sender, or when the vendor does not take it, the link is answered, to hand over by oneself. */
import { formatId } from '#domain/shared/ids.ts';
import { nameActors } from '#db/queries/settings.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import { sendAccountMail, type AccountMailOutcome } from '#engine/account-mail.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import type { MadeInvitation } from '#engine/commands/invite.ts';
import type { OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';
import { writeInvitation } from '#engine/invitation-mail.ts';
import { runInWorkspace } from '#engine/run-command.ts';

/** `link` is null once the mail has left: then nobody but its reader has it. */
export type SentInvitation = { id: string; mail: AccountMailOutcome; link: string | null };

export async function sendInvitation(engine: Engine, who: { workspaceId: string; actor: string }, make: (command: CommandContext) => Promise<MadeInvitation>, open?: OpenVendor): Promise<SentInvitation> {
  const made = await runInWorkspace(engine, who, async ({ command, transaction }) => {
    const invitation = await make(command);
    const [inviter] = await nameActors(transaction, [who.actor.replace(/^user:/, '')], []);
    return { ...invitation, workspace: (await findWorkspace(transaction, who.workspaceId))?.name ?? 'Parcours', inviter: inviter?.name ?? null };
  });
  const link = `${engine.publicUrl}/invitation/${made.token}`;
  const mail = await sendAccountMail(engine, who.workspaceId, { to: made.email, ...writeInvitation({ ...made, link }) }, open);
  await runInWorkspace(engine, who, ({ transaction }) => transaction`update invitations set mail = ${mail} where id = ${made.id}`);
  return { id: formatId('invitation', made.id), mail, link: mail === 'sent' ? null : link };
}
