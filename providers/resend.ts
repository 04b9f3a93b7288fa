/**
 * Stage 4, dispatch: e-mail through Resend's own SDK, up to 100 messages per call. The batch id is the `Idempotency-Key`, so the same batch
 * may be sent again for 23 hours and nothing leaves twice (§7.2); validation is permissive, so one refused address fails alone.
 * https://resend.com/docs/api-reference/emails/send-batch-emails
 */
import { Resend, type CreateBatchEmailOptions, type ErrorResponse } from 'resend';
import { readRate, readRetryAfterSeconds } from '#providers/rate-headers.ts';
import type { BatchAnswer, EmailMessage, EmailProvider, MemberOutcome } from '#providers/ports.ts';

export const MESSAGE_ID_TAG = 'message_id';
const TIMEOUT_MS = 30_000;
const QUOTA_RETRY_SECONDS = 3_600;

type PermissiveAnswer = { data: { id: string }[]; errors?: { index: number; message: string }[] };

/** Opens Resend; `baseUrl` points it at another server that speaks its API. */
export function openResend(account: { apiKey: string; baseUrl?: string }): EmailProvider {
  const resend = new Resend(account.apiKey, account.baseUrl ? { baseUrl: account.baseUrl } : undefined);
  return {
    kind: 'resend',
    batchLimit: 100,
    repeatable: true,
    async sendBatch({ batchId, payload }) {
      const options = { idempotencyKey: batchId, batchValidation: 'permissive' as const, signal: AbortSignal.timeout(TIMEOUT_MS) };
      try {
        const { data, error, headers } = await resend.batch.send(payload.map(toResend), options);
        const rate = readRate(headers ?? {});
        return { ...(data ? memberOutcomes(payload, data) : failureOf(error, payload, headers ?? {})), rate };
      } catch (error) {
        return { kind: 'ambiguous', reason: error instanceof Error ? error.name : 'unknown', rate: null };
      }
    },
  };
}

function toResend(message: EmailMessage): CreateBatchEmailOptions {
  const tags = Object.entries({ ...message.tags, [MESSAGE_ID_TAG]: message.messageId }).map(([name, value]) => ({ name, value }));
  const { to, from, replyTo, subject, html, text, headers } = message;
  return { to, from, replyTo, subject, html, text, headers, tags };
}

/** Permissive answers list the ids of the accepted in order and the refused by their index. */
function memberOutcomes(payload: EmailMessage[], answer: PermissiveAnswer): BatchAnswer {
  const errors = new Map((answer.errors ?? []).map(({ index, message }) => [index, message]));
  if (answer.data.length + errors.size !== payload.length) return { kind: 'ambiguous', reason: 'the answer names another number of messages' };
  const ids = answer.data.values();
  const members = payload.map(({ messageId }, index): MemberOutcome => {
    const reason = errors.get(index);
    if (reason !== undefined) return { messageId, kind: 'refused', code: 'validation_error', reason, permanent: true };
    return { messageId, kind: 'sent', providerMessageId: ids.next().value?.id ?? '' };
  });
  return { kind: 'answered', members };
}

/** https://resend.com/docs/api-reference/errors */
function failureOf(error: ErrorResponse | null, payload: EmailMessage[], headers: Record<string, string>): BatchAnswer {
  const { statusCode, name, message } = error ?? { statusCode: null, name: 'application_error', message: 'no answer' };
  if (statusCode === 429) {
    const quota = name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded';
    return { kind: 'rateLimited', retryAfterSeconds: readRetryAfterSeconds(headers, quota ? QUOTA_RETRY_SECONDS : 1) };
  }
  if (statusCode === 400 || statusCode === 413 || statusCode === 422) {
    return { kind: 'answered', members: payload.map(({ messageId }) => ({ messageId, kind: 'refused', code: name, reason: message, permanent: true })) };
  }
  // The key is in use (409), the vendor stumbled (5xx) or the line went dead (null): the batch may have been taken.
  if (statusCode === null || statusCode === 409 || statusCode >= 500) return { kind: 'ambiguous', reason: name };
  return { kind: 'unavailable', reason: name };
}
