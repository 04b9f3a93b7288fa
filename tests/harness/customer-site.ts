/** The pages that vendors and customers reach (webhooks, links, the pixel) on a plain local server, for tests that need the engine's half of the web server and no Next. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Engine } from '#engine/engine.ts';
import { followClick, followOpen } from '#engine/follow-link.ts';
import { receiveResendWebhook, receiveTwilioWebhook, type WebhookAnswer } from '#engine/receive-webhook.ts';

export type CustomerSite = { url: string; serve: (engine: Engine) => void; stop: () => Promise<void> };

/** Listens on a free port; what it is asked is answered by the engine that `serve` names, whose public address this is. */
export async function startCustomerSite(port = 0): Promise<CustomerSite> {
  let engine: Engine | null = null;
  const server = createServer((incoming, response) => {
    readBody(incoming).then((body) => answer(engine, incoming, body)).then(({ status, location }) => {
      response.writeHead(status, location ? { location } : {});
      response.end();
    }).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address !== 'object') throw new Error('a listening server has an address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    serve: (named) => void (engine = named),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

async function answer(engine: Engine | null, incoming: IncomingMessage, body: string): Promise<{ status: number; location?: string }> {
  const pathAndQuery = incoming.url ?? '/';
  const [, room, first = '', second = ''] = new URL(pathAndQuery, 'http://site').pathname.split('/');
  if (!engine) return { status: 503 };
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]));
  const webhook = (receive: typeof receiveResendWebhook, endpoint: string): Promise<WebhookAnswer> => receive(engine, { endpoint, pathAndQuery, headers, body });
  if (room === 'api' && first === 'webhooks') return webhook(second === 'resend' ? receiveResendWebhook : receiveTwilioWebhook, pathAndQuery.split(/[/?]/)[4] ?? '');
  if (room === 'l') {
    const location = await followClick(engine, first);
    return location ? { status: 302, location } : { status: 404 };
  }
  if (room === 'o') await followOpen(engine, first);
  return { status: 200 };
}
