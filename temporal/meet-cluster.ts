/**
 * Makes a Temporal cluster ready for us, and finds out whether it is the one we knew. Another one (its data was lost, or the address
 * changed) knows none of our sleeping workflows, so every cohort is armed anew: Postgres is the truth.
 */
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import type { Database } from '#db/connection.ts';
import { type TemporalClient, withinDeadline } from '#temporal/client.ts';
import { registerSearchAttributes } from '#temporal/register-search-attributes.ts';

const ALREADY_EXISTS = 6;
const RETENTION_MS = 3 * 86_400_000;

/** The id of the cluster that answers now; it differs after the server lost its data. */
export async function readClusterId(client: Client): Promise<string> {
  const { clusterId } = await withinDeadline(client, () => client.workflowService.getClusterInfo({}));
  return clusterId;
}

async function registerNamespace(client: Client): Promise<void> {
  const { namespace } = client.options;
  try {
    await withinDeadline(client, () => client.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(RETENTION_MS) }));
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== ALREADY_EXISTS) throw error;
  }
}

/** Registers namespace and search attributes, then remembers the cluster. Answers its id, and whether cohorts had to be disarmed. */
export async function meetCluster(client: TemporalClient, database: Database): Promise<{ clusterId: string; isAnother: boolean }> {
  const clusterId = await readClusterId(client);
  await registerNamespace(client);
  await registerSearchAttributes(client.server, client.options.namespace);
  const [row] = await database<{ isAnother: boolean }[]>`select meet_temporal_cluster(${clusterId}) as "isAnother"`;
  return { clusterId, isAnother: row?.isAnother ?? false };
}
