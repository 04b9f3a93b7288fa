/** Eight customers of whom everyone who shows the demo knows what happened to them, whatever the day on which it is made. Their ids and stories are in the README beside. */
import type { DemoPerson } from '#db/demo/people.ts';
import { HABITS } from '#db/demo/people.ts';
import { purchaseEvent, returnEvent, type Basket, type Posted } from '#db/demo/sales.ts';
import { DEMO_PRODUCTS } from '#db/demo/catalogue.ts';
import { hourOf, ZONE, type SaleTime, type ShopCalendar } from '#db/demo/shop-calendar.ts';
import type { Town } from '#db/demo/stores.ts';
import { DAY_MS, formatInstant, localTime, MINUTE_MS, type Instant } from '#domain/shared/time.ts';

/** Pinned people are in no control group and cause nothing by chance: the journeys know them by this tag. */
export const PINNED_TAG = 'ambassadrice';

export const PINNED = {
  stop: 'TB-900001', capped: 'TB-900002', birthday: 'TB-900003', returned: 'TB-900004', fifteenEuros: 'TB-900005', bounced: 'TB-900006', twoIdentifiers: 'TB-900007', threeJourneys: 'TB-900008',
} as const;
/** What the person of two identifiers was known as before a till named both: a record with an e-mail address only. */
export const TWO_IDENTIFIERS_OTHER = 'TB-900107';

type Story = { person: DemoPerson; sales: Posted[] };
type Who = { externalId: string; firstName: string; lastName: string; home: Town; city: string; postalCode: string; email?: string | null; card?: string | null; relatives?: DemoPerson['relatives'] };

const SATURDAY = 6;
const WEDNESDAY = 3;

export function pinnedPeople(calendar: ShopCalendar, now: Instant): Story[] {
  const today = calendar.days.findLastIndex((day) => day.noon - 12 * 60 * MINUTE_MS <= now);
  const timeOn = (day: number, hour: number): SaleTime => ({ occurredAt: hourOf(calendar.days[day]!, hour) - 20 * MINUTE_MS, postAt: hourOf(calendar.days[day]!, hour) });
  /** The last open day at least so many days ago, not a Wednesday, whose points count twice. */
  const openDay = (daysAgo: number): number => calendar.days.findLastIndex((day, index) => index <= today - daysAgo && day.weight > 0 && day.weekday !== WEDNESDAY);
  const sell = (who: Who, number: number, time: SaleTime, amountMinor: number, customer?: { card?: string; email?: string }): Posted =>
    purchaseEvent({ orderId: `${who.externalId}-${number}`, time, store: who.home, basket: oneThing(number, amountMinor), customer: customer ?? (who.card === null ? { externalId: who.externalId } : { card: who.card ?? cardOf(who) }) });
  const story = (who: Who, sales: [SaleTime, number][], more: Posted[] = []): Story => {
    const joined = sales[0]![0];
    return { person: makePinned(who, joined, calendar), sales: [...sales.map(([time, amountMinor], index) => sell(who, index + 1, time, amountMinor)), ...more] };
  };
  const lyon = { home: 'lyon', city: 'Lyon', postalCode: '69004' } as const;
  const nantes = { home: 'nantes', city: 'Nantes', postalCode: '44000' } as const;
  const montpellier = { home: 'montpellier', city: 'Montpellier', postalCode: '34090' } as const;

  const saturday = lastCompleteSaturday(calendar, today, now);
  const back = openDay(9);
  const two: Who = { ...montpellier, externalId: PINNED.twoIdentifiers, firstName: 'Rose-Marie', lastName: 'Abadie', email: null };
  const other: Who = { ...montpellier, externalId: TWO_IDENTIFIERS_OTHER, firstName: 'Rose', lastName: 'Abadie', email: 'rose.abadie@courriel.test', card: null };
  return [
    story({ ...nantes, externalId: PINNED.stop, firstName: 'Maëlle', lastName: 'Kervadec' }, [[timeOn(openDay(34), 16), 5_490]]),
    story({ ...lyon, externalId: PINNED.capped, firstName: 'Bérénice', lastName: 'Lacombe' }, [
      [timeOn(openDay(210), 15), 3_990], ...[-7, -5, -4, -3].map((offset): [SaleTime, number] => [timeOn(saturday + offset, 17), 2_990 - offset * 100]),
    ]),
    story({ ...lyon, externalId: PINNED.birthday, firstName: 'Capucine', lastName: 'Vasseur', relatives: [{ kind: 'child', firstName: 'Léopold', birthDate: birthDateThisWeek(now) }] }, [[timeOn(openDay(120), 17), 6_480]]),
    story({ ...montpellier, externalId: PINNED.returned, firstName: 'Ondine', lastName: 'Marchal' }, [[timeOn(openDay(130), 12), 4_590], [timeOn(back, 16), 8_900]],
      [returnEvent(`${PINNED.returned}-2`, timeOn(calendar.openFrom(back + 1) ?? today, 12), 'montpellier')]),
    story({ ...nantes, externalId: PINNED.fifteenEuros, firstName: 'Gwenaëlle', lastName: 'Pasquier' }, [[timeOn(openDay(190), 18), 12_000], [timeOn(openDay(150), 18), 9_000], [timeOn(openDay(110), 18), 7_500]]),
    story({ ...lyon, externalId: PINNED.bounced, firstName: 'Anouk', lastName: 'Delmas', email: 'bounced+anouk.delmas@courriel.test' }, [[timeOn(openDay(160), 13), 5_290], [timeOn(openDay(12), 14), 3_790], [timeOn(openDay(5), 14), 2_390]]),
    story(two, [[timeOn(openDay(170), 11), 4_190]], [sell(two, 2, timeOn(openDay(6), 15), 6_690, { card: cardOf(two), email: 'rose.abadie@courriel.test' })]),
    story(other, [[timeOn(openDay(140), 17), 2_990]]),
    story({ ...lyon, externalId: PINNED.threeJourneys, firstName: 'Ysaline', lastName: 'Ferrand' }, [[timeOn(openDay(1), 17), 7_280]]),
  ];
}

