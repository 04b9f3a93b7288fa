/** The developers' guide says only what works: its commands are run as they stand, against the router and the door of connectors, and so are its lines for webhooks. */
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { inWorkspace } from '#db/connection.ts';
import { PRESTASHOP } from '#domain/connectors/ready/prestashop.ts';
import { parseId } from '#domain/shared/ids.ts';
import { parseInstant } from '#domain/shared/time.ts';
import { webhookBody } from '#domain/webhooks/webhook-body.ts';
import type { Engine } from '#engine/engine.ts';
import { handleRequest } from '#app/api/handle-request.ts';
import { POST } from '#app/api/hooks/[token]/route.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { signWebhook } from '#providers/sign-webhook.ts';
import { openTestApi, type TestApi } from '#tests/harness/test-api.ts';

const run = promisify(execFile);
const read = (name: string): string => readFileSync(new URL(`../../docs/guides/${name}`, import.meta.url), 'utf8');
const blocks = (guide: string): string[] => [...guide.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([whole]) => whole);
const blockOf = (language: string): string => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(read('developer.md'))?.[1] ?? '';
const commands = (guide: string): string => [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join('\n');

let api: TestApi;
let server: Server;
let url: string;
// The process's own engine, as temporal/web-engine.ts keeps it.
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };

async function answer(engine: Engine, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part as Uint8Array));
  const headers = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  const request = new Request(`${url}${incoming.url}`, { method: incoming.method ?? 'GET', headers, ...(parts.length > 0 && { body: Buffer.concat(parts) }) });
  const [, token] = /^\/api\/hooks\/(.+)$/.exec(incoming.url ?? '') ?? [];
  const response = token ? await POST(request, { params: Promise.resolve({ token }) }) : await handleRequest(engine, request, { routes: ALL_ROUTES, limiter: createRateLimiter({ perSecond: 100, burst: 100 }) });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}

beforeAll(async () => {
  api = await openTestApi();
  server = createServer((incoming, outgoing) => void answer({ ...api.engine, publicUrl: url }, incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  kept.parcoursWebEngine = { ...api.engine, publicUrl: url };
});
afterAll(async () => {
  delete kept.parcoursWebEngine;
  await new Promise((resolve) => server.close(resolve));
  await api.close();
});

it('§11.4 §11.5 the commands of the developers’ guide do what it says, as they stand', async () => {
  const workspaceId = await api.makeWorkspace('guided');
  const script = `set -euo pipefail\n${commands(read('developer.md'))}\necho; echo "$SECRET"`;
  const { stdout } = await run('bash', ['-c', script], { env: { ...process.env, PARCOURS_URL: url, PARCOURS_KEY: await api.makeKey(workspaceId, ['webhooks:read', 'webhooks:write']) } });
  expect(stdout).toContain('"state":"accepted","post":"cpo_');
  expect(stdout).toContain('"id":"booking-A17"');
  expect(stdout.trim().split('\n').at(-1)).toMatch(/^whsec_/);
  const events = await inWorkspace(api.database, workspaceId, (transaction) => transaction<{ type: string }[]>`select event_id, type, properties ->> 'amountMinor' as amount from events`);
  expect(events).toMatchObject([{ event_id: 'woo-727', type: 'purchase', amount: '5400' }]);
});

const SECRET = `whsec_${Buffer.from('a secret of the guide, kept safe').toString('base64')}`;
const Shown = z.object({ type: z.string(), timestamp: z.string(), data: z.object({ eventId: z.string(), customer: z.object({ id: z.string(), externalId: z.string() }), store: z.string(), acceptedAt: z.string(), sandbox: z.boolean(), properties: z.record(z.string(), z.unknown()) }) });

/** What leaves for the event of the guide's example. */
function sendExample() {
  const example: unknown = JSON.parse(blockOf('json'));
  const { type, timestamp, data } = Shown.parse(example);
  const body = webhookBody({
    type, occurredAt: parseInstant(timestamp) ?? 0, acceptedAt: parseInstant(data.acceptedAt) ?? 0, id: parseId('event', data.eventId) ?? '',
    customerId: parseId('customer', data.customer.id), externalId: data.customer.externalId, store: data.store, properties: data.properties,
  }, data.sandbox);
  return { example, body, headers: signWebhook({ id: 'wbh_1', body, at: new Date() }, [SECRET]) };
}

it('§11.5 a webhook looks as the guide shows it, and the guide’s own lines believe it and no other', async () => {
  const { example, body, headers } = sendExample();
  const receive = (received: string) => run(process.execPath, ['--input-type=module', '-e', `const [body, headers] = JSON.parse(process.env.RECEIVED);\n${blockOf('js')}\nconsole.log(JSON.stringify(said));`], { env: { ...process.env, PARCOURS_WEBHOOK_SECRET: SECRET, RECEIVED: JSON.stringify([received, headers]) } });
  expect(JSON.parse((await receive(body)).stdout)).toEqual(example);
  await expect(receive(body.replace('welcome', 'another'))).rejects.toThrow('No matching signature found');
});

it('§11.5 whoever checks a webhook by hand, as the guide says, comes to the same signature', () => {
  const { body, headers } = sendExample();
  const made = createHmac('sha256', Buffer.from(SECRET.slice('whsec_'.length), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  expect(headers['webhook-signature'].split(' ')).toContain(`v1,${made}`);
});

it('the guide’s module for PrestaShop posts all that the mapping reads, but the date of birth', () => {
  const reads = [...JSON.stringify(PRESTASHOP.mapping).matchAll(/[$#](?:\.\w+)*\.(\w+)/g)].map(([, field = '']) => field);
  const posted = blockOf('php');
  expect([...new Set(reads)].filter((field) => !posted.includes(`'${field}'`))).toEqual(['birthday']);
});

it('the guide says the same commands in both languages', () => {
  const [english, french] = [blocks(read('developer.md')), blocks(read('developer.fr.md'))];
  expect(french).toEqual(english);
  expect(english.length).toBeGreaterThan(10);
});
