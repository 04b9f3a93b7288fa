/**
 * The simulated vendors of sandboxes and tests: one HTTP server that speaks Resend's and Twilio's API to their
 * own SDKs, and as a push service does, and shows what customers received. It also sends the webhooks that fall due, every 100 ms and on `POST /callbacks/run`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { openDeliverer } from '#providers/vendor-server/deliver-callbacks.ts';
import { answerDomains } from '#providers/vendor-server/domains-api.ts';
import { actOnMessage, listMailbox, replyBySms } from '#providers/vendor-server/mailbox-api.ts';
import { acceptPush } from '#providers/vendor-server/push-api.ts';
import { acceptEmails } from '#providers/vendor-server/resend-api.ts';
import { acceptSms } from '#providers/vendor-server/twilio-api.ts';
import { invariant } from '#domain/shared/invariant.ts';
import type { VendorStore } from '#db/queries/vendor-store.ts';
import type { VendorAnswer, VendorRequest } from '#providers/vendor-server/vendor-answer.ts';

const POLL_MS = 100;
const MAXIMUM_BODY_BYTES = 20_000_000;

/** `settled` is true when no webhook is due and none is under way. */
export type VendorServer = { url: string; stop: () => Promise<void>; settled: () => Promise<boolean> };

/** Serves until `stop`. Port 0 takes a free one; without `host` only this machine reaches it. `ratePerSecond` is what the rate headers state, and what is enforced, per API key. */
export async function serveVendors(input: { store: VendorStore; port: number; host?: string; ratePerSecond?: number; onError: (error: unknown) => void }): Promise<VendorServer> {
  const { store, onError } = input;
  const deliverer = openDeliverer(store);
  const limitRate = rateLimiter(input.ratePerSecond ?? 1_000);
  await store.releaseClaims();

  async function route(method: string, request: VendorRequest): Promise<VendorAnswer> {
    const call = `${method} ${request.path}`;
    if (call === 'POST /emails' || call === 'POST /emails/batch') {
      const rate = limitRate(request.headers.authorization ?? '');
      if (rate.exceeded) return { status: 429, headers: { ...rate.headers, 'retry-after': '1' }, body: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' } };
      const answer = await acceptEmails(store, deliverer, request, call === 'POST /emails/batch');
      return 'reset' in answer ? answer : { ...answer, headers: { ...rate.headers, ...answer.headers } };
    }
    const domains = await answerDomains(store, method, request);
    if (domains) return domains;
    const sms = /^POST \/2010-04-01\/Accounts\/(\w+)\/Messages\.json$/.exec(call);
    if (sms?.[1]) return acceptSms(store, deliverer, request, sms[1]);
    const browser = /^POST \/push\/([\w-]{1,100})$/.exec(call);
    if (browser?.[1]) return acceptPush(store, request, browser[1]);
    if (call === 'GET /mailbox') return listMailbox(store, request);
    if (call === 'POST /mailbox/reply') return replyBySms(store, deliverer, request);
    const act = /^POST \/mailbox\/([\w-]+)\/(open|click|complain)$/.exec(call);
    if (act?.[1] && act[2]) return actOnMessage(store, deliverer, act[1], act[2], request);
    if (call === 'POST /callbacks/run') {
      await deliverer.run();
      return { status: 200, body: { settled: await deliverer.settled() } };
    }
    if (call === 'GET /healthz') return { status: 200, body: { settled: await deliverer.settled() } };
    return { status: 404, body: { message: 'no such route' } };
  }

  const server = createServer((incoming, response) => {
    readRequest(incoming).then((request) => route(incoming.method ?? 'GET', request)).then((answer) => write(response, answer)).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(input.port, input.host ?? '127.0.0.1', resolve));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'a listening server has an address');
  const stopPolling = poll(() => deliverer.run(), onError);
  return {
    url: `http://127.0.0.1:${address.port}`,
    settled: deliverer.settled,
    async stop() {
      await stopPolling();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs `work` again and again with a pause between; the returned function ends it and waits for the run under way. */
function poll(work: () => Promise<void>, onError: (error: unknown) => void): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let current = Promise.resolve();
  const turn = () => {
    current = work().catch(onError).then(() => {
      if (!stopped) timer = setTimeout(turn, POLL_MS);
    });
  };
  turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return current;
  };
}

/** Counts requests per key in seconds of machine time, as the `ratelimit-*` headers tell them. */
function rateLimiter(ratePerSecond: number) {
  const windows = new Map<string, { second: number; used: number }>();
  return (key: string) => {
    const second = Math.floor(Date.now() / 1_000);
    const found = windows.get(key);
    const window = found?.second === second ? found : { second, used: 0 };
    windows.set(key, window);
    window.used += 1;
    const headers = { 'ratelimit-limit': String(ratePerSecond), 'ratelimit-remaining': String(Math.max(0, ratePerSecond - window.used)), 'ratelimit-reset': '1' };
    return { exceeded: window.used > ratePerSecond, headers };
  };
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > MAXIMUM_BODY_BYTES) throw new Error('the request is too long');
    chunks.push(buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://vendor');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
  return { path: url.pathname, query: url.searchParams, headers, body: Buffer.concat(chunks).toString('utf8'), bytes: Buffer.concat(chunks) };
}

function write(response: ServerResponse, answer: VendorAnswer): void {
  if ('reset' in answer) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(answer.body));
}
