/** What every measurement runs on: one Postgres that flushes its commits, one Temporal in memory, both started for it and cleared away; and rows to measure with. */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import postgres from 'postgres';
import { v7 as newId } from 'uuid';
import { findFreePort } from '#bin/free-port.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { migrate } from '#db/migrate.ts';
import { startPostgres } from '#db/server.ts';
import { openEngine, type EngineOptions, type OpenEngine } from '#temporal/open-engine.ts';
import { startTemporal } from '#temporal/server.ts';
import { startWorker, type RunningWorker, type WorkerOptions } from '#temporal/worker.ts';

export type BenchStack = {
  options: EngineOptions;
  engine: OpenEngine;
  /** Passes row-level security. */
  owner: postgres.Sql;
  work: (more?: Partial<WorkerOptions>) => RunningWorker;
  close: () => Promise<void>;
};

export async function openBenchStack(): Promise<BenchStack> {
  const folder = mkdtempSync(join(tmpdir(), 'parcours-bench-'));
  chmodSync(folder, 0o711);
  const server = await startPostgres({ dataFolder: join(folder, 'postgres'), port: await findFreePort(), durable: true });
  await migrate(server.url);
  const temporal = await startTemporal({ port: await findFreePort() });
  const options: EngineOptions = {
    databaseUrl: server.url, temporalAddress: temporal.address, temporalNamespace: 'default', publicUrl: 'http://127.0.0.1:1', secret: 'nobody follows the links of a measurement', maximumConnections: 32,
  };
  const engine = openEngine(options);
  const owner = postgres(server.url, { max: 4, onnotice: () => {} });
  return {
    options, engine, owner,
    work: (more = {}) => startWorker({ ...options, log: pino({ level: 'silent' }), ...more }),
    async close() {
      await engine.close();
      await owner.end();
      await temporal.stop();
      await server.stop();
      rmSync(realpathSync(join(folder, 'postgres')), { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const RESTING_ACCOUNT = { kind: 'resend', apiKey: 're_bench', baseUrl: 'http://127.0.0.1:1', webhookSecret: 'whsec_YmVuY2g=', from: 'Bench <hello@bench.test>' };

/** A sandbox whose clock stands. Its vendor account rests for ever, so what is planned stays in the outbox and no hand-over is measured with it. */
export async function makeBenchWorkspace({ engine, owner }: BenchStack, slug: string, standsAt: number): Promise<string> {
  const workspaceId = await createWorkspace(engine.database, { slug, name: slug, brand: 'Bench', kind: 'sandbox', currency: 'EUR', timeZone: 'Europe/Paris', country: 'FR', language: 'en', standsAt });
  await owner`insert into provider_accounts (id, workspace_id, channel, config, rate) values (${newId()}, ${workspaceId}, 'email', ${owner.json(RESTING_ACCOUNT)}, ${owner.json({ blockedUntil: Number.MAX_SAFE_INTEGER })})`;
  return workspaceId;
}

/** People with an e-mail address and consent; answers their ids. Statistics are fresh afterwards, as autovacuum keeps them in a database that lives. */
export async function addBenchPeople({ owner }: BenchStack, workspaceId: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  await owner.begin(async (transaction) => {
    await transaction`insert into customers (id, workspace_id, created_at) select c, ${workspaceId}, now() from unnest(${ids}::uuid[]) c`;
    await transaction`insert into heads (customer_id, workspace_id) select c, ${workspaceId} from unnest(${ids}::uuid[]) c`;
    await transaction`insert into customer_identifiers select ${workspaceId}, 'email', c || '@bench.test', c, 'bench', now() from unnest(${ids}::uuid[]) c`;
    await transaction`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at) select gen_random_uuid(), ${workspaceId}, c, 'marketing', 'email', 'granted', 'bench', '2020-01-01' from unnest(${ids}::uuid[]) c`;
  });
  await owner`analyze`;
  return ids;
}

export const visitOf = (id: string, email: string) => ({ id, type: 'visit', customer: { email }, properties: { page: 'boots', seconds: 12 } });

/** Units per second of work done `inFlight` at a time. */
export async function measureRate(jobs: (() => Promise<unknown>)[], unitsPerJob: number, inFlight: number): Promise<number> {
  const waiting = [...jobs];
  const since = performance.now();
  await Promise.all(Array.from({ length: inFlight }, async () => {
    for (let job = waiting.pop(); job; job = waiting.pop()) await job();
  }));
  return (jobs.length * unitsPerJob * 1_000) / (performance.now() - since);
}

export const round = (value: number, digits = 0): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The value below which this share of the sorted values lies. */
export const quantile = (sorted: number[], share: number): number => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
