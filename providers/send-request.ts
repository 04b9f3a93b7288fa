/**
 * Makes one HTTP request of a server outside, and answers how it went as a value. The host is resolved once, every address it has is checked, and the
 * connection goes to a checked one, whatever the name says a moment later (no rebinding); TLS still proves the name. Redirects are not followed, an
 * answer has a size and a time, and nothing of it is logged.
 */
import { lookup } from 'node:dns/promises';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { readAnswerBody } from '#domain/requests/read-answer.ts';
import { LARGEST_ANSWER_BYTES } from '#domain/requests/planned-request.ts';
import type { Attempt } from '#domain/requests/retry.ts';
import { isOutside } from './outside-address.ts';

export type OutboundRequest = { method: string; address: string; headers: Record<string, string>; body: string | null; timeoutSeconds: number; /** Only the status counts: whatever the answer says is thrown away. */ ignoresBody?: true };
type Resolved = { address: string; family: number };
/** What tests put in the place of the network. */
export type Network = {
  resolve: (host: string) => Promise<Resolved[]>;
  allows: (address: string) => boolean;
  open: (url: URL, options: RequestOptions, heard: (response: IncomingMessage) => void) => ClientRequest;
};

const REAL: Network = { resolve: (host) => lookup(host, { all: true, verbatim: true }), allows: isOutside, open: (url, options, heard) => httpsRequest(url, options, heard) };

const failed = (reason: Extract<Attempt, { kind: 'failed' }>['reason']): Attempt => ({ kind: 'failed', reason });

/** `Retry-After` in seconds; a date counts from `nowMs`. */
export function readRetryAfter(value: string | undefined, nowMs: number): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - nowMs) / 1_000));
}

/** The answer's text, or null when it is too large. */
async function readLimited(response: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.byteLength;
    if (size > LARGEST_ANSWER_BYTES) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** `idempotencyKey` is the same at each attempt. */
export async function sendRequest(outbound: OutboundRequest, idempotencyKey: string, network: Network = REAL): Promise<Attempt> {
  const url = new URL(outbound.address);
  const signal = AbortSignal.timeout(outbound.timeoutSeconds * 1_000);
  let addresses: Resolved[];
  try {
    addresses = await Promise.race([network.resolve(url.hostname), new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true }))]);
  } catch {
    return failed(signal.aborted ? 'http.timeout' : 'http.unreachable');
  }
  const [chosen] = addresses;
  if (!chosen) return failed('http.unreachable');
  if (url.username !== '' || url.password !== '' || addresses.some(({ address }) => !network.allows(address))) return failed('http.forbiddenAddress');
  const headers = {
    'user-agent': 'Parcours', accept: 'application/json', 'accept-encoding': 'identity', ...outbound.headers, 'idempotency-key': idempotencyKey,
    ...(outbound.body === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(outbound.body)) }),
  };
  /** Whatever name is asked for, the answer is the address that was checked. */
  const pinned: RequestOptions['lookup'] = (_, options, done) => (options.all ? done(null, [chosen]) : done(null, chosen.address, chosen.family));
  return new Promise<Attempt>((resolve) => {
    const lost = (): void => resolve(failed(signal.aborted ? 'http.timeout' : 'http.unreachable'));
    const request = network.open(url, { method: outbound.method, headers, lookup: pinned, signal, agent: false, maxHeaderSize: 16_384 }, (response) => {
      if (outbound.ignoresBody) {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body: null, retryAfterSeconds: readRetryAfter(response.headers['retry-after'], Date.now()) });
        // Let it end in its own way: a server is not cut off in the middle of a word, nor listened to beyond its time.
        return void response.on('error', () => {}).resume();
      }
      readLimited(response).then((text) => {
        if (text !== null) return resolve({ kind: 'answered', status: response.statusCode ?? 0, body: readAnswerBody(text), retryAfterSeconds: readRetryAfter(response.headers['retry-after'], Date.now()) });
        request.destroy();
        resolve(failed('http.tooLarge'));
      }, lost);
    });
    request.on('error', lost);
    request.end(outbound.body ?? undefined);
  });
}
