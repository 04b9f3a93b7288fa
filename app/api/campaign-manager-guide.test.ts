/** The campaign managers' guide says only what works: its commands are run as they stand, with a key of the scopes that it names. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLE_SCOPES } from '#engine/commands/roles.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { handleRequest } from '#app/api/handle-request.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

const run = promisify(execFile);
const read = (name: string): string => readFileSync(new URL(`../../docs/guides/${name}`, import.meta.url), 'utf8');
const GUIDES = { en: read('campaign-manager.md'), fr: read('campaign-manager.fr.md') };
const blocks = (guide: string): string[] => [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([whole]) => whole);
const commands = (guide: string): string => [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n');
const scopesNamed = (guide: string) => SCOPE_NAMES.filter((scope) => guide.split('##')[0]?.includes(`\`${scope}\``));

let api: TestApi;
let server: Server;
let url: string;

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part as Uint8Array));
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  const request = new Request(`${url}${incoming.url}`, { method: incoming.method ?? 'GET', headers, ...(parts.length > 0 && { body: Buffer.concat(parts) }) });
  const response = await handleRequest(api.engine, request, { routes: ALL_ROUTES, limiter: createRateLimiter({ perSecond: 100, burst: 100 }) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}

beforeAll(async () => {
  api = await openTestApi();
  server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

it('the commands of the campaign managers’ guide do what it says, as they stand, with the scopes that it names', async () => {
  const workspaceId = await api.makeWorkspace('guided');
  const all = api.callerOf(await api.makeKey(workspaceId));
  await all('PUT', '/customers', { identifiers: { email: 'ines@example.org' }, profile: { firstName: 'Inès' } });
  const key = await api.makeKey(workspaceId, scopesNamed(GUIDES.en));
  const { stdout } = await run('bash', ['-c', `set -euo pipefail\n${commands(GUIDES.en)}\necho; echo "$JOURNEY"`], { env: { ...process.env, PARCOURS_URL: url, PARCOURS_KEY: key }, maxBuffer: 16_000_000 });
  const journeyId = stdout.trim().split('\n').at(-1) ?? '';
  expect((await all('GET', `/journeys/${journeyId}`)).body).toMatchObject({ status: 'live', liveVersion: { number: 1 } });
  const { body } = await all('GET', '/audit?about=journey');
  expect(JSON.stringify(body)).toContain('the stock is late');
});

it('needs no more than a campaign manager may do', () => {
  expect(scopesNamed(GUIDES.en).filter((scope) => !ROLE_SCOPES.campaignManager.includes(scope))).toEqual([]);
  expect(scopesNamed(GUIDES.fr)).toEqual(scopesNamed(GUIDES.en));
});

it('says the same commands in both languages', () => {
  expect(blocks(GUIDES.fr)).toEqual(blocks(GUIDES.en));
  expect(blocks(GUIDES.en).length).toBeGreaterThan(8);
});
