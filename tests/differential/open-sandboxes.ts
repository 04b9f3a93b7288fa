/** Servers of one process for drawn cases in production form: an engine, a worker, the simulated vendors and the pages they call back, over one database and one Temporal. */
import pino from 'pino';
import postgres from 'postgres';
import { openEngine, type OpenEngine } from '#temporal/open-engine.ts';
import { startWorker } from '#temporal/worker.ts';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';
import { startCustomerSite } from '#tests/harness/customer-site.ts';

export type Sandboxes = { engine: OpenEngine; owner: postgres.Sql; publicUrl: string; vendorServerUrl: string; close: () => Promise<void> };

export async function openSandboxes(servers: { databaseUrl: string; temporalAddress: string; taskQueue: string }): Promise<Sandboxes> {
  const site = await startCustomerSite();
  const vendors = await startVendorServer({ port: 0, databaseUrl: servers.databaseUrl });
  const options = { ...servers, temporalNamespace: 'default', publicUrl: site.url, secret: 'a secret of thirty-two characters', maximumConnections: 20 };
  const engine = openEngine(options);
  site.serve(engine);
  const owner = postgres(servers.databaseUrl, { max: 4, onnotice: () => {} });
  const worker = startWorker({ ...options, log: pino({ level: process.env['TEST_LOG'] ?? 'silent' }), vendorServerUrl: vendors.url });
  return {
    engine, owner, publicUrl: site.url, vendorServerUrl: vendors.url,
    async close() {
      await worker.stop();
      await vendors.stop();
      await site.stop();
      await engine.close();
      await owner.end();
    },
  };
}
