/** Invitations by mail: whoever accepts becomes a member with the role that was chosen. */
import { z } from 'zod';
import { listInvitations } from '#db/queries/invitations.ts';
import { nameActors } from '#db/queries/settings.ts';
import { formatId } from '#domain/shared/ids.ts';
import { hasAccountSender } from '#engine/account-mail.ts';
import { invite, inviteAgain, revokeInvitation } from '#engine/commands/invite.ts';
import { ROLES } from '#engine/commands/roles.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { sendInvitation } from '#engine/send-invitation.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';
import { FITS_ROLE, fitsRole, requireStores, roleFields } from '#app/api/v1/routes/role-fields.ts';

const Sent = z.object({
  id: Id('invitation'), mail: z.enum(['sent', 'noSender', 'notTaken', 'refused']),
  link: z.string().nullable().meta({ description: 'The link to hand over by oneself, when the mail did not leave. It is answered once.' }),
}).meta({ id: 'SentInvitation' });
const InvitationOut = z.object({
  id: Id('invitation'), email: z.string(), role: z.enum(ROLES), storeIds: z.array(Id('store')), language: z.enum(['en', 'fr']), mail: z.string().nullable(), invitedBy: z.string().nullable(), sentAt: Iso, expiresAt: Iso, expired: z.boolean(),
}).meta({ id: 'Invitation', description: 'Instants of invitations are real time.' });
const params = z.object({ invitationId: IdOf('invitation') });

const send = defineRoute({
  method: 'POST', path: '/invitations', noun: 'Members', summary: 'Invite somebody by mail', scope: 'settings:write', status: 201, errors: ['invitation.member', 'invitation.limit'],
  description: 'The link works once, for seven days. An address that is invited already gets a new link. In a sandbox the mail lies in its mailbox.',
  body: z.strictObject({ email: z.email().max(254), language: z.enum(['en', 'fr']).default('en'), ...roleFields }).refine(fitsRole, FITS_ROLE), response: Sent,
  example: { email: 'ines@example.org', role: 'marketer', language: 'fr' },
  // Not a `write`: an answer that an idempotency key keeps would keep the link.
  async run({ engine, workspaceId, actor, body }) {
    const who = { workspaceId, actor };
    await runInWorkspace(engine, who, ({ transaction }) => requireStores({ transaction }, body.storeIds));
    return { body: await sendInvitation(engine, who, (command) => invite(command, body)) };
  },
});

const list = defineRoute({
  method: 'GET', path: '/invitations', noun: 'Members', summary: 'List the invitations that nobody has accepted yet', scope: 'settings:read',
  response: z.object({ items: z.array(InvitationOut), next: z.null(), canMail: z.boolean().meta({ description: 'Whether there is a sender for such mail.' }) }),
  async read({ engine, transaction, workspaceId }) {
    const rows = await listInvitations(transaction);
    const named = await nameActors(transaction, rows.map(({ invitedBy }) => invitedBy.replace(/^user:/, '')), []);
    const items = rows.map(({ id, email, language, mail, expired, ...row }) => ({
      id: formatId('invitation', id), email, language, mail, expired, role: ROLES.find((role) => role === row.role) ?? 'viewer', storeIds: row.storeIds.map((store) => formatId('store', store)),
      invitedBy: named.find((one) => `user:${one.id}` === row.invitedBy)?.name ?? null, sentAt: iso(row.sentAt), expiresAt: iso(row.expiresAt),
    }));
    return { items, next: null, canMail: await hasAccountSender(engine, transaction, workspaceId) };
  },
});

const again = defineRoute({
  method: 'POST', path: '/invitations/{invitationId}/resend', noun: 'Members', summary: 'Send an invitation again, with a new link for seven more days', scope: 'settings:write', params, body: z.strictObject({}), response: Sent, errors: ['invitation.unknown', 'invitation.state', 'invitation.limit'],
  async run({ engine, workspaceId, actor, params: { invitationId } }) {
    return { body: await sendInvitation(engine, { workspaceId, actor }, (command) => inviteAgain(command, invitationId)) };
  },
});

const revoke = defineRoute({
  method: 'DELETE', path: '/invitations/{invitationId}', noun: 'Members', summary: 'Take an invitation back', scope: 'settings:write', params, response: z.object({ revoked: z.literal(true) }), errors: ['invitation.unknown', 'invitation.state'],
  async write({ command, params: { invitationId } }) {
    await revokeInvitation(command, invitationId);
    return { body: { revoked: true as const } };
  },
});

export const invitationRoutes = [send, list, again, revoke];
