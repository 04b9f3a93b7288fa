/** The key comes before the write: the first to insert an event's id owns it for ever, everyone later is told what the first was told (§1.3). */
import { createHash } from 'node:crypto';
import type { Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';
import type { IngestAnswer } from './answer.ts';

export type Keyed = { id: string; input: unknown };

const hashOf = (input: unknown): string => createHash('sha256').update(canonicalBody(input)).digest('hex');

/** `instead`: what to say of an input that must not be taken. `follows`: which earlier input of the same batch one repeats; it is answered like it. */
export type Claimed = { instead: Map<Keyed, IngestAnswer>; follows: Map<Keyed, Keyed> };

/** Claims the ids in sorted order (unordered batches deadlock). */
export async function claimKeys(transaction: Transaction, workspaceId: string, keyed: Keyed[], now: Instant): Promise<Claimed> {
  const instead = new Map<Keyed, IngestAnswer>();
  const firsts = new Map<string, { item: Keyed; hash: string }>();
  const repeats: { item: Keyed; hash: string }[] = [];
  for (const item of keyed) {
    const hash = hashOf(item.input);
    if (firsts.has(item.id)) repeats.push({ item, hash });
    else firsts.set(item.id, { item, hash });
  }
  const sorted = [...firsts.values()].sort((a, b) => (a.item.id < b.item.id ? -1 : 1));
  const [, rows] = await Promise.all([
    insertRows(transaction, 'event_keys', sorted.map(({ item, hash }) => ({
      workspace_id: workspaceId, event_id: item.id, body_hash: `\\x${hash}`, accepted_at: formatInstant(now), answer: { claimed: true },
    })), 'ignore'),
    transaction<{ event_id: string; hash: string; answer: IngestAnswer & { claimed?: true } }[]>`
      select event_id, encode(body_hash, 'hex') as hash, answer from event_keys where event_id = any(${sorted.map(({ item }) => item.id)})`,
  ]);
  const stored = new Map(rows.map((row) => [row.event_id, row]));
  const tellConflict = (item: Keyed): void => {
    instead.set(item, {
      id: item.id, status: 'rejected',
      problems: [{ code: 'event.conflict', message: 'Another event was sent under this id: give each event its own.', path: ['id'] }],
    });
  };
  for (const { item, hash } of sorted) {
    const known = stored.get(item.id)!;
    if (known.answer.claimed) continue;
    if (known.hash === hash) instead.set(item, { ...known.answer, id: item.id, status: 'duplicate' });
    else tellConflict(item);
  }
  const follows = new Map<Keyed, Keyed>();
  for (const { item, hash } of repeats) {
    const first = firsts.get(item.id)!;
    if (first.hash === hash) follows.set(item, first.item);
    else tellConflict(item);
  }
  return { instead, follows };
}

/** Writes the answers beside the keys, in the same transaction. */
export async function keepAnswers(transaction: Transaction, answers: { id: string; customerId: string | null; answer: IngestAnswer }[]): Promise<void> {
  if (answers.length === 0) return;
  const rows = answers.map(({ id, customerId, answer }) => ({ event_id: id, customer_id: customerId, answer }));
  await transaction`
    update event_keys k set customer_id = n.customer_id, answer = n.answer
    from jsonb_to_recordset(${transaction.json(rows as never)}) n(event_id text, customer_id uuid, answer jsonb)
    where k.event_id = n.event_id and k.event_id = any(${rows.map((row) => row.event_id)})`;
}
