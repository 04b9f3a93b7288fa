/** The secrets of destinations: made here, kept sealed, shown once; and the headers that they sign (https://www.standardwebhooks.com). */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { formatId } from '#domain/shared/ids.ts';
import { openSecret, sealSecret } from '#engine/seal-secret.ts';

const SECRET_BYTES = 24;

export const makeWebhookSecret = (): string => `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;

const nameOf = (destinationId: string): string => `destination/${destinationId}`;
export const sealWebhookSecret = (installation: string, workspaceId: string, destinationId: string, secret: string): Buffer => sealSecret(installation, workspaceId, nameOf(destinationId), secret);
export const openWebhookSecret = (installation: string, workspaceId: string, destinationId: string, sealed: Buffer): string | null => openSecret(installation, workspaceId, nameOf(destinationId), sealed);

/** Signed by each secret that holds at the moment, the newest first: whoever checks with either believes it. */
export function signWebhook(webhook: { id: string; body: string; at: Date }, secrets: readonly string[]): { id: string; headers: Record<string, string> } {
  const id = formatId('webhook', webhook.id);
  const signature = secrets.map((secret) => new Webhook(secret).sign(id, webhook.at, webhook.body)).join(' ');
  return { id, headers: { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(webhook.at.getTime() / 1_000)), 'webhook-signature': signature } };
}
