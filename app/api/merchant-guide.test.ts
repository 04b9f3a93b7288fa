/** The merchants' guide says only what works: its commands are run as they stand. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Language } from '#components/words/languages.ts';
import type { Engine } from '#engine/engine.ts';
import { handleRequest } from '#app/api/handle-request.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { POST } from '#app/api/till/pair/route.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

const run = promisify(execFile);
const read = (name: string): string => readFileSync(new URL(`../../docs/guides/${name}`, import.meta.url), 'utf8');
const GUIDES: Record<Language, string> = { en: read('merchant.md'), fr: read('merchant.fr.md') };
const commands = (guide: string): string => [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n');

let api: TestApi;
let server: Server;
let url: string;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part as Uint8Array));
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  const request = new Request(`${url}${incoming.url}`, { method: incoming.method ?? 'GET', headers, ...(parts.length > 0 && { body: Buffer.concat(parts) }) });
  const response = incoming.url === '/api/till/pair' ? await POST(request) : await handleRequest(api.engine, request, { routes: ALL_ROUTES, limiter: createRateLimiter({ perSecond: 100, burst: 100 }) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}

beforeAll(async () => {
  api = await openTestApi();
  kept.parcoursWebEngine = api.engine;
  server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

it('§11.6 the commands of the merchants’ guide do what it says, as they stand', async () => {
  const workspaceId = await api.makeWorkspace('kept-shop');
  await api.callerOf(await api.makeKey(workspaceId))('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' });
  const { stdout } = await run('bash', ['-c', `set -euo pipefail\n${commands(GUIDES.en)}`], { env: { ...process.env, PARCOURS_URL: url, STORE: 'lyon', PARCOURS_KEY: await api.makeKey(workspaceId, ['tills:read', 'tills:write']) } });
  expect(stdout).toContain('"till":{"id":"til_');
  expect(stdout).toMatch(/"tills":\[\{"id":"til_\w+","name":"Counter 1","pairedAt":"2/);
  expect(stdout).toContain('"name":"Nadia"');
  expect(stdout).toContain('"joined":0');
});

it('both languages of it run the same commands', () => {
  expect(commands(GUIDES.fr)).toBe(commands(GUIDES.en));
});