const cardOf = (who: Who): string => `2701${who.externalId.slice(3)}`;

function makePinned(who: Who, joined: SaleTime, calendar: ShopCalendar): DemoPerson {
  const number = Number(who.externalId.slice(-3));
  const email = who.email === undefined ? `${plainLower(who.firstName)}.${plainLower(who.lastName)}@courriel.test` : who.email;
  return {
    externalId: who.externalId, card: who.card === undefined ? cardOf(who) : who.card, email, phone: who.email === null || who.card === null ? null : `+336399890${String(number).padStart(2, '0')}`,
    profile: {
      firstName: who.firstName, lastName: who.lastName, gender: 'female', birthDate: '1989-03-14', city: who.city, postalCode: who.postalCode, country: 'FR', language: 'fr',
      tags: [PINNED_TAG], attributes: { homeStore: who.home, household: 'mother' },
    },
    home: who.home, relatives: who.relatives ?? [{ kind: 'child', firstName: 'Basile', birthDate: '2022-05-09' }],
    consents: [...(email ? [{ channel: 'email', state: 'granted' } as const] : []), ...(who.email !== null && who.card !== null ? [{ channel: 'sms', state: 'granted' } as const] : [])],
    habit: HABITS[0]![0], joinedDay: calendar.dayOf(formatInstant(joined.postAt).slice(0, 10)), joined,
  };
}

const plainLower = (name: string): string => name.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();

/** One article at a price that the till agreed. */
function oneThing(number: number, amountMinor: number): Basket {
  const product = DEMO_PRODUCTS[(number * 17) % DEMO_PRODUCTS.length]!;
  return { amountMinor, lines: [{ lineId: '1', sku: product.sku, quantity: 1, amountMinor, categories: product.categories }] };
}

/** The last Saturday whose evening messages have left: four thank-yous of its week fall on Tuesday, Thursday, Friday and that day. */
function lastCompleteSaturday(calendar: ShopCalendar, today: number, now: Instant): number {
  return calendar.days.findLastIndex((day, index) => index <= today && day.weekday === SATURDAY && hourOf(day, 20) <= now);
}

/** Tomorrow, or today on a Sunday, six years ago: within this week of the customer's calendar. */
function birthDateThisWeek(now: Instant): string {
  const local = localTime(now, ZONE);
  const date = localTime(local.dayOfWeek === 7 ? now : now + DAY_MS, ZONE).toPlainDate();
  return date.subtract({ years: 6 }).toString();
}
