/** What the simulated vendors of a sandbox received, as the page of its mailbox reads it. These tables lie outside row-level security, so each query names the workspace. */
import type { Channel } from '#domain/customers/channels.ts';
import type { Transaction } from '#db/connection.ts';
import { VendorPayload } from '#db/queries/vendor-store.ts';

export type MailRow = { id: string; seq: number; channel: Channel; recipient: string; messageId: string | null; status: string; receivedAt: Date; payload: VendorPayload };

/** Newest first, those before the number `before`; to addresses that contain `search`, in small letters. */
export async function listMail(transaction: Transaction, workspaceId: string, by: { search: string | null; before: number | null; limit: number }): Promise<MailRow[]> {
  const pattern = by.search === null ? null : `%${by.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await transaction<(Omit<MailRow, 'payload' | 'seq'> & { payload: unknown; seq: number | string })[]>`
    select id, seq, channel, recipient, message_id as "messageId", status, received_at as "receivedAt", payload from vendor_messages
     where workspace_id = ${workspaceId} and (${pattern}::text is null or lower(recipient) like ${pattern}) and (${by.before}::bigint is null or seq < ${by.before})
     order by seq desc limit ${by.limit}`;
  return rows.map((row) => ({ ...row, seq: Number(row.seq), payload: VendorPayload.parse(row.payload) }));
}

/** The address of a message of this workspace, or null. */
export async function findMail(transaction: Transaction, workspaceId: string, id: string): Promise<{ channel: string; recipient: string } | null> {
  const [row] = await transaction<{ channel: string; recipient: string }[]>`select channel, recipient from vendor_messages where workspace_id = ${workspaceId} and id = ${id}`;
  return row ?? null;
}

/** Where the simulated vendors of this workspace are reached; null when it has none. */
export async function findVendorUrl(transaction: Transaction): Promise<string | null> {
  const [row] = await transaction<{ url: string | null }[]>`select config ->> 'baseUrl' as url from provider_accounts where config ->> 'baseUrl' is not null order by channel limit 1`;
  return row?.url ?? null;
}
