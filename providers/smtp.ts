/**
 * Stage 4, dispatch: e-mail over SMTP, one message per call. SMTP has no idempotency key: a line that goes dead once the conversation has
 * begun is `ambiguous`, and repeating may double. Our message id is the local part of the Message-ID. No delivery reports come back.
 */
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { invariant } from '#domain/shared/invariant.ts';
import type { BatchAnswer, EmailMessage, EmailProvider } from '#providers/ports.ts';

const TIMEOUT_MS = 30_000;

/** What nodemailer puts on its errors; `originalCode` is the system's, such as ECONNREFUSED. */
const SmtpError = z.object({ code: z.string().optional(), originalCode: z.string().optional(), responseCode: z.number().optional(), command: z.string().optional(), response: z.string().optional() });
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EDNS']);
const BEFORE_THE_MESSAGE = new Set(['EAUTH', 'ETLS', 'ENOAUTH', 'EREQUIRETLS']);

/** Opens a pooled SMTP transport for a URL such as `smtps://user:password@host:465`. */
export function openSmtp(account: { url: string }): EmailProvider {
  const transport = nodemailer.createTransport({ url: account.url, pool: true, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS });
  return {
    kind: 'smtp',
    batchLimit: 1,
    repeatable: false,
    async sendBatch({ payload }) {
      const message = payload[0];
      invariant(message !== undefined && payload.length === 1, 'SMTP takes one message per call');
      try {
        const { messageId } = await transport.sendMail(toMail(message));
        return { kind: 'answered', members: [{ messageId: message.messageId, kind: 'sent', providerMessageId: messageId }], rate: null };
      } catch (error) {
        return { ...failureOf(error, message), rate: null };
      }
    },
  };
}

function toMail({ messageId, to, from, replyTo, subject, html, text, headers }: EmailMessage) {
  const domain = /@([^\s>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return { messageId: `<${messageId}@${domain}>`, to, from, replyTo, subject, html, text, headers, disableFileAccess: true, disableUrlAccess: true };
}

function failureOf(error: unknown, { messageId }: EmailMessage): BatchAnswer {
  const { code = 'unknown', originalCode = code, responseCode, command, response } = SmtpError.catch({}).parse(error);
  if (NO_CONNECTION.has(originalCode) || BEFORE_THE_MESSAGE.has(code)) return { kind: 'unavailable', reason: originalCode };
  if (code === 'EENVELOPE' && command === 'API') return refused(messageId, 'EENVELOPE', 'the address is not one');
  if (responseCode !== undefined && responseCode >= 500 && command !== 'CONN') return refused(messageId, String(responseCode), response ?? 'refused');
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'unavailable', reason: `SMTP ${responseCode}` };
  return { kind: 'ambiguous', reason: code };
}

function refused(messageId: string, code: string, reason: string): BatchAnswer {
  return { kind: 'answered', members: [{ messageId, kind: 'refused', code, reason, permanent: true }] };
}
