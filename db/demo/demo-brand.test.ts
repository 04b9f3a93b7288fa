/** The generator of the demo brand: the same from the same seed, and in the proportions that the README names. */
import { describe, expect, it } from 'vitest';
import { ANSWER_SHARES, drawAnswers } from '#db/demo/answers.ts';
import { DEMO_PRODUCTS } from '#db/demo/catalogue.ts';
import { makeDemoBrand } from '#db/demo/demo-brand.ts';
import { PINNED } from '#db/demo/pinned-people.ts';
import { anonymousSales, ANONYMOUS_SHARE, RETURN_SHARE, type Posted } from '#db/demo/sales.ts';
import { DEMO_PROGRAMME, REWARD_COST_POINTS } from '#db/demo/loyalty.ts';
import { ZONE } from '#db/demo/shop-calendar.ts';
import { Purchase } from '#domain/events/purchase.ts';
import { parseEvent } from '#domain/events/parse-event.ts';
import { earn } from '#domain/loyalty/earn.ts';
import { DAY_MS, HOUR_MS, localTime } from '#domain/shared/time.ts';

const NOW = Date.UTC(2026, 10, 22, 15, 20);
const brand = makeDemoBrand({ now: NOW, people: 2_000 });
const live = [...brand.live.values()].flat();
const all = [...brand.history, ...live];
const purchases = all.filter(({ event }) => event.type === 'purchase');
const named = purchases.filter(({ event }) => event.customer);
const share = (part: readonly unknown[], whole: readonly unknown[]): number => part.length / whole.length;
const orderOf = ({ event }: Posted): string => String(event.properties['orderId']);

