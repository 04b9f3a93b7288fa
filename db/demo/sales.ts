/** What is sold: baskets, who buys them when and where, what comes back. Everything is an event as a till posts it. */
import { DEMO_PRODUCTS, type DemoProduct } from '#db/demo/catalogue.ts';
import { openChance, type Chance } from '#db/demo/chance.ts';
import type { DemoPerson } from '#db/demo/people.ts';
import { drawSaleTime, type SaleTime, type ShopCalendar, type ShopDay } from '#db/demo/shop-calendar.ts';
import { marketStoreId, STORE_SHARES, type Town } from '#db/demo/stores.ts';
import { formatInstant, type Instant } from '#domain/shared/time.ts';

export type TillEvent = {
  id: string; type: string; occurredAt: string; store?: string; historical?: boolean; properties: Record<string, unknown>;
  customer?: { card?: string; externalId?: string; email?: string; phone?: string; profile?: DemoPerson['profile'] };
};
/** An event and the full hour at which its till posts it. */
export type Posted = { postAt: Instant; occurredAt: Instant; event: TillEvent };
type Line = { lineId: string; sku: string; quantity: number; amountMinor: number; categories: string[] };
export type Basket = { amountMinor: number; lines: Line[] };

/** Sales without a customer, of all (§11.9). */
export const ANONYMOUS_SHARE = 0.38;
export const RETURN_SHARE = 0.04;
/** Of the sales of December's days, those of the market. */
const MARKET_SHARE = 0.22;
const AWAY_SHARE = 0.05;
export const CURRENCY = 'EUR';

const SUMMER = [4, 5, 6, 7, 8];
const inSeason = (product: DemoProduct, month: number): number =>
  product.season === 'all-year' ? 1 : (product.season === 'summer') === SUMMER.includes(month) ? 1.6 : 0.25;
const AS_WEIGHTED = Array.from({ length: 13 }, (_, month) => DEMO_PRODUCTS.map((product) => [product, inSeason(product, month) * (product.priceMinor > 5_500 ? 0.5 : 1)] as const));

/** One to five articles, as the season has them. */
export function drawBasket(chance: Chance, month: number): Basket {
  const size = chance.weighted([[1, 38], [2, 30], [3, 18], [4, 9], [5, 5]] as const);
  const lines = Array.from({ length: size }, (_, index): Line => {
    const product = chance.weighted(AS_WEIGHTED[month]!);
    const quantity = chance.happens(0.08) ? 2 : 1;
    return { lineId: String(index + 1), sku: product.sku, quantity, amountMinor: product.priceMinor * quantity, categories: product.categories };
  });
  return { lines, amountMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0) };
}

/** How a till names a customer: by card, else by what it was told. */
export const identify = ({ card, externalId, email }: DemoPerson): TillEvent['customer'] => (card ? { card } : email ? { email } : { externalId });

const storeOf = (town: Town, day: ShopDay): string => (town === 'strasbourg' ? marketStoreId(day.date.slice(0, 4)) : town);

export function purchaseEvent(sale: { orderId: string; time: SaleTime; store: string; basket: Basket; customer?: TillEvent['customer'] }): Posted {
  const { orderId, time, store, basket, customer } = sale;
  return {
    ...time,
    event: {
      id: `sale:${orderId}`, type: 'purchase', occurredAt: formatInstant(time.occurredAt), store, ...(customer && { customer }),
      properties: { orderId, amountMinor: basket.amountMinor, currency: CURRENCY, lines: basket.lines },
    },
  };
}

export const returnEvent = (orderId: string, time: SaleTime, store: string, lines?: { lineId: string }[]): Posted => ({
  ...time, event: { id: `return:${orderId}`, type: 'return', occurredAt: formatInstant(time.occurredAt), store, properties: { orderId, ...(lines && { lines }) } },
});

/** Comes back three to twenty days later, all of it or its last line. */
function drawReturn(chance: Chance, calendar: ShopCalendar, day: number, sale: Posted, store: string, basket: Basket): Posted[] {
  if (!chance.happens(RETURN_SHARE)) return [];
  const back = calendar.openFrom(day + chance.between(3, 20));
  const last = basket.lines.at(-1);
  if (back === null || !last) return [];
  const whole = basket.lines.length === 1 || chance.happens(0.5);
  const orderId = String(sale.event.properties['orderId']);
  return [returnEvent(orderId, drawSaleTime(chance, calendar.days[back]!), store, whole ? undefined : [{ lineId: last.lineId }])];
}

/** All that a person buys and brings back by themselves, until the end of the calendar. */
export function salesOf(seed: string, person: DemoPerson, calendar: ShopCalendar): Posted[] {
  const chance = openChance(seed, 'sales', person.externalId);
  const posted: Posted[] = [];
  let count = 0;
  for (let day: number | null = person.joinedDay; day !== null;) {
    const shopDay: ShopDay = calendar.days[day]!;
    const time = count === 0 ? person.joined : drawSaleTime(chance, shopDay);
    const town = count > 0 && chance.happens(AWAY_SHARE) ? chance.weighted(STORE_SHARES) : person.home;
    if (town !== 'strasbourg' || shopDay.market) {
      count += 1;
      const basket = drawBasket(chance, shopDay.month);
      const store = storeOf(town, shopDay);
      const sale = purchaseEvent({ orderId: `${person.externalId}-${count}`, time, store, basket, customer: identify(person) });
      posted.push(sale, ...drawReturn(chance, calendar, day, sale, store, basket));
    }
    day = person.habit.meanDays === null ? null : calendar.drawNextDay(chance, day, person.habit.meanDays);
  }
  return posted;
}

/** The sales without a customer that stand beside so many with one. */
export function anonymousSales(seed: string, calendar: ShopCalendar, besides: number): Posted[] {
  const chance = openChance(seed, 'anonymous');
  return Array.from({ length: Math.round((besides * ANONYMOUS_SHARE) / (1 - ANONYMOUS_SHARE)) }, (_, index) => {
    const day = calendar.days[calendar.drawDay(chance)]!;
    const town = day.market && chance.happens(MARKET_SHARE) ? 'strasbourg' : chance.weighted(STORE_SHARES);
    const time = drawSaleTime(chance, day);
    return purchaseEvent({ orderId: `A-${String(index + 1).padStart(6, '0')}`, time, store: storeOf(town, day), basket: drawBasket(chance, day.month) });
  });
}
