/** Runs the simulated vendors as a process: `VENDOR_SERVER_PORT` (default 4010), `VENDOR_SERVER_HOST` (default 127.0.0.1) and `DATABASE_URL` from the environment. Prints its address when it listens. */
import { z } from 'zod';
import { startVendorServer } from '#providers/vendor-server/start-vendor-server.ts';

const settings = z.object({ VENDOR_SERVER_PORT: z.coerce.number().int().min(0).max(65_535).default(4010), VENDOR_SERVER_HOST: z.string().regex(/^[\w.:-]+$/).default('127.0.0.1'), DATABASE_URL: z.string().min(1) }).safeParse(process.env);
if (!settings.success) {
  console.error(`The vendor server cannot start:\n${z.prettifyError(settings.error)}\nExample: VENDOR_SERVER_PORT=4010 DATABASE_URL=postgres://parcours@127.0.0.1:5432/parcours`);
  process.exit(1);
}

const server = await startVendorServer({ port: settings.data.VENDOR_SERVER_PORT, host: settings.data.VENDOR_SERVER_HOST, databaseUrl: settings.data.DATABASE_URL });
console.log(`vendor server ${server.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop().then(() => process.exit(0)));
}
