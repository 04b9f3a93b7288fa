/** One customer's timeline: events, messages with their reasons, movements of points, vouchers and the steps of journeys, merged, newest first (§12.1). */
import { z } from 'zod';
import type { Transaction } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';
import { nameActors } from '#db/queries/settings.ts';
import { attachSteps } from '#db/queries/timeline-steps.ts';

export const TIMELINE_KINDS = ['event', 'message', 'points', 'voucher', 'task', 'journey'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const Row = z.object({ kind: z.enum(TIMELINE_KINDS), id: z.string(), at: z.date(), data: z.record(z.string(), z.unknown()) });
export type TimelineRow = z.infer<typeof Row>;

const idOf = (actor: string): string | null => (actor.startsWith('staff:') ? parseId('staff', actor.slice('staff:'.length)) : parseId('till', actor.replace(/^till:/, '')));

/** Whoever stood at the till, or the till, by the name of today (§11.6). */
async function nameWhoPosted(transaction: Transaction, rows: TimelineRow[]): Promise<TimelineRow[]> {
  const ids = rows.flatMap(({ data }) => (typeof data['postedBy'] === 'string' ? (idOf(data['postedBy']) ?? []) : []));
  const names = ids.length === 0 ? [] : await nameActors(transaction, [], ids);
  return rows.map((row) => {
    const { postedBy, ...data } = row.data;
    if (typeof postedBy !== 'string') return { ...row, data };
    return { ...row, data: { ...data, postedBy: names.find(({ id }) => id === idOf(postedBy))?.name ?? postedBy } };
  });
}

/**
 * Lines before `before` (an instant and an id: the last of the page before). Instants inside `data` are epoch milliseconds or ISO texts, as
 * each source keeps them; ids inside are UUIDs. What a step did says which (`drawn`: its kind, settings and the names of what they refer to). The instant of an event is when it happened, of a message when it was planned.
 */
export async function readTimeline(transaction: Transaction, customerId: string, page: { before: { at: string; id: string } | null; limit: number; kinds: readonly TimelineKind[] }): Promise<TimelineRow[]> {
  const { before, limit, kinds } = page;
  const shown = (kind: TimelineKind, at: string, id = 'id') => transaction`
    ${kinds.includes(kind)} and customer_id = ${customerId} and (${before?.at ?? null}::text::timestamptz is null or (${transaction(at)}, ${transaction(id)}) < (${before?.at ?? null}::text::timestamptz, ${before?.id ?? null}::uuid))
    order by ${transaction(at)} desc, ${transaction(id)} desc limit ${limit}`;
  const rows = await transaction`
    select kind, id, at, data from (
      (select 'event' as kind, id, occurred_at as at, jsonb_build_object('type', type, 'source', source, 'eventId', event_id, 'acceptedAt', accepted_at, 'historical', historical,
         'storeId', store_id, 'outcome', outcome, 'problem', problem, 'properties', properties, 'postedBy', posted_by) as data from events where ${shown('event', 'occurred_at')})
      union all
      (select 'message', id, planned_at, jsonb_build_object('channel', channel, 'category', category, 'status', status, 'statusAt', status_at, 'dueAt', due_at, 'reason', reason, 'lawful', lawful,
         'journeyId', journey_id, 'journeyName', (select name from journeys j where j.id = journey_id), 'nodeId', node_id, 'versionId', version_id, 'language', language, 'handedOverAt', handed_over_at, 'deliveredAt', delivered_at, 'openedAt', opened_at, 'clickedAt', clicked_at)
         from messages where ${shown('message', 'planned_at')})
      union all
      (select 'points', id, at, jsonb_build_object('programme', programme_key, 'amount', amount, 'kind', kind, 'rule', rule, 'orderId', order_id, 'lineId', line_id, 'enrollmentId', enrollment_id, 'transferKey', transfer_key)
         from postings where account = 'customer:available' and ${shown('points', 'at')})
      union all
      (select 'voucher', v.id, v.issued_at, jsonb_build_object('offer', o.key, 'code', v.code, 'status', v.status, 'offerName', o.definition -> 'name', 'validFrom', v.valid_from, 'validUntil', v.valid_until, 'redeemedAt', v.redeemed_at, 'orderId', v.order_id)
         from vouchers v join offers o on o.id = v.offer_id
        where ${kinds.includes('voucher')} and v.customer_id = ${customerId} and (${before?.at ?? null}::text::timestamptz is null or (v.issued_at, v.id) < (${before?.at ?? null}::text::timestamptz, ${before?.id ?? null}::uuid))
        order by v.issued_at desc, v.id desc limit ${limit})
      union all
      (select 'task', id, created_at, jsonb_build_object('taskKind', kind, 'title', title, 'state', state, 'dueAt', due_at, 'closedAt', closed_at, 'outcome', outcome, 'reason', reason, 'journeyId', journey_id,
         'journeyName', (select name from journeys j where j.id = journey_id), 'nodeId', node_id, 'attempts', attempts) from tasks where ${shown('task', 'created_at')})
      union all
      (select 'journey', id, at, data || jsonb_build_object('step', kind, 'journeyId', journey_id, 'journeyName', (select name from journeys j where j.id = journey_id), 'enrollmentId', enrollment_id, 'nodeId', node_id, 'versionId', version_id, 'visit', visit) from traces where ${shown('journey', 'at')})
    ) lines order by at desc, id desc limit ${limit}`;
  return attachSteps(transaction, await nameWhoPosted(transaction, rows.map((row) => Row.parse(row))));
}
