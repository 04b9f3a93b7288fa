/**
 * The vendor of letters and calls: people of the house. What is handed to it lies on a batch of letters or on the list of calls until somebody says
 * what became of it. It keeps rows once per message, so the same batch may be handed over again.
 */
import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { loadMessages, type MessageRow } from '#db/queries/messages.ts';
import type { ConsentPurpose } from '#domain/customers/consent.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import { lockHeads, readNow } from '#engine/burst/gather.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import type { Vendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';
import { withdrawDeniedCalls } from '#engine/withdraw-calls.ts';
import { insertTasks } from '#engine/write-tasks.ts';

type Of<C extends Payload['channel']> = Extract<Payload, { channel: C }>;
const LETTERS_AT_ONCE = 100;
const LETTERS_AND_DIGITS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** What a letter carries so that an answer names it (§9.8): eight letters and digits that no two are taken for each other, the same for the same message. */
export const replyCodeOf = (messageId: string): string =>
  [...createHash('sha256').update(messageId).digest().subarray(0, CODE_LENGTH)].map((byte) => LETTERS_AND_DIGITS.charAt(byte % LETTERS_AND_DIGITS.length)).join('');

/** Opens it for one workspace. */
export function houseVendor(engine: Engine, workspaceId: string): Vendor {
  return {
    kind: 'house', batchLimit: LETTERS_AT_ONCE, repeatable: true,
    async send(_, payload) {
      await inWorkspace(engine.database, workspaceId, async (transaction) => {
        const messages = await loadMessages(transaction, payload.map(({ messageId }) => messageId));
        await lockHeads(transaction, [...new Set([...messages.values()].map(({ customerId }) => customerId))]);
        const now = await readNow(transaction, workspaceId);
        const letters = payload.filter((message) => message.channel === 'letter');
        if (letters.length > 0) await putLetters(transaction, workspaceId, letters, messages, now);
        await putCalls(transaction, workspaceId, payload.filter((message) => message.channel === 'call'), messages, now);
      });
      return { kind: 'answered', members: payload.map(({ messageId }) => ({ messageId, kind: 'taken' as const })), rate: null };
    },
  };
}

/**
 * The batch that takes letters now; a closed one takes none, so the next letter begins another. Dispatchers of one workspace wait for each other here, and
 * for whoever is closing it just now: a letter that came onto a closed batch would be on no file and said to be posted all the same.
 */
async function openBatch(transaction: Transaction, workspaceId: string, now: Instant): Promise<string> {
  await transaction`select pg_advisory_xact_lock(hashtextextended(${`letters ${workspaceId}`}, 0))`;
  const [open] = await transaction<{ id: string }[]>`select id from letter_batches where workspace_id = ${workspaceId} and state = 'open' for key share`;
  if (open) return open.id;
  const id = newId();
  await transaction`
    insert into letter_batches (id, workspace_id, number, state, created_at)
    values (${id}, ${workspaceId}, (select coalesce(max(number), 0) + 1 from letter_batches where workspace_id = ${workspaceId}), 'open', ${formatInstant(now)}::text::timestamptz)`;
  return id;
}

async function putLetters(transaction: Transaction, workspaceId: string, letters: Of<'letter'>[], messages: ReadonlyMap<string, MessageRow>, now: Instant): Promise<void> {
  const batchId = await openBatch(transaction, workspaceId, now);
  await insertRows(transaction, 'letters', letters.flatMap(({ messageId, to, recipient, text, variables, transactional }) => {
    const message = messages.get(messageId);
    if (!message) return [];
    return [{
      message_id: messageId, workspace_id: workspaceId, batch_id: batchId, customer_id: message.customerId, reply_code: replyCodeOf(messageId), address: to, recipient, text, variables, transactional,
      state: 'onBatch', created_at: formatInstant(now),
    }];
  }), 'ignore');
}

/** Who has said no between the last check and now: both hold the head, so whichever comes second sees the other. */
const saidNo = async (transaction: Transaction, customerIds: string[]): Promise<{ customerId: string; purpose: ConsentPurpose }[]> =>
  transaction<{ customerId: string; purpose: ConsentPurpose }[]>`
    select "customerId", purpose from (select distinct on (customer_id, purpose) customer_id as "customerId", purpose, state from consents
      where customer_id = any(${customerIds}) and channel = 'call' order by customer_id, purpose, id desc) c where state = 'denied'`;

/** A call stays on the list though its journey ends: it has been handed over. What it is about is its message's to say. */
async function putCalls(transaction: Transaction, workspaceId: string, calls: Of<'call'>[], messages: ReadonlyMap<string, MessageRow>, now: Instant): Promise<void> {
  const known = calls.flatMap((call) => {
    const message = messages.get(call.messageId);
    return message ? [{ call, message }] : [];
  });
  if (known.length === 0) return;
  await insertTasks(transaction, { id: workspaceId, storeZones: new Map() }, known.map(({ call, message }) => ({
    key: message.key, kind: 'call', customerId: message.customerId, title: message.journeyName ?? message.category, note: call.text, assignedTo: 'anyone', storeId: null, adviser: null, memberId: null,
    createdAt: now, dueAt: null, from: null, eventId: null, messageId: message.id,
  })));
  await withdrawDeniedCalls(transaction, workspaceId, await saidNo(transaction, known.map(({ message }) => message.customerId)));
  await transaction`
    update tasks t set journey_id = m.journey_id, version_id = m.version_id, node_id = m.node_id, visit = m.visit from messages m
     where m.id = t.message_id and t.message_id = any(${known.map(({ message }) => message.id)}::uuid[])`;
}
