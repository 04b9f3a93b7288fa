/**
 * Global setup of the project that needs Temporal: one dev server in memory per run, with our search attributes. It is always our own,
 * whatever TEMPORAL_ADDRESS says: tests must not fill somebody's cluster.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import type { TestProject } from 'vitest/node';
import { findFreePort } from '#bin/free-port.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';
import { startTemporal } from '#temporal/server.ts';
import { runFolder, TEMPORAL_PID_FILE } from '#tests/harness/run-folder.ts';

/** Starts the server and tells the test files its address; its answer stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporal({ port: await findFreePort(), say: (line) => console.log(line) });
  writeFileSync(join(runFolder(), TEMPORAL_PID_FILE), String(server.pid));
  const connection = await Connection.connect({ address: server.address });
  try {
    await registerSearchAttributes(connection, 'default');
  } finally {
    await connection.close();
  }
  project.provide('temporalAddress', server.address);
  return server.stop;
}
