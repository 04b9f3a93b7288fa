/**
 * One request of a push service. Its address came from outside, so the host is resolved once, every address it has is checked, and the connection goes to a
 * checked one; redirects are not followed, and nothing of the answer but its status and two headers is read.
 */
import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isOutside } from './outside-address.ts';
import { readRetryAfter } from './send-request.ts';

const TIMEOUT_MS = 20_000;
/** Connection errors that come before a byte of the request has left. */
const NOTHING_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT']);

export type PushPost = { endpoint: string; headers: Record<string, string>; body: Buffer };
/** `forbidden`: the address lies inside; `unreachable`: nothing has left; `lost`: it may have been taken. */
export type PushAnswer = { kind: 'answered'; status: number; retryAfterSeconds: number | null; location: string | null } | { kind: 'forbidden'; reason: string } | { kind: 'unreachable'; reason: string } | { kind: 'lost'; reason: string };
type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveHost: Resolve = (host) => lookup(host, { all: true, verbatim: true });
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'no answer');

/** `inside` is the address of a simulated push service on this machine: then that one alone is spoken to. */
export async function postPush({ endpoint, headers, body }: PushPost, inside: string | null, resolve: Resolve = resolveHost): Promise<PushAnswer> {
  const url = new URL(endpoint);
  if (inside === null ? url.protocol !== 'https:' : url.origin !== new URL(inside).origin) return { kind: 'forbidden', reason: 'another place' };
  let pinned: RequestOptions['lookup'];
  if (inside === null) {
    const found = await resolve(url.hostname.replace(/^\[|\]$/g, '')).catch(() => []);
    const [chosen] = found;
    if (!chosen) return { kind: 'unreachable', reason: 'no such host' };
    if (found.some(({ address }) => !isOutside(address))) return { kind: 'forbidden', reason: 'an address inside' };
    pinned = (_, options, done) => (options.all ? done(null, [chosen]) : done(null, chosen.address, chosen.family));
  }
  return new Promise((settle) => {
    const options: RequestOptions = { method: 'POST', headers: { ...headers, 'content-length': String(body.byteLength) }, agent: false, maxHeaderSize: 16_384, signal: AbortSignal.timeout(TIMEOUT_MS), ...(pinned && { lookup: pinned }) };
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
      settle({ kind: 'answered', status: response.statusCode ?? 0, retryAfterSeconds: readRetryAfter(response.headers['retry-after'], Date.now()), location: response.headers.location ?? null });
      response.destroy();
    });
    request.on('error', (error) => settle(NOTHING_LEFT.has(codeOf(error)) ? { kind: 'unreachable', reason: codeOf(error) } : { kind: 'lost', reason: codeOf(error) }));
    request.end(body);
  });
}
