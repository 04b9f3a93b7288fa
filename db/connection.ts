/** The engine's connections to Postgres: one pool of raw postgres.js per process, always in the application's role, and the one way to open a transaction. */
import postgres from 'postgres';

export type Database = postgres.Sql;
export type Transaction = postgres.TransactionSql;

/** Opens a pool in the role `parcours_app`, whoever the URL's user is, with the settings that the engine was measured with. */
export function openDatabase(url: string, options: { maximumConnections?: number; applicationName?: string; statementTimeoutMs?: number } = {}): Database {
  return postgres(url, {
    max: options.maximumConnections ?? 10,
    onnotice: () => {},
    // A server that is away is asked again soon; postgres.js would rest up to twenty seconds, long after it is back.
    backoff: () => 0.25,
    connection: {
      application_name: options.applicationName ?? 'parcours',
      statement_timeout: options.statementTimeoutMs ?? 20_000,
      idle_in_transaction_session_timeout: 60_000,
      options: '-c role=parcours_app -c plan_cache_mode=force_generic_plan',
    },
    types: {
      // 64-bit integers are amounts and event numbers, far below 2^53: read them as numbers.
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
    },
  });
}

/** Runs `work` in one transaction of one workspace: row-level security shows it this workspace's rows only. */
export async function inWorkspace<T>(database: Database, workspaceId: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const result = await database.begin(async (transaction) => {
    // Sent ahead of the work's first statement and not waited for: one connection carries statements out in order.
    const named = transaction`select set_config('app.workspace_id', ${workspaceId}, true)`.execute();
    const [value] = await Promise.all([work(transaction), named]);
    return { value };
  });
  return result.value;
}
