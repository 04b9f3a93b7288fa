/**
 * The demo brand: one seed, one number of people and one present moment always make the same stores, customers and sales. Nothing here knows a
 * database: `bin/demo/` posts it through ingest as tills would.
 */
import { anonymousSales, salesOf, type Posted } from '#db/demo/sales.ts';
import { pinnedPeople } from '#db/demo/pinned-people.ts';
import { makePerson, type DemoPerson } from '#db/demo/people.ts';
import { openShopCalendar, ZONE, type ShopCalendar } from '#db/demo/shop-calendar.ts';
import { demoStores, type DemoStore } from '#db/demo/stores.ts';
import { DAY_MS, localTime, type Instant } from '#domain/shared/time.ts';

export const BRAND = 'Tillebou';
export const SEED = 'tillebou-1';
export const HISTORY_DAYS = 548;
/** The journeys were published so many days ago; what was sold before is history. */
export const LIVE_DAYS = 100;

export type DemoBrand = {
  stores: DemoStore[];
  /** In the order in which they joined. */
  people: DemoPerson[];
  pinned: ReadonlySet<string>;
  calendar: ShopCalendar;
  /** 09:00 of the first live day. */
  liveFrom: Instant;
  /** By the time of the act, all before `liveFrom`. */
  history: Posted[];
  /** By the hour at which the tills post. */
  live: Map<Instant, Posted[]>;
};

export type DemoOptions = { now: Instant; people: number; seed?: string; historyDays?: number; liveDays?: number };

/** Makes the brand up to `now`; `people` counts the pinned ones. */
export function makeDemoBrand({ now, people, seed = SEED, historyDays = HISTORY_DAYS, liveDays = LIVE_DAYS }: DemoOptions): DemoBrand {
  const firstDay = now - historyDays * DAY_MS;
  const calendar = openShopCalendar(firstDay, now);
  const liveFrom = localTime(now - liveDays * DAY_MS, ZONE).with({ hour: 9, minute: 0, second: 0, millisecond: 0 }).epochMilliseconds;
  const stories = pinnedPeople(calendar, now);
  const others = Array.from({ length: Math.max(0, people - stories.length) }, (_, index) => makePerson(seed, index, calendar, now)).filter((person) => person.joined.postAt <= now);
  const own = others.flatMap((person) => salesOf(seed, person, calendar));
  const named = [...own, ...stories.flatMap((story) => story.sales)].filter(({ postAt }) => postAt <= now);
  const purchases = named.filter(({ event }) => event.type === 'purchase').length;
  const sales = [...named, ...anonymousSales(seed, calendar, purchases).filter(({ postAt }) => postAt <= now)].sort((a, b) => a.occurredAt - b.occurredAt || (a.event.id < b.event.id ? -1 : 1));

  const live = new Map<Instant, Posted[]>();
  for (const sale of sales) if (sale.postAt > liveFrom) live.set(sale.postAt, [...(live.get(sale.postAt) ?? []), sale]);
  return {
    stores: demoStores(calendar.days[0]!.date, calendar.days.at(-1)!.date),
    people: [...stories.map(({ person }) => person), ...others].sort((a, b) => a.joined.occurredAt - b.joined.occurredAt || (a.externalId < b.externalId ? -1 : 1)),
    pinned: new Set(stories.map(({ person }) => person.externalId)),
    calendar, liveFrom, live, history: sales.filter(({ postAt }) => postAt <= liveFrom),
  };
}
