/** The app's own route handlers behind a small HTTP server, in this process: what a test needs of Next, with nothing built. The environment is the server's. */
import { createServer, type IncomingMessage } from 'node:http';
import { invariant } from '#domain/shared/invariant.ts';

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Response | Promise<Response>;
type Door = { path: RegExp; load: () => Promise<Record<string, unknown>> };

/** Groups of a path are the parameters of its folder's name. */
const DOORS: Door[] = [
  { path: /^\/api\/v1\//, load: () => import('#app/api/v1/[...path]/route.ts') },
  { path: /^\/api\/webhooks\/resend\/(?<endpoint>[^/]+)$/, load: () => import('#app/api/webhooks/resend/[endpoint]/route.ts') },
  { path: /^\/api\/webhooks\/twilio\/(?<endpoint>[^/]+)$/, load: () => import('#app/api/webhooks/twilio/[endpoint]/route.ts') },
  { path: /^\/l\/(?<token>[^/]+)$/, load: () => import('#app/l/[token]/route.ts') },
  { path: /^\/o\/(?<token>[^/]+)$/, load: () => import('#app/o/[token]/route.ts') },
  { path: /^\/u\/(?<token>[^/]+)$/, load: () => import('#app/u/[token]/route.ts') },
];

const isHandler = (value: unknown): value is Handler => typeof value === 'function';

async function answer(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  for (const { path, load } of DOORS) {
    const match = path.exec(pathname);
    const handler = match && (await load())[request.method];
    if (isHandler(handler)) return handler(request, { params: Promise.resolve({ ...match?.groups }) });
  }
  return new Response('no such route', { status: 404 });
}

async function toRequest(incoming: IncomingMessage, origin: string): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
  return new Request(new URL(incoming.url ?? '/', origin), { method: incoming.method ?? 'GET', headers, ...(body.length > 0 && { body }) });
}

export type ServedApp = { url: string; stop: () => Promise<void> };

/** Listens on a free port. What the handlers read of the environment is set before the first request, with `PUBLIC_URL` the server's own. */
export async function serveApp(environment: Record<string, string>): Promise<ServedApp> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const response = await toRequest(incoming, url).then(answer).catch((error: unknown) => new Response(String(error), { status: 500 }));
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      outgoing.end(Buffer.from(await response.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'a listening server has an address');
  const url = `http://127.0.0.1:${address.port}`;
  Object.assign(process.env, { ...environment, PUBLIC_URL: url });
  return {
    url,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
