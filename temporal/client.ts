/** The one way to Temporal's client: one lazy connection per address and process, on which every call has a deadline. */
import { Client, Connection } from '@temporalio/client';

export type TemporalAddress = { address: string; namespace: string };

/** A client that keeps its connection at hand, for what only the connection can do. */
export class TemporalClient extends Client {
  constructor(
    readonly server: Connection,
    namespace: string,
  ) {
    super({ connection: server, namespace });
  }
}

const CALL_DEADLINE_MS = 3_000;
const clients = new Map<string, TemporalClient>();

/** The client of this process. Nothing is connected before the first call, and a server that is away only fails calls. */
export function temporalClient({ address, namespace }: TemporalAddress): TemporalClient {
  const key = `${address}/${namespace}`;
  const client = clients.get(key) ?? new TemporalClient(Connection.lazy({ address, connectTimeout: CALL_DEADLINE_MS }), namespace);
  clients.set(key, client);
  return client;
}

/** Closes the connection of this process, at its end. */
export async function closeTemporalClient({ address, namespace }: TemporalAddress): Promise<void> {
  const key = `${address}/${namespace}`;
  const client = clients.get(key);
  clients.delete(key);
  await client?.server.close();
}

/** Makes calls that fail after three seconds at most, the connecting included; a bare call to a server that is away takes eighteen. */
export async function withinDeadline<T>(client: Client, calls: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Temporal did not answer within ${CALL_DEADLINE_MS / 1_000} s`)), CALL_DEADLINE_MS);
  });
  try {
    return await Promise.race([client.withDeadline(Date.now() + CALL_DEADLINE_MS, calls), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
