/**
 * Stage 5, deliver: reads a webhook of Resend. The signature is checked against the raw body before anything is read, on machine time; what
 * comes out is our own report. Types that say nothing of a message's delivery give an empty list. https://resend.com/docs/dashboard/webhooks/event-types
 */
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { parseInstant } from '#domain/shared/time.ts';
import { MESSAGE_ID_TAG } from '#providers/resend.ts';
import type { ReportStatus } from '#domain/messages/delivery-status.ts';
import type { DeliveryReport, WebhookRefusal } from '#providers/ports.ts';

/** `email.suppressed` is a failure: Resend did not try, because the address bounced or complained before. */
export const RESEND_STATUSES: Record<string, ReportStatus> = {
  'email.sent': 'sent', 'email.delivered': 'delivered', 'email.delivery_delayed': 'delayed', 'email.bounced': 'bounced', 'email.complained': 'complained',
  'email.opened': 'opened', 'email.clicked': 'clicked', 'email.failed': 'failed', 'email.suppressed': 'failed',
};

const Event = z.object({
  type: z.string(),
  created_at: z.string(),
  data: z.looseObject({
    email_id: z.string().optional(),
    tags: z.record(z.string(), z.string()).optional(),
    bounce: z.object({ message: z.string(), type: z.string().optional() }).optional(),
    failed: z.object({ reason: z.string() }).optional(),
    suppressed: z.object({ message: z.string() }).optional(),
    click: z.object({ link: z.string() }).optional(),
  }),
});

/** The reports of one verified request, or why it is refused. `payload` is the body exactly as it came; header names in lower case. */
export function parseResendWebhook(input: { payload: string; headers: Record<string, string | undefined>; webhookSecret: string }): { ok: true; reports: DeliveryReport[] } | WebhookRefusal {
  const id = input.headers['svix-id'] ?? '';
  try {
    new Webhook(input.webhookSecret).verify(input.payload, {
      'webhook-id': id, 'webhook-timestamp': input.headers['svix-timestamp'] ?? '', 'webhook-signature': input.headers['svix-signature'] ?? '',
    }, { jsonParse: false });
  } catch (error) {
    return { ok: false, code: 'badSignature', reason: error instanceof Error ? error.message : 'not signed by this secret' };
  }
  const event = Event.safeParse(parseJson(input.payload));
  if (!event.success) return { ok: false, code: 'malformed', reason: z.prettifyError(event.error) };
  const { type, created_at: createdAt, data } = event.data;
  const status = RESEND_STATUSES[type];
  const at = parseInstant(createdAt);
  if (status === undefined || data.email_id === undefined) return { ok: true, reports: [] };
  if (at === null) return { ok: false, code: 'malformed', reason: 'created_at is not an instant' };
  return {
    ok: true,
    reports: [{
      channel: 'email',
      providerEventId: id,
      providerMessageId: data.email_id,
      messageId: data.tags?.[MESSAGE_ID_TAG] ?? null,
      status,
      detail: data.bounce?.message ?? data.failed?.reason ?? data.suppressed?.message ?? data.click?.link ?? null,
      permanent: type === 'email.suppressed' || (type === 'email.bounced' && data.bounce?.type !== 'Transient'),
      at,
    }],
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
