/** Stands for the web server in tests of the engine: its two webhook routes only hand on. */
import { createServer, type IncomingMessage } from 'node:http';
import type { Engine } from '#engine/engine.ts';
import { receiveResendWebhook, receiveTwilioWebhook } from '#engine/receive-webhook.ts';

const readBody = async (request: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
};

/** `engine` is asked anew for each request, so that it may be made after the address is known. */
export async function serveWebhooks(engine: () => Engine): Promise<{ url: string; stop: () => Promise<void> }> {
  const web = createServer((request, response) => {
    void readBody(request).then(async (body) => {
      const path = request.url ?? '';
      const [, vendor, endpoint = ''] = /^\/api\/webhooks\/(\w+)\/([\w-]+)/.exec(path) ?? [];
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const answer = await (vendor === 'resend' ? receiveResendWebhook : receiveTwilioWebhook)(engine(), { endpoint, pathAndQuery: path, headers, body });
      response.writeHead(answer.status).end();
    }).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  return { url: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`, stop: () => new Promise((resolve) => { web.closeAllConnections(); web.close(() => resolve()); }) };
}
