/** Inserts many rows of one table in one statement; Postgres reads the values by the table's own column types. */
import type { JSONValue } from 'postgres';
import type { Transaction } from './connection.ts';

/** Instants are handed over as ISO texts; every row has the same columns. No row, no statement. */
export async function insertRows(transaction: Transaction, table: string, rows: Record<string, unknown>[], conflict: 'fail' | 'ignore' = 'fail'): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.keys(first);
  await transaction`
    insert into ${transaction(table)} (${transaction(columns)})
    select ${transaction(columns)} from jsonb_populate_recordset(null::${transaction(table)}, ${transaction.json(rows as unknown as JSONValue)})
    ${conflict === 'ignore' ? transaction`on conflict do nothing` : transaction``}`;
}
