/**
 * Writes what a customer says of being contacted (§6.4). Whatever is not yet handed over asks again under the
 * same lock, so an opt-out is obeyed from its commit on (§6.7); a call that lies on the list already is taken off it.
 */
import { v7 } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { insertRows } from '#db/insert-rows.ts';
import { Consent } from '#domain/customers/consent.ts';
import { formatInstant } from '#domain/shared/time.ts';
import { appendSystemEvents } from '#engine/append-system-events.ts';
import { lockHeads } from '#engine/burst/gather.ts';
import type { Engine } from '#engine/engine.ts';
import { withdrawDeniedCalls } from '#engine/withdraw-calls.ts';

export type ConsentChange = Consent & { customerId: string };

/** Appends each change that differs from what is in force, with its event, which is history when `historical`. The caller holds the heads of these customers; answers how many events were kept. */
export async function applyConsents(transaction: Transaction, workspaceId: string, changes: ConsentChange[], historical = false): Promise<number> {
  if (changes.length === 0) return 0;
  const rows = await transaction<{ customer_id: string; purpose: string; channel: string; state: string }[]>`
    select distinct on (customer_id, purpose, channel) customer_id, purpose, channel, state from consents
     where customer_id = any(${changes.map((change) => change.customerId)}) order by customer_id, purpose, channel, id desc`;
  const inForce = new Map(rows.map((row) => [`${row.customer_id} ${row.purpose} ${row.channel}`, row.state]));
  const news = changes.filter((change) => {
    const key = `${change.customerId} ${change.purpose} ${change.channel}`;
    const differs = inForce.get(key) !== change.state;
    inForce.set(key, change.state);
    return differs;
  });
  await insertRows(transaction, 'consents', news.map((change) => ({
    id: v7(), workspace_id: workspaceId, customer_id: change.customerId, purpose: change.purpose, channel: change.channel, state: change.state,
    source: change.source, wording_version: change.wordingVersion ?? null, proof: change.proof ?? null, at: formatInstant(change.at),
  })));
  const withdrawn = await withdrawDeniedCalls(transaction, workspaceId, news.filter(({ channel, state }) => channel === 'call' && state === 'denied'));
  return withdrawn + await appendSystemEvents(transaction, workspaceId, news.map(({ customerId, purpose, channel, state, source, at }) => ({
    customerId, type: 'consent.changed', occurredAt: at, historical, properties: { purpose, channel, state, source },
  })));
}

/** The same in a transaction of its own, for a page or the API. */
export async function changeConsents(engine: Engine, workspaceId: string, changes: ConsentChange[]): Promise<void> {
  const events = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await lockHeads(transaction, [...new Set(changes.map((change) => change.customerId))]);
    return applyConsents(transaction, workspaceId, changes);
  });
  if (events > 0) engine.hintRouters();
}
