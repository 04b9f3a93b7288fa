/**
 * Stage 4, dispatch: SMS and WhatsApp through Twilio's own SDK, one message per call. Creating a message is not idempotent (§7.3): whatever may have
 * been accepted comes back as `ambiguous`, and only what certainly was not comes back as `unavailable` or `rateLimited`.
 */
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type Response from 'twilio/lib/http/response.js';
import { z } from 'zod';
import { readRetryAfterSeconds } from '#providers/rate-headers.ts';
import type { SmsMessage, SmsOutcome, SmsProvider } from '#providers/ports.ts';

const API_HOST = 'https://api.twilio.com';
/** How Twilio writes an address on WhatsApp. https://www.twilio.com/docs/whatsapp/api */
export const WHATSAPP = 'whatsapp:';
const TIMEOUT_MS = 30_000;
const QUEUE_FULL_RETRY_SECONDS = 60;

/** https://www.twilio.com/docs/api/errors: what a refusal is about, by code. Any other 400 concerns this one message. */
export const TWILIO_ERRORS: Record<number, 'recipient' | 'account' | 'rate' | 'queue'> = {
  20003: 'account', // authentication failed
  20404: 'account', // no such account
  20429: 'rate', // too many requests
  21211: 'recipient', // invalid number
  21212: 'account', // invalid sender
  21408: 'account', // country not permitted
  21603: 'account', // no sender
  21606: 'account', // sender cannot send SMS
  21610: 'recipient', // unsubscribed
  21611: 'queue', // the sender's queue is full
  21614: 'recipient', // not a mobile number
  30001: 'queue', // queue overflow
  63003: 'recipient', // no such WhatsApp address
  63007: 'account', // no WhatsApp sender with this address
  63016: 'recipient', // free text outside of a conversation: only approved content may begin one
  63024: 'recipient', // not on WhatsApp
};

/** Connection errors that come before a byte of the request has left. */
const NOTHING_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']);

const RestError = z.object({ status: z.number(), code: z.number().optional(), message: z.string().optional() });
const NetworkError = z.object({ code: z.string() });

/** The SDK has no base URL: its client asks this one, which swaps the host and keeps what a 429 says of waiting. */
class VendorClient extends twilio.RequestClient {
  readonly #baseUrl: string;
  constructor(baseUrl: string | undefined) {
    // A reused connection that the other side has just closed looks like an ambiguous send: a fresh one per message does not.
    super({ timeout: TIMEOUT_MS, keepAlive: false });
    this.#baseUrl = (baseUrl ?? API_HOST).replace(/\/$/, '');
  }

  override async request<T>(options: RequestClient.RequestOptions<T>): Promise<Response<T>> {
    const response = await super.request<T>({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, this.#baseUrl) });
    if (response.statusCode === 429) throw new RateLimited(readRetryAfterSeconds(response.headers ?? {}, 1));
    return response;
  }
}

class RateLimited extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super('rate limited');
  }
}

/** Opens Twilio; `baseUrl` points it at another server that speaks its API. */
export function openTwilio(account: { accountSid: string; authToken: string; baseUrl?: string }): SmsProvider {
  const client = twilio(account.accountSid, account.authToken, { httpClient: new VendorClient(account.baseUrl) });
  return {
    kind: 'twilio',
    repeatable: false,
    async send(message: SmsMessage): Promise<SmsOutcome> {
      const at = (address: string): string => (message.channel === 'whatsapp' ? WHATSAPP + address : address);
      try {
        const { sid } = await client.messages.create({
          to: at(message.to),
          ...('from' in message.sender ? { from: at(message.sender.from) } : message.sender),
          ...(message.content ? { contentSid: message.content.sid, contentVariables: JSON.stringify(message.content.variables) } : { body: message.body }),
          validityPeriod: message.validitySeconds,
          statusCallback: message.statusCallbackUrl,
        });
        return sid ? { kind: 'sent', providerMessageId: sid } : { kind: 'ambiguous', reason: 'the answer names no message' };
      } catch (error) {
        return outcomeOf(error);
      }
    },
  };
}

function outcomeOf(error: unknown): SmsOutcome {
  if (error instanceof RateLimited) return { kind: 'rateLimited', retryAfterSeconds: error.retryAfterSeconds };
  const rest = RestError.safeParse(error);
  if (rest.success) return refusalOf(rest.data);
  const network = NetworkError.safeParse(error);
  if (network.success && NOTHING_LEFT.has(network.data.code)) return { kind: 'unavailable', reason: network.data.code };
  return { kind: 'ambiguous', reason: network.success ? network.data.code : 'unreadable answer' };
}

function refusalOf({ status, code, message }: z.infer<typeof RestError>): SmsOutcome {
  if (status >= 500 || status < 400 || status === 408) return { kind: 'ambiguous', reason: `HTTP ${status}` };
  const about = code === undefined ? undefined : TWILIO_ERRORS[code];
  const reason = `${code ?? status}: ${message ?? 'refused'}`;
  if (about === 'rate') return { kind: 'rateLimited', retryAfterSeconds: 1 };
  if (about === 'queue') return { kind: 'rateLimited', retryAfterSeconds: QUEUE_FULL_RETRY_SECONDS };
  if (about === 'account' || (about === undefined && status !== 400)) return { kind: 'unavailable', reason };
  return { kind: 'refused', code: String(code ?? status), reason: message ?? 'refused', permanent: true };
}
