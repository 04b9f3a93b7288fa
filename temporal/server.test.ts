import { Client, Connection } from '@temporalio/client';
import { expect, inject, it } from 'vitest';
import { findFreePort } from '#bin/free-port.ts';
import { registerSearchAttributes, SEARCH_ATTRIBUTES } from '#temporal/register-search-attributes.ts';
import { startTemporal } from '#temporal/server.ts';

it('takes a workflow that carries our search attributes, registered twice', async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  await registerSearchAttributes(connection, 'default');
  const client = new Client({ connection });
  const handle = await client.workflow.start('nobodyRunsIt', {
    workflowId: 'search-attributes',
    taskQueue: 'nobody-listens',
    searchAttributes: Object.fromEntries(SEARCH_ATTRIBUTES.map((name) => [name, ['x']])),
  });
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await handle.terminate();
  await connection.close();
});

it('says in one sentence when the port is taken by another server', async () => {
  const port = Number(inject('temporalAddress').split(':')[1]);
  await expect(startTemporal({ port })).rejects.toThrow('something listens');
});

it('stops what it started', async () => {
  const server = await startTemporal({ port: await findFreePort() });
  await server.stop();
  expect(await server.exited).not.toBeUndefined();
  await expect(Connection.connect({ address: server.address, connectTimeout: 500 })).rejects.toThrow();
});
