/** The headers of an outbound webhook, as Standard Webhooks has them (https://www.standardwebhooks.com): id, time, and a signature of both and the body. */
import { Webhook } from 'standardwebhooks';

export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string };

/** Signed by each secret that holds at the moment, the newest first: whoever checks with either believes it. Secrets begin with `whsec_`. */
export const signWebhook = ({ id, body, at }: { id: string; body: string; at: Date }, secrets: readonly string[]): SignedHeaders => ({
  'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
});
