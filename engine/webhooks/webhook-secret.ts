/** The secrets of destinations: made here, kept sealed, shown once. */
import { randomBytes } from 'node:crypto';
import { openSecret, sealSecret, type Keyring } from '#engine/seal-secret.ts';

const SECRET_BYTES = 24;

export const makeWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

const nameOf = (destinationId: string): string => `destination/${destinationId}`;
export const sealWebhookSecret = (installation: string, workspaceId: string, destinationId: string, secret: string): Buffer => sealSecret(installation, workspaceId, nameOf(destinationId), secret);
export const openWebhookSecret = (keyring: Keyring, workspaceId: string, destinationId: string, sealed: Buffer): string | null => openSecret(keyring, workspaceId, nameOf(destinationId), sealed);
