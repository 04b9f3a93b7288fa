/** Commands: take a batch of letters to the post, say that it was posted, and say that a letter came back (NPAI, §13.7). */
import { listLetterBatches, listLetters, findLetter, type LetterBatchRow, type LetterRow } from '#db/queries/letters.ts';
import { formatId } from '#domain/shared/ids.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { settleHouseMessages, type HouseOutcome } from '#engine/settle-house-message.ts';
import { suppressAddress } from '#engine/stop-address.ts';
import { audit, type CommandContext } from './command-context.ts';

const unknown = () => new PermanentError('letters.unknown', 'There is no such batch of letters, or no letter with this reply code.');
const wrongState = (message: string) => new PermanentError('letters.state', message);

type LockedBatch = { batch: LetterBatchRow; letters: LetterRow[]; held: Set<string>; now: Instant };

/** The batch under lock, with the customers of its letters locked first, as everywhere. Not among `held` is whoever's letter came while we waited: nobody waits for a head while holding the batch. */
async function lockBatch({ transaction, workspaceId }: CommandContext, batchId: string): Promise<LockedBatch> {
  const held = new Set((await listLetters(transaction, batchId)).map(({ customerId }) => customerId));
  await lockHeads(transaction, [...held]);
  await transaction`select from letter_batches where id = ${batchId} for update`;
  const [batch] = await listLetterBatches(transaction, { id: batchId, limit: 1 });
  if (!batch) throw unknown();
  return { batch, letters: await listLetters(transaction, batchId), held, now: await readNow(transaction, workspaceId) };
}

type Withdrawal = { messageId: string; customerId: string; reason: string };

/** Whose word or address has changed since: nothing leaves against it (§6.7). */
async function findWithdrawals({ transaction, workspaceId }: CommandContext, batchId: string): Promise<Withdrawal[]> {
  return transaction<Withdrawal[]>`
    select l.message_id as "messageId", l.customer_id as "customerId", case when s.reason is not null then 'unreachable.' || s.reason else 'consent.denied' end as reason
      from letters l
      left join suppressions s on s.workspace_id = ${workspaceId} and s.channel = 'letter' and s.address = l.address
      left join lateral (select state from consents c where c.customer_id = l.customer_id and c.channel = 'letter' and c.purpose = case when l.transactional then 'transactional' else 'marketing' end order by c.id desc limit 1) c on true
     where l.batch_id = ${batchId} and l.state = 'onBatch' and (s.reason is not null or c.state = 'denied')`;
}

/** Closes a batch: it takes no more letters, and whoever has said no meanwhile, or whose mail came back, is taken out. Answers how many events were kept. */
export async function closeLetterBatch(context: CommandContext, batchId: string): Promise<{ withdrawn: number; events: number }> {
  const { transaction, workspaceId, actor } = context;
  const { batch, held, now } = await lockBatch(context, batchId);
  if (batch.state !== 'open') throw wrongState('This batch is closed already: download it again, or say that it was posted.');
  // A letter that has just come passed the last check a moment ago.
  const withdrawals = (await findWithdrawals(context, batchId)).filter(({ customerId }) => held.has(customerId));
  await transaction`update letters set state = 'withdrawn' where message_id = any(${withdrawals.map(({ messageId }) => messageId)}::uuid[])`;
  await transaction`update letter_batches set state = 'closed', closed_at = ${formatInstant(now)}::text::timestamptz, closed_by = ${actor} where id = ${batchId}`;
  const events = await settleHouseMessages(transaction, workspaceId, withdrawals.map(({ messageId, reason }): HouseOutcome => ({ messageId, status: 'suppressed', reason: { code: reason }, counts: false })), now);
  await audit(context, { action: 'letters.close', subject: formatId('letterBatch', batchId), after: { number: batch.number, letters: batch.letters - withdrawals.length, withdrawn: withdrawals.length } });
  return { withdrawn: withdrawals.length, events };
}

/** The letters of a closed batch, for the file. Taking it is written down, because it holds addresses. */
export async function exportLetterBatch(context: CommandContext, batchId: string): Promise<LetterRow[]> {
  const [batch] = await listLetterBatches(context.transaction, { id: batchId, limit: 1 });
  if (!batch) throw unknown();
  if (batch.state === 'open') throw wrongState('Close the batch first, so that the file stays the same.');
  const letters = (await listLetters(context.transaction, batchId)).filter(({ state }) => state !== 'withdrawn');
  await audit(context, { action: 'letters.export', subject: formatId('letterBatch', batchId), after: { number: batch.number, letters: letters.length } });
  return letters;
}

/** Says that the letters of a closed batch were posted: each is sent. */
export async function postLetterBatch(context: CommandContext, batchId: string): Promise<{ events: number }> {
  const { transaction, workspaceId, actor } = context;
  const { batch, letters, held, now } = await lockBatch(context, batchId);
  if (letters.some(({ customerId }) => !held.has(customerId))) throw wrongState('This batch is being closed just now: download it first.');
  if (batch.state !== 'closed') throw wrongState(batch.state === 'open' ? 'Close the batch and download it first.' : 'This batch was posted already.');
  await transaction`update letters set state = 'posted' where batch_id = ${batchId} and state = 'onBatch'`;
  await transaction`update letter_batches set state = 'posted', posted_at = ${formatInstant(now)}::text::timestamptz, posted_by = ${actor} where id = ${batchId}`;
  const sent = letters.filter(({ state }) => state === 'onBatch').map(({ messageId }): HouseOutcome => ({ messageId, status: 'sent', reason: null, counts: true }));
  const events = await settleHouseMessages(transaction, workspaceId, sent, now);
  await audit(context, { action: 'letters.post', subject: formatId('letterBatch', batchId), after: { number: batch.number, letters: sent.length } });
  return { events };
}

/** A letter came back: its message bounced, and nothing more goes to that address until another one is known (§13.7). Said twice, it changes nothing. */
export async function returnLetter(context: CommandContext, replyCode: string): Promise<{ events: number; customerId: string }> {
  const { transaction, workspaceId } = context;
  const letter = await findLetter(transaction, replyCode.trim().toUpperCase());
  if (!letter) throw unknown();
  if (letter.state === 'onBatch' || letter.state === 'withdrawn') throw wrongState('This letter was never posted.');
  await lockHeads(transaction, [letter.customerId]);
  const now = await readNow(transaction, workspaceId);
  await transaction`update letters set state = 'returned' where message_id = ${letter.messageId}`;
  await suppressAddress(transaction, workspaceId, { channel: 'letter', address: letter.address, reason: 'returned' }, now);
  const events = await settleHouseMessages(transaction, workspaceId, [{ messageId: letter.messageId, status: 'bounced', reason: { code: 'letter.returned' }, counts: true }], now);
  await audit(context, { action: 'letters.return', subject: formatId('customer', letter.customerId), after: { replyCode: letter.replyCode } });
  return { events, customerId: letter.customerId };
}
