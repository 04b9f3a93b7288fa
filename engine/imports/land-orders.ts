/** Brings past purchases and returns in, as the events that a till would have posted: they count, earn by the rules of their day, and enter nobody unless asked (§1.11). */
import type { Transaction } from '#db/connection.ts';
import { gatherPurchases, gatherReturns, type OrderEvent, type Placed } from '#domain/imports/gather-orders.ts';
import type { PurchaseRow, ReturnRow } from '#domain/imports/read-row.ts';
import { ingestWithin } from '#engine/ingest-events.ts';
import { count, newLanding, unknownStore, type LandedProblem, type Landing, type LandingContext } from './landing.ts';

/** Rows of stores that are there. */
function ofKnownStores<R extends PurchaseRow | ReturnRow>({ workspace }: LandingContext, rows: Placed<R>[], landing: Landing): Placed<R>[] {
  return rows.filter(({ line, row: { store } }) => {
    if (store === null || workspace.storeIds.has(store)) return true;
    landing.problems.set(line, [unknownStore(store)]);
    return false;
  });
}

/** Which of these orders are there, and of which of them by a file: the key of its event is claimed. */
async function findOrders(transaction: Transaction, events: OrderEvent[]): Promise<{ known: Set<string>; byFile: Set<string> }> {
  const [orders, keys] = await Promise.all([
    transaction<{ order_id: string }[]>`select order_id from orders where order_id = any(${events.map(orderIdOf)})`,
    transaction<{ event_id: string }[]>`select event_id from event_keys where event_id = any(${events.map(idOf)})`,
  ]);
  return { known: new Set(orders.map(({ order_id }) => order_id)), byFile: new Set(keys.map(({ event_id }) => event_id)) };
}

const DIFFERS: LandedProblem = { field: 'orderId', code: 'import.orderDiffers', message: 'The order was brought in before and says something else now: its lines have to follow one another, and a file changes no order that is there.' };

const refuse = (landing: Landing, { lines }: OrderEvent, problem: LandedProblem): void => lines.forEach((line) => landing.problems.set(line, [problem]));

/** Posts what is left of the events, and counts the rows of each by its answer. */
async function post({ transaction, workspace }: LandingContext, events: OrderEvent[], landing: Landing): Promise<void> {
  const { answers } = await ingestWithin(transaction, workspace.id, events.map(({ event }) => event));
  answers.forEach(({ status, problems = [] }, index) => {
    const order = events[index];
    if (!order) return;
    const [first] = problems;
    if (status === 'accepted') count(landing, 'created', order.lines.length);
    else if (status === 'duplicate') count(landing, 'left.same', order.lines.length);
    else if (first?.code === 'event.conflict') refuse(landing, order, DIFFERS);
    else refuse(landing, order, { field: null, code: first?.code ?? 'event.rejected', message: first?.message ?? '' });
  });
  if (answers.some(({ status }) => status === 'accepted')) landing.events += 1;
}

export async function landPurchases(context: LandingContext, rows: Placed<PurchaseRow>[]): Promise<Landing> {
  const landing = newLanding();
  const { transaction, workspace, settings } = context;
  const events = gatherPurchases(ofKnownStores(context, rows, landing), { currency: workspace.currency, historical: !settings.startsJourneys });
  const { known, byFile } = await findOrders(transaction, events);
  const fitting = events.filter((order) => {
    const currency = currencyOf(order);
    if (known.has(orderIdOf(order)) && !byFile.has(idOf(order))) count(landing, 'left.known', order.lines.length);
    else if (currency !== workspace.currency) refuse(landing, order, { field: 'currency', code: 'import.currency', message: `The workspace counts in ${workspace.currency}, and this is in ${currency}.`, figures: { currency: workspace.currency, other: currency } });
    else return true;
    return false;
  });
  await post(context, fitting, landing);
  return landing;
}

export async function landReturns(context: LandingContext, rows: Placed<ReturnRow>[]): Promise<Landing> {
  const landing = newLanding();
  const events = gatherReturns(ofKnownStores(context, rows, landing), { historical: !context.settings.startsJourneys });
  const { known } = await findOrders(context.transaction, events);
  const fitting = events.filter((order) => {
    if (known.has(orderIdOf(order))) return true;
    refuse(landing, order, { field: 'orderId', code: 'import.orderUnknown', message: 'Nobody knows this order: bring the purchases in first.' });
    return false;
  });
  await post(context, fitting, landing);
  return landing;
}

const propertiesOf = ({ event }: OrderEvent): Record<string, unknown> => event['properties'] as Record<string, unknown>;
const idOf = ({ event }: OrderEvent): string => String(event['id']);
const orderIdOf = (order: OrderEvent): string => String(propertiesOf(order)['orderId']);
const currencyOf = (order: OrderEvent): string => String(propertiesOf(order)['currency']);
