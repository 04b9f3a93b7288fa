/** The till of a replay: a customer's purchases and returns rung up once more from their stored events, by the programmes in force now. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import { parseEvent } from '#domain/events/parse-event.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import { spanOf, Till } from '#domain/loyalty/till.ts';
import { formatInstant } from '#domain/shared/time.ts';
import type { FiguresAfter, StoredHistory } from './stored-history.ts';

/** The figures after each event and every movement of points. A return of somebody else's order changes nothing here. */
export function ringUpAgain({ factsNow: { customerId }, rules, events, storeNames, storeZones, currency }: StoredHistory): { figures: FiguresAfter[]; transfers: Transfer[] } {
  const till = new Till({ programmes: rules.programmes, timeZone: rules.timeZone }, new Map());
  till.knowFigures(customerId, CustomerFigures.parse({}));
  const figures: FiguresAfter[] = [];
  for (const { id, no, type, source, occurredAt, acceptedAt, storeId, historical, properties } of events) {
    if (source !== 'merchant') continue;
    const store = storeId === null ? null : storeNames.get(storeId);
    const parsed = parseEvent(
      { id, type, occurredAt: formatInstant(occurredAt), customer: { id: customerId }, properties, historical, ...(store ? { store } : {}) },
      { now: acceptedAt, currency, country: rules.country, closedTypes: null },
    );
    if (parsed.outcome !== 'accepted' || parsed.event.body === null) continue;
    const { event } = parsed;
    const taken = { event, uuid: id, customerId, zone: storeId === null ? null : (storeZones.get(storeId) ?? null) };
    if (event.body?.kind === 'purchase') till.buy(taken, event.body.purchase);
    else if (event.body?.kind === 'return') {
      till.bringBack(taken, event.body.back.orderId, (owner, without) => spanOf(till.standing(owner).filter(({ orderId }) => orderId !== without).map((order) => order.occurredAt)), new Set([customerId]));
    }
    const after = till.figuresOf(customerId);
    if (after) figures.push({ no, figures: after });
  }
  return { figures, transfers: [...till.posted] };
}
