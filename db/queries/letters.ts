/** Batches of letters and the letters on them, as the page, the export and the commands read them. */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';

export const LETTER_BATCH_STATES = ['open', 'closed', 'posted'] as const;
export type LetterBatchState = (typeof LETTER_BATCH_STATES)[number];

export type LetterBatchRow = {
  id: string; number: number; state: LetterBatchState; createdAt: Date; closedAt: Date | null; postedAt: Date | null;
  letters: number; withdrawn: number; returned: number;
};

/** Newest first, those before the number `before`; one of them when `id` is given. */
export const listLetterBatches = (transaction: Transaction, { id = null, before = null, limit }: { id?: string | null; before?: number | null; limit: number }): Promise<LetterBatchRow[]> => transaction<LetterBatchRow[]>`
  select b.id, b.number, b.state, b.created_at as "createdAt", b.closed_at as "closedAt", b.posted_at as "postedAt",
         count(l.message_id) filter (where l.state <> 'withdrawn')::int as letters, count(l.message_id) filter (where l.state = 'withdrawn')::int as withdrawn,
         count(l.message_id) filter (where l.state = 'returned')::int as returned
    from letter_batches b left join letters l on l.batch_id = b.id
   where (${id}::uuid is null or b.id = ${id}) and (${before}::int is null or b.number < ${before}) group by b.id order by b.number desc limit ${limit}`;

const Recipient = z.object({ name: z.string(), street: z.string(), postalCode: z.string(), city: z.string(), country: z.string() });
const LetterRow = z.object({
  messageId: z.string(), batchId: z.string(), customerId: z.string(), replyCode: z.string(), address: z.string(), recipient: Recipient, text: z.string(), variables: z.record(z.string(), z.string()),
  transactional: z.boolean(), state: z.enum(['onBatch', 'withdrawn', 'posted', 'returned']), language: z.string().nullable(), journeyName: z.string().nullable(),
});
export type LetterRow = z.infer<typeof LetterRow>;

const columns = (transaction: Transaction) => transaction`
  l.message_id as "messageId", l.batch_id as "batchId", l.customer_id as "customerId", l.reply_code as "replyCode", l.address, l.recipient, l.text, l.variables, l.transactional, l.state,
  m.language, j.name as "journeyName" from letters l join messages m on m.id = l.message_id left join journeys j on j.id = m.journey_id`;

/** The letters of a batch, in the order in which they came. */
export async function listLetters(transaction: Transaction, batchId: string): Promise<LetterRow[]> {
  const rows = await transaction`select ${columns(transaction)} where l.batch_id = ${batchId} order by l.message_id`;
  return rows.map((row) => LetterRow.parse(row));
}

/** The letter that carries a reply code, the latest of two; null when there is none. */
export async function findLetter(transaction: Transaction, replyCode: string): Promise<LetterRow | null> {
  const [row] = await transaction`select ${columns(transaction)} where l.reply_code = ${replyCode} order by l.message_id desc limit 1`;
  return row ? LetterRow.parse(row) : null;
}
