/** One customer's pressure ledger from an instant on: what left, what is reserved, what is unknown (§5.12). */
import type { Transaction } from '#db/connection.ts';
import { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export async function readLedger(transaction: Transaction, customerId: string, since: Instant): Promise<LedgerEntry[]> {
  const rows = await transaction<{ entry: unknown; at: Date; state: string }[]>`
    select entry, at, state from pressure_entries where customer_id = ${customerId} and at >= ${formatInstant(since)}::text::timestamptz order by at, message_key`;
  return rows.map(({ entry, at, state }) => LedgerEntry.parse({ ...(typeof entry === 'object' ? entry : {}), at: at.getTime(), state }));
}
