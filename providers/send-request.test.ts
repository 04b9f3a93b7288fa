import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readRetryAfter, sendRequest, type Network } from './send-request.ts';

let server: Server | undefined;
afterEach(() => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())));

/** A server on this machine that stands for one outside: the name leads to it, and this machine's address is allowed. */
async function outside(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<Network & { asked: string[]; looked: number }> {
  const listening = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => answer(request, response, Buffer.concat(parts).toString()));
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const network = {
    asked: [] as string[], looked: 0,
    resolve: async (host: string) => { network.asked.push(host); return [{ address: '127.0.0.1', family: 4 }]; },
    allows: (each: string) => { network.looked += 1; return each === '127.0.0.1'; },
    open: (url: URL, options: object, heard: (response: IncomingMessage) => void) => httpRequest(new URL(`http://${url.hostname}:${port}${url.pathname}${url.search}`), options, heard),
  };
  return network;
}

const ask = { method: 'POST', address: 'https://shop.example.com/x?y=1', headers: { authorization: 'Bearer s' }, body: '{"a":1}', timeoutSeconds: 5 };

describe('a request outside (§4.3)', () => {
  it('carries its body and its idempotency key, and answers with status and parsed JSON', async () => {
    const network = await outside((request, response, body) => {
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ method: request.method, url: request.url, body, key: request.headers['idempotency-key'], type: request.headers['content-type'], authorization: request.headers.authorization, host: request.headers.host?.split(':')[0] }));
    });
    expect(await sendRequest(ask, 'e:n:1', network)).toEqual({
      kind: 'answered', status: 201, retryAfterSeconds: null,
      body: { method: 'POST', url: '/x?y=1', body: '{"a":1}', key: 'e:n:1', type: 'application/json', authorization: 'Bearer s', host: 'shop.example.com' },
    });
  });

  it('goes to the address that was checked, although the name leads inside a moment later: it is resolved once (no rebinding)', async () => {
    const network = await outside((_, response) => response.end('{}'));
    const answers = [[{ address: '127.0.0.1', family: 4 }], [{ address: '169.254.169.254', family: 4 }]];
    const rebinding = { ...network, resolve: async (host: string) => { network.asked.push(host); return answers.shift() ?? []; } };
    expect(await sendRequest(ask, 'k', rebinding)).toMatchObject({ kind: 'answered', status: 200 });
    expect(network.asked).toEqual(['shop.example.com']);
    expect(await sendRequest(ask, 'k', rebinding)).toEqual({ kind: 'failed', reason: 'http.forbiddenAddress' });
  });

  it('goes nowhere when one of several addresses lies inside, nor when there is none', async () => {
    let opened = 0;
    const network: Network = { resolve: async () => [{ address: '1.1.1.1', family: 4 }, { address: '::ffff:10.0.0.1', family: 6 }], allows: (address) => address === '1.1.1.1', open: () => { opened += 1; throw new Error('opened'); } };
    expect(await sendRequest(ask, 'k', network)).toEqual({ kind: 'failed', reason: 'http.forbiddenAddress' });
    expect(await sendRequest(ask, 'k', { ...network, resolve: async () => [] })).toEqual({ kind: 'failed', reason: 'http.unreachable' });
    expect(await sendRequest(ask, 'k', { ...network, resolve: async () => { throw new Error('ENOTFOUND'); } })).toEqual({ kind: 'failed', reason: 'http.unreachable' });
    expect(opened).toBe(0);
  });

  it('follows no redirect, and reads no answer beyond 64 kB', async () => {
    const network = await outside((request, response) => {
      if (request.url === '/x?y=1') response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
      else response.end('x'.repeat(70_000));
    });
    expect(await sendRequest(ask, 'k', network)).toMatchObject({ kind: 'answered', status: 302 });
    expect(await sendRequest({ ...ask, address: 'https://shop.example.com/large' }, 'k', network)).toEqual({ kind: 'failed', reason: 'http.tooLarge' });
  });

  it('asks for the status alone when it says so, however much is answered, and lets the server end', async () => {
    let ended = false;
    const network = await outside((request, response) => {
      if (request.url === '/endless') response.writeHead(200).write('x');
      else response.writeHead(202).end('x'.repeat(70_000), () => { ended = true; });
    });
    expect(await sendRequest({ ...ask, ignoresBody: true }, 'k', network)).toEqual({ kind: 'answered', status: 202, body: null, retryAfterSeconds: null });
    await expect.poll(() => ended).toBe(true);
    expect(await sendRequest({ ...ask, address: 'https://shop.example.com/endless', ignoresBody: true, timeoutSeconds: 0.3 }, 'k', network)).toMatchObject({ status: 200 });
    server?.closeAllConnections();
  });

  it('waits no longer than its time, and says when nobody is there', async () => {
    const network = await outside(() => {});
    expect(await sendRequest({ ...ask, timeoutSeconds: 0.2 }, 'k', network)).toEqual({ kind: 'failed', reason: 'http.timeout' });
    server?.closeAllConnections();
    const nobody: Network = { ...network, open: (_, options, heard) => httpRequest('http://shop.example.com:1/', options, heard) };
    expect(await sendRequest(ask, 'k', nobody)).toEqual({ kind: 'failed', reason: 'http.unreachable' });
  });

  it('reads when to come back, as seconds or as a date', () => {
    expect(readRetryAfter('120', 0)).toBe(120);
    expect(readRetryAfter(new Date(90_000).toUTCString(), 30_000)).toBe(60);
    expect(readRetryAfter('soon', 0)).toBeNull();
    expect(readRetryAfter(undefined, 0)).toBeNull();
  });
});
