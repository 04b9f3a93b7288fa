/** The one pen of the pressure ledger, for bursts and dispatch; the caller holds the customers' heads (§5.5). */
import type { JSONValue } from 'postgres';
import type { Transaction } from '#db/connection.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { formatInstant } from '#domain/shared/time.ts';

type Line = { customerId: string; messageKey: string };

/** Puts each entry in the place of what the ledger held for its message; one that does not count is taken out (§5.9). */
export async function putEntries(transaction: Transaction, workspaceId: string, lines: { customerId: string; entry: LedgerEntry }[]): Promise<void> {
  const counting = lines.filter(({ entry }) => entry.counts).map(({ customerId, entry }) => ({
    message_key: entry.messageKey, workspace_id: workspaceId, customer_id: customerId, entry, at: formatInstant(entry.at), state: entry.state,
  }));
  if (counting.length > 0) {
    await transaction`
      insert into pressure_entries select * from jsonb_populate_recordset(null::pressure_entries, ${transaction.json(counting as JSONValue)})
      on conflict (customer_id, message_key) do update set entry = excluded.entry, at = excluded.at, state = excluded.state`;
  }
  await deleteEntries(transaction, lines.filter(({ entry }) => !entry.counts).map(({ customerId, entry }) => ({ customerId, messageKey: entry.messageKey })));
}

/** Takes out what will never be sent (§5.12) and has what pressure holds for these customers looked at again (§5.18). */
export async function releaseReservations(transaction: Transaction, workspaceId: string, lines: Line[]): Promise<void> {
  const released = await deleteEntries(transaction, lines);
  if (released.length === 0) return;
  await transaction`
    update outbox set not_before = least(not_before, workspace_now(${workspaceId}))
     where customer_id = any(${released}) and state = 'held' and held_by = 'pressure'`;
}

/** Whether the vendor has it after all, or nobody knows: unknown stays counted (§5.12). */
export async function setEntryStates(transaction: Transaction, lines: Line[], state: 'handedOver' | 'unknown'): Promise<void> {
  if (lines.length === 0) return;
  await transaction`
    update pressure_entries p set state = ${state}, entry = jsonb_set(p.entry, '{state}', to_jsonb(${state}::text))
      from unnest(${lines.map((line) => line.customerId)}::uuid[], ${lines.map((line) => line.messageKey)}::text[]) t(customer_id, message_key)
     where p.customer_id = t.customer_id and p.message_key = t.message_key`;
}

/** Turns what was about to leave back into a reservation: the vendor has not taken it. */
export async function reserveAgain(transaction: Transaction, lines: Line[]): Promise<void> {
  if (lines.length === 0) return;
  await transaction`
    update pressure_entries p set state = 'reserved', entry = jsonb_set(p.entry, '{state}', '"reserved"')
      from unnest(${lines.map((line) => line.customerId)}::uuid[], ${lines.map((line) => line.messageKey)}::text[]) t(customer_id, message_key)
     where p.customer_id = t.customer_id and p.message_key = t.message_key`;
}

async function deleteEntries(transaction: Transaction, lines: Line[]): Promise<string[]> {
  if (lines.length === 0) return [];
  const rows = await transaction<{ customer_id: string }[]>`
    delete from pressure_entries p using unnest(${lines.map((line) => line.customerId)}::uuid[], ${lines.map((line) => line.messageKey)}::text[]) t(customer_id, message_key)
     where p.customer_id = t.customer_id and p.message_key = t.message_key returning p.customer_id`;
  return [...new Set(rows.map((row) => row.customer_id))];
}
