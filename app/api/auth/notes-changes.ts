/** What happens after a change of somebody's sign-in: a line in the log of their workspaces, and devices that were trusted are forgotten. */
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { forgetTrustedDevices } from '#db/queries/sign-in.ts';
import { noteSignIn, type SignInChange } from '#engine/note-sign-in.ts';
import { webEngine } from '#temporal/web-engine.ts';

const CHANGES: Readonly<Record<string, SignInChange>> = {
  '/change-password': 'password', '/two-factor/disable': 'twoFactorOff', '/two-factor/generate-backup-codes': 'recoveryCodes', '/passkey/verify-registration': 'passkeyAdd', '/passkey/delete-passkey': 'passkeyRemove',
  // Six digits of somebody who is signed in already, and had no second proof when they sent them.
  '/two-factor/verify-totp': 'twoFactorOn',
};
const FORGETS = new Set<SignInChange>(['password', 'twoFactorOff']);

export const notesChanges = createAuthMiddleware(async (context) => {
  const change = CHANGES[context.path];
  const { session, returned } = context.context;
  if (change === undefined || !session || returned instanceof APIError || (change === 'twoFactorOn' && session.user['twoFactorEnabled'] === true)) return;
  const { database } = webEngine();
  if (FORGETS.has(change)) await forgetTrustedDevices(database, session.user.id);
  await noteSignIn(database, session.user.id, change);
});
