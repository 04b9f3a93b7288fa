/** The router over a database of a test's own, without a server: two workspaces with a key each, and a call that is a request. */
import { createWorkspace, type NewWorkspaceInput } from '#db/create-workspace.ts';
import { openDatabase, type Database } from '#db/connection.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES, type Scope } from '#engine/commands/scopes.ts';
import type { Engine } from '#engine/engine.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { handleRequest, type RouterOptions } from '#app/api/handle-request.ts';
import { createRateLimiter } from '#app/api/rate-limit.ts';
import { ALL_ROUTES } from '#app/api/v1/routes/all-routes.ts';
import { createTestDatabase } from '#tests/harness/test-database.ts';
import { z } from 'zod';

const Json = z.record(z.string(), z.unknown());
export type Answered = { status: number; body: Record<string, unknown>; headers: Headers };
export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answered>;
export type TestApi = {
  engine: Engine; database: Database; url: string;
  makeWorkspace: (slug: string, changes?: Partial<NewWorkspaceInput>) => Promise<string>;
  makeKey: (workspaceId: string, scopes?: readonly Scope[]) => Promise<string>;
  callerOf: (key: string, options?: Partial<RouterOptions>) => Call;
  close: () => Promise<void>;
};

export async function openTestApi(): Promise<TestApi> {
  const test = await createTestDatabase();
  const database = openDatabase(test.url, { maximumConnections: 6 });
  const engine: Engine = { database, timer: { arm: async () => [], armAlarms: async () => [], armImports: async () => [] }, hintRouters: () => {}, publicUrl: 'http://127.0.0.1:3000', secret: 'a secret of thirty-two characters', vendorAccounts: {} };
  const limiter = createRateLimiter({ perSecond: 10_000, burst: 10_000 });
  return {
    engine, database, url: test.url,
    makeWorkspace: (slug, changes = {}) => createWorkspace(database, { slug, name: slug, brand: 'Les Petits', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', ...changes }),
    makeKey: async (workspaceId, scopes = SCOPE_NAMES) => (await runInWorkspace(engine, { workspaceId, actor: 'test' }, ({ command }) => createApiKey(command, { name: 'test', scopes }))).key,
    callerOf: (key, options = {}) => async (method, path, body, headers = {}) => {
      const request = new Request(`http://127.0.0.1:3000/api/v1${path}`, {
        method, headers: { authorization: `Bearer ${key}`, ...headers }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : body instanceof Uint8Array ? new Blob([new Uint8Array(body)]) : JSON.stringify(body) }),
      });
      const response = await handleRequest(engine, request, { routes: ALL_ROUTES, limiter, checksAnswers: true, log: { error: (...line: unknown[]) => console.error(JSON.stringify(line)) }, ...options });
      return { status: response.status, headers: response.headers, body: response.headers.get('content-type')?.startsWith('text/csv') ? { csv: await response.text() } : Json.parse(await response.json()) };
    },
    async close() {
      await database.end();
      await test.drop();
    },
  };
}
