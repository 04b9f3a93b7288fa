/** Starts the simulated vendors over Postgres, as `bin/vendor-server.ts`, the demo and the tests do. */
import { openDatabase } from '#db/connection.ts';
import { openVendorStore } from '#db/queries/vendor-store.ts';
import { serveVendors, type VendorServer } from '#providers/vendor-server/serve-vendors.ts';

/** Listens on this machine, or on `host`; port 0 takes a free one. What it has accepted and owes survives a kill -9 and goes on at the next start. */
export async function startVendorServer(input: { port: number; host?: string; databaseUrl: string; ratePerSecond?: number; onError?: (error: unknown) => void }): Promise<VendorServer> {
  const database = openDatabase(input.databaseUrl, { maximumConnections: 8, applicationName: 'parcours-vendors' });
  const server = await serveVendors({
    store: openVendorStore(database),
    port: input.port,
    ...(input.host !== undefined && { host: input.host }),
    ...(input.ratePerSecond !== undefined && { ratePerSecond: input.ratePerSecond }),
    onError: input.onError ?? ((error) => console.error('vendor server:', error instanceof Error ? error.message : error)),
  }).catch(async (error: unknown) => {
    await database.end();
    throw error;
  });
  return {
    ...server,
    async stop() {
      await server.stop();
      await database.end({ timeout: 5 });
    },
  };
}
