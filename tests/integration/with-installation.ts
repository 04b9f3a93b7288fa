/** What tests of the whole product begin with: the app, a worker and the vendors on a database of their own, and a sandbox of the brand Lutin at ten in the morning of a Tuesday. */
import pino from 'pino';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { z } from 'zod';
import { inWorkspace, openDatabase } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { startWorker } from '#temporal/worker.ts';
import { TEST_SECRET } from '#tests/harness/builders.ts';
import { createTestDatabase } from '#tests/harness/test-database.ts';
import { serveApp } from '#tests/integration/served-app.ts';
import { until } from '#tests/integration/sleeping-brand.ts';

const TEN_O_CLOCK = Date.UTC(2026, 5, 16, 8);
const Json = z.record(z.string(), z.unknown());
const Mailbox = z.object({ messages: z.array(z.object({ id: z.string(), channel: z.string(), to: z.string(), subject: z.string().nullable(), html: z.string().nullable(), text: z.string().nullable(), status: z.string() })) });

export type Installation = {
  /** A request of the API with a key that may do everything; an answer that is an error fails the test. */
  call: (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>;
  /** Moves the sandbox's clock forward and waits until all that happens on the way has; answers the jump. */
  jump: (bySeconds: number) => Promise<Record<string, unknown>>;
  /** What the vendors hold for an address. */
  mailsTo: (address: string) => Promise<z.infer<typeof Mailbox>['messages']>;
  /** The reader's mail program shows a mail, and the vendor tells of it. */
  openMail: (id: string) => Promise<unknown>;
};

/** Opens it before the tests of a file, hands it over by `take`, and closes it after. */
export function withInstallation(take: (installation: Installation) => void): void {
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const made = await createTestDatabase();
    closing.push(() => made.drop());
    const database = openDatabase(made.url, { maximumConnections: 2 });
    closing.push(() => database.end({ timeout: 5 }));
    const vendors = await startVendorServer({ port: 0, databaseUrl: made.url });
    closing.push(() => vendors.stop());
    const temporalAddress = inject('temporalAddress');
    const app = await serveApp({ DATABASE_URL: made.url, TEMPORAL_ADDRESS: temporalAddress, PARCOURS_SECRET: TEST_SECRET, VENDOR_SERVER_URL: vendors.url, LOG_LEVEL: 'silent' });
    closing.push(() => app.stop());
    const worker = startWorker({ databaseUrl: made.url, temporalAddress, temporalNamespace: 'default', publicUrl: app.url, secret: TEST_SECRET, vendorServerUrl: vendors.url, taskQueue: `test-${made.name}`, log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }) });
    closing.push(() => worker.stop());
    const workspaceId = await createWorkspace(database, {
      slug: 'lutin', name: 'Lutin', brand: 'Lutin', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'fr', clockOffsetMs: TEN_O_CLOCK - Date.now(), publicUrl: app.url, vendorServerUrl: vendors.url,
    });
    const { key } = await inWorkspace(database, workspaceId, (transaction) => createApiKey({ transaction, workspaceId, actor: 'test' }, { name: 'test', scopes: SCOPE_NAMES }));
    const call: Installation['call'] = async (method, path, body) => {
      const response = await fetch(`${app.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
      const answer = Json.parse(await response.json());
      expect(response.status, `${method} ${path}: ${JSON.stringify(answer)}`).toBeLessThan(300);
      return answer;
    };
    take({
      call,
      async jump(bySeconds) {
        const { jumpId } = await call('POST', '/clock/jump', { bySeconds });
        return until('the jump is over', async () => {
          const jump = await call('GET', `/clock/jumps/${String(jumpId)}`);
          return jump['state'] !== 'running' && jump;
        }, 60_000);
      },
      mailsTo: async (address) => Mailbox.parse(await (await fetch(`${vendors.url}/mailbox?to=${encodeURIComponent(address)}`)).json()).messages,
      openMail: (id) => fetch(`${vendors.url}/mailbox/${id}/open`, { method: 'POST', body: '{}' }),
    });
  });
  afterAll(async () => {
    for (const close of closing.reverse()) await close();
  });
}
