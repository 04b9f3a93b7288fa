/** Stage 5, deliver: a vendor's request at one of our endpoints. It is believed only when signed by that endpoint's account, and answered 2xx only after the commit. */
import type { Channel } from '#domain/customers/channels.ts';
import { z } from 'zod';
import { inWorkspace } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { openAccount } from '#engine/account-keys.ts';
import { applyDeliveries } from '#engine/apply-delivery.ts';
import { applyReply } from '#engine/apply-reply.ts';
import { readNow } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { verifyId } from '#engine/links.ts';
import { accountOf, type ProviderAccount } from '#providers/account.ts';
import { parseResendWebhook } from '#providers/parse-resend-webhook.ts';
import { parseTwilioWebhook } from '#providers/parse-twilio-webhook.ts';
import type { WebhookRefusal } from '#providers/ports.ts';

/** `pathAndQuery` as the vendor called it; header names in lower case; the body exactly as it came. */
export type WebhookRequest = { endpoint: string; pathAndQuery: string; headers: Record<string, string | undefined>; body: string };
export type WebhookAnswer = { status: 200 | 400 | 401 | 404; reason?: string };

const ACCEPTED: WebhookAnswer = { status: 200 };
const UNKNOWN: WebhookAnswer = { status: 404, reason: 'no such endpoint' };
const refusal = ({ code, reason }: WebhookRefusal): WebhookAnswer => ({ status: code === 'badSignature' ? 401 : 400, reason });

type Endpoint = { id: string; workspaceId: string; channel: Channel; account: ProviderAccount };

async function findEndpoint(engine: Engine, text: string): Promise<Endpoint | null> {
  const id = parseId('endpoint', text);
  if (id === null) return null;
  const [found] = await engine.database<{ workspaceId: string | null }[]>`select resolve_endpoint(${id}) as "workspaceId"`;
  const workspaceId = found?.workspaceId;
  if (!workspaceId) return null;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction<{ channel: Channel; config: unknown; sealed: Buffer | null }[]>`select a.channel, a.config, a.sealed from webhook_endpoints e join provider_accounts a on a.id = e.account_id where e.id = ${id}`;
    const account = row ? accountOf(row.channel, openAccount(engine, workspaceId, row.channel, row), engine.vendorAccounts) : null;
    return row && account ? { id, workspaceId, channel: row.channel, account } : null;
  });
}

/** A webhook of Resend. */
export async function receiveResendWebhook(engine: Engine, request: WebhookRequest): Promise<WebhookAnswer> {
  const endpoint = await findEndpoint(engine, request.endpoint);
  if (endpoint?.account.kind !== 'resend') return UNKNOWN;
  const parsed = parseResendWebhook({ payload: request.body, headers: request.headers, webhookSecret: endpoint.account.webhookSecret });
  if (!parsed.ok) return refusal(parsed);
  await applyDeliveries(engine, endpoint.workspaceId, endpoint.id, parsed.reports);
  return ACCEPTED;
}

/** A status callback of Twilio, or what a customer wrote by SMS or WhatsApp. Our message id in the URL counts only with our signature of it (§7.4). */
export async function receiveTwilioWebhook(engine: Engine, request: WebhookRequest): Promise<WebhookAnswer> {
  const endpoint = await findEndpoint(engine, request.endpoint);
  if (endpoint?.account.kind !== 'twilio') return UNKNOWN;
  const publicUrl = `${engine.publicUrl}${request.pathAndQuery}`;
  const token = new URL(publicUrl).searchParams.get('token');
  const { workspaceId } = endpoint;
  const parsed = parseTwilioWebhook({
    params: z.record(z.string(), z.string()).parse(Object.fromEntries(new URLSearchParams(request.body))),
    signature: request.headers['x-twilio-signature'] ?? '', publicUrl, authToken: endpoint.account.authToken,
    channel: endpoint.channel === 'whatsapp' ? endpoint.channel : 'sms',
    messageId: token === null ? null : verifyId(engine, 'callback', token),
    at: await inWorkspace(engine.database, workspaceId, (transaction) => readNow(transaction, workspaceId)),
  });
  if (!parsed.ok) return refusal(parsed);
  if (parsed.kind === 'report') await applyDeliveries(engine, workspaceId, endpoint.id, [parsed.report]);
  if (parsed.kind === 'inbound') await applyReply(engine, workspaceId, endpoint.id, parsed.sms);
  return ACCEPTED;
}
