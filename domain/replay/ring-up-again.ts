/** The till of a replay: a customer's purchases and returns rung up once more from their stored events, by the programmes in force now. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import type { CustomerEvent } from '#domain/events/customer-event.ts';
import { parseEvent } from '#domain/events/parse-event.ts';
import type { Transfer } from '#domain/loyalty/ledger.ts';
import { spanOf, Till } from '#domain/loyalty/till.ts';
import { formatInstant } from '#domain/shared/time.ts';
import type { FiguresAfter, StoredHistory } from './stored-history.ts';

/** Own events in the order of their numbers, each return by others at its place among them: of what came at one instant, in the order of the ids. */
function atTheTill({ events, returnsByOthers }: StoredHistory): CustomerEvent[] {
  const all: CustomerEvent[] = [];
  const others = [...returnsByOthers];
  const takeUntil = (isBefore: (other: CustomerEvent) => boolean): void => {
    for (let next = others[0]; next && isBefore(next); next = others[0]) {
      all.push({ ...next, no: all.at(-1)?.no ?? 0 });
      others.shift();
    }
  };
  for (const event of events) {
    takeUntil(({ acceptedAt, id }) => acceptedAt < event.acceptedAt || (acceptedAt === event.acceptedAt && id < event.id));
    all.push(event);
  }
  takeUntil(() => true);
  return all;
}

/** The figures after each event and every movement of points. A return of somebody else's order changes nothing here. */
export function ringUpAgain(stored: StoredHistory): { figures: FiguresAfter[]; transfers: Transfer[] } {
  const { factsNow: { customerId }, rules, storeNames, storeZones, currency } = stored;
  const till = new Till({ programmes: rules.programmes, timeZone: rules.timeZone }, new Map());
  till.knowFigures(customerId, CustomerFigures.parse({}));
  const figures: FiguresAfter[] = [];
  for (const { id, no, type, source, occurredAt, acceptedAt, storeId, historical, properties } of atTheTill(stored)) {
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