describe('the demo brand', () => {
  it('is the same from the same seed, and another from another', () => {
    const make = (seed: string) => {
      const { people, history, live: days, stores, calendar } = makeDemoBrand({ now: NOW, people: 300, seed });
      return { people, history, days, stores, calendar: calendar.days };
    };
    const first = make('one');
    expect(make('one')).toEqual(first);
    expect(make('two').history).not.toEqual(first.history);
  });

  it('keeps its people when it grows', () => {
    const few = makeDemoBrand({ now: NOW, people: 100 }).people;
    const byId = new Map(brand.people.map((person) => [person.externalId, person]));
    expect(few.every((person) => JSON.stringify(byId.get(person.externalId)) === JSON.stringify(person))).toBe(true);
  });

  it('sells without a customer in 38 of 100 cases, and takes back 4 of 100 (§11.9)', () => {
    expect(share(purchases.filter(({ event }) => !event.customer), purchases)).toBeCloseTo(ANONYMOUS_SHARE, 2);
    expect(anonymousSales('any', brand.calendar, 620)).toHaveLength(380);
    expect(Math.abs(share(all.filter(({ event }) => event.type === 'return'), named) - RETURN_SHARE)).toBeLessThan(0.008);
  });

  it('has 2,000 customers with families, of whom two in three may be written to', () => {
    expect(brand.people).toHaveLength(2_000);
    expect(new Set(brand.people.flatMap(({ card, email, phone }) => [card, email, phone].filter(Boolean))).size).toBe(brand.people.flatMap(({ card, email, phone }) => [card, email, phone].filter(Boolean)).length);
    expect(share(brand.people.filter(({ relatives }) => relatives.some(({ kind }) => kind === 'child')), brand.people)).toBeGreaterThan(0.9);
    expect(share(brand.people.filter(({ consents }) => consents.some(({ channel, state }) => channel === 'email' && state === 'granted')), brand.people)).toBeCloseTo(0.65, 1);
    expect(brand.people.flatMap(({ relatives }) => relatives).every(({ birthDate }) => birthDate <= '2026-11-22')).toBe(true);
  });

  it('sells in open hours, more before Christmas than in February, and in Strasbourg during the market only', () => {
    const hours = all.map(({ postAt }) => localTime(postAt, ZONE));
    expect(hours.every(({ hour, minute, dayOfWeek, month }) => minute === 0 && hour >= 11 && hour <= 19 && (dayOfWeek < 7 || month === 12))).toBe(true);
    expect(all.every(({ occurredAt, postAt }) => occurredAt < postAt && postAt - occurredAt < HOUR_MS && postAt <= NOW)).toBe(true);
    const inMonth = (month: string): number => purchases.filter(({ event }) => event.occurredAt.startsWith(month)).length;
    expect(inMonth('2025-12')).toBeGreaterThan(1.6 * inMonth('2026-02'));
    const strasbourg = purchases.filter(({ event }) => event.store?.startsWith('strasbourg'));
    expect(strasbourg.length).toBeGreaterThan(60);
    expect(strasbourg.every(({ event }) => event.occurredAt.slice(5, 10) >= '11-27' && event.occurredAt.slice(5, 10) <= '12-24')).toBe(true);
    expect(brand.stores.map(({ externalId }) => externalId)).toEqual(['lyon', 'nantes', 'montpellier', 'strasbourg-noel-2025', 'strasbourg-noel-2026']);
  });

  it('has 120 products, each sold above its cost', () => {
    expect(new Set(DEMO_PRODUCTS.map(({ sku }) => sku)).size).toBe(120);
    expect(DEMO_PRODUCTS.every(({ priceMinor, costMinor }) => costMinor > 0.25 * priceMinor && costMinor < 0.4 * priceMinor)).toBe(true);
  });

  it('posts nothing that ingest would refuse, each order once', () => {
    const outcomes = all.map(({ event, postAt }) => parseEvent(event, { now: postAt, currency: 'EUR', country: 'FR', closedTypes: null }).outcome);
    expect(outcomes.every((outcome) => outcome === 'accepted')).toBe(true);
    expect(new Set(purchases.map(orderOf)).size).toBe(purchases.length);
    const sold = new Map(purchases.map((sale) => [orderOf(sale), sale.occurredAt]));
    expect(all.filter(({ event }) => event.type === 'return').every((back) => (sold.get(orderOf(back)) ?? Infinity) < back.occurredAt)).toBe(true);
  });

  it('knows its pinned people on whatever day it is made', () => {
    for (let day = 0; day < 14; day += 1) {
      const now = NOW + day * DAY_MS;
      const made = makeDemoBrand({ now, people: 20 });
      const of = (externalId: string): Posted[] => [...made.history, ...[...made.live.values()].flat()].filter((sale) => orderOf(sale).startsWith(externalId));
      expect(of(PINNED.fifteenEuros).reduce((points, { event, occurredAt }) =>
        points + earn(DEMO_PROGRAMME, Purchase.parse(event.properties), { eventId: 'e', customerId: 'c', occurredAt, store: 'nantes', zone: ZONE }).total, 0)).toBe(REWARD_COST_POINTS - 15);
      const weeks = of(PINNED.capped).slice(1).map(({ postAt }) => localTime(postAt + 3 * DAY_MS, ZONE));
      expect(weeks.map(({ weekOfYear }) => weekOfYear)).toEqual(Array(4).fill(weeks[0]?.weekOfYear));
      const child = made.people.find(({ externalId }) => externalId === PINNED.birthday)!.relatives[0]!;
      const birthday = Date.parse(`${localTime(now, ZONE).year}${child.birthDate.slice(4)}T12:00:00Z`);
      expect(localTime(birthday, ZONE).weekOfYear).toBe(localTime(now, ZONE).weekOfYear);
      expect(now - of(PINNED.threeJourneys)[0]!.postAt).toBeLessThan(3 * DAY_MS);
      expect(of(PINNED.returned).map(({ event }) => event.type)).toEqual(['purchase', 'purchase', 'return']);
    }
  });

  it('answers messages in the shares that reports should find again', () => {
    const answers = Array.from({ length: 20_000 }, (_, index) => drawAnswers('any', { kind: 'thank-you', recipient: String(index), nth: 1, at: NOW }));
    const did = (kind: string): number => share(answers.filter((list) => list.some((answer) => answer.kind === kind)), answers);
    const { opens, clicks, uplift } = ANSWER_SHARES['thank-you'];
    expect(did('open')).toBeCloseTo(opens, 1);
    expect(Math.abs(did('click') - opens * clicks)).toBeLessThan(0.01);
    expect(Math.abs(did('buy') - uplift)).toBeLessThan(0.01);
    expect(answers.flat().every(({ notBefore }) => notBefore > NOW)).toBe(true);
  });
});
