/** The one way to Temporal's client: a lazy connection, one per process, on which every call has a deadline. */
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

/**
 * Opens a client; close its `server` at the end. Nothing is connected before the first call, and a server that is away only fails calls. The SDK's
 * own retries are left out, which outlive deadlines and the connection itself: whoever calls has a sweep or a loop that tries again.
 */
export const openTemporalClient = ({ address, namespace }: TemporalAddress): TemporalClient =>
  new TemporalClient(Connection.lazy({ address, connectTimeout: CALL_DEADLINE_MS, interceptors: [] }), namespace);

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
