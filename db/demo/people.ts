/** The customers of the demo brand: who they are, their families, what they agreed to, how often they buy. Each is drawn from a stream of its own, so `--people 20000` begins with the same 2,000 lives. */
import { openChance, type Chance } from '#db/demo/chance.ts';
import { CHILDREN, FATHERS, GRANDMOTHERS, LAST_NAMES, MOTHERS, plain, PLACES } from '#db/demo/names.ts';
import { STORE_SHARES, type Town } from '#db/demo/stores.ts';
import { drawSaleTime, type SaleTime, type ShopCalendar } from '#db/demo/shop-calendar.ts';
import { DAY_MS, formatInstant, type Instant } from '#domain/shared/time.ts';

export type DemoRelative = { kind: 'child' | 'spouse'; firstName: string; birthDate: string };
export type DemoConsent = { channel: 'email' | 'sms'; state: 'granted' | 'denied' };
/** Mean days between two purchases; null for someone who comes once. */
export type Habit = { key: 'once' | 'occasional' | 'regular' | 'devoted'; meanDays: number | null };

export type DemoPerson = {
  externalId: string;
  card: string | null;
  email: string | null;
  phone: string | null;
  profile: { firstName: string; lastName: string; gender: 'female' | 'male'; birthDate?: string; city: string; postalCode: string; country: 'FR'; language: 'fr' | 'en'; tags: string[]; attributes: Record<string, string> };
  home: Town;
  relatives: DemoRelative[];
  consents: DemoConsent[];
  habit: Habit;
  /** Day of the calendar and time of the first purchase, when they join. */
  joinedDay: number;
  joined: SaleTime;
};

/** Shares of habits: most come once or now and then, one in twenty each month. */
export const HABITS: readonly (readonly [Habit, number])[] = [
  [{ key: 'once', meanDays: null }, 34], [{ key: 'occasional', meanDays: 130 }, 40], [{ key: 'regular', meanDays: 55 }, 21], [{ key: 'devoted', meanDays: 26 }, 5],
];
export const EMAIL_SHARE = 0.88;
export const PHONE_SHARE = 0.71;
export const EMAIL_CONSENT_SHARE = 0.74;
export const SMS_CONSENT_SHARE = 0.52;
const ENGLISH_SHARE = 0.07;
const STRASBOURG_SHARE = 0.3;
const MAIL_DOMAINS = [['courriel.test', 5], ['messagerie.test', 3], ['boite.test', 2]] as const;

const dateOf = (at: Instant): string => formatInstant(Math.floor(at)).slice(0, 10);
const bornYearsBefore = (chance: Chance, now: Instant, from: number, to: number): string => dateOf(now - (from + chance.next() * (to - from)) * 365.25 * DAY_MS);

/** Numbers of the range kept for fiction (ARCEP), without those at which the simulated vendor lies; beyond 8,000 people numbers come back, so they stay without. */
const phoneOf = (index: number): string | null => (index < 8_000 ? `+3363998${String(index).padStart(4, '0')}` : null);

function familyOf(chance: Chance, now: Instant, grandmother: boolean): DemoRelative[] {
  const children = chance.weighted([[0, 6], [1, 42], [2, 38], [3, 14]] as const);
  const names = new Set<string>();
  while (names.size < children) names.add(chance.pick(CHILDREN));
  const list = [...names].map((firstName): DemoRelative => ({ kind: 'child', firstName, birthDate: bornYearsBefore(chance, now, 0.05, 9) }));
  return grandmother || !chance.happens(0.35) ? list : [...list, { kind: 'spouse', firstName: chance.pick(FATHERS), birthDate: bornYearsBefore(chance, now, 28, 45) }];
}

function consentsOf(chance: Chance, email: string | null, phone: string | null): DemoConsent[] {
  const say = (channel: 'email' | 'sms', has: boolean, share: number): DemoConsent[] =>
    !has ? [] : chance.happens(share) ? [{ channel, state: 'granted' }] : chance.happens(0.5) ? [{ channel, state: 'denied' }] : [];
  return [...say('email', email !== null, EMAIL_CONSENT_SHARE), ...say('sms', phone !== null, SMS_CONSENT_SHARE)];
}

/** Where and when somebody joins: one in three of those who first come during the market live in Alsace. */
function drawJoining(chance: Chance, calendar: ShopCalendar): Pick<DemoPerson, 'home' | 'joinedDay' | 'joined'> {
  const joinedDay = calendar.drawDay(chance);
  const day = calendar.days[joinedDay]!;
  const home = day.market && chance.happens(STRASBOURG_SHARE) ? 'strasbourg' : chance.weighted(STORE_SHARES);
  return { home, joinedDay, joined: drawSaleTime(chance, day) };
}

/** The person of this number. */
export function makePerson(seed: string, index: number, calendar: ShopCalendar, now: Instant): DemoPerson {
  const chance = openChance(seed, 'person', String(index));
  const { home, joinedDay, joined } = drawJoining(chance, calendar);
  const kind = chance.weighted([['mother', 68], ['father', 17], ['grandmother', 15]] as const);
  const firstName = chance.pick(kind === 'mother' ? MOTHERS : kind === 'father' ? FATHERS : GRANDMOTHERS);
  const lastName = chance.pick(LAST_NAMES);
  const [city, postalCode] = chance.weighted(PLACES[home]);
  const email = chance.happens(EMAIL_SHARE) ? `${plain(firstName)}.${plain(lastName)}${index}@${chance.weighted(MAIL_DOMAINS)}` : null;
  const phone = chance.happens(PHONE_SHARE) ? phoneOf(index) : null;
  const birthDate = chance.happens(0.6) ? (kind === 'grandmother' ? bornYearsBefore(chance, now, 56, 74) : bornYearsBefore(chance, now, 26, 44)) : null;
  const number = String(index + 1).padStart(6, '0');
  return {
    externalId: `TB-${number}`, card: chance.happens(0.9) ? `2701${number}` : null, email, phone, home, joinedDay, joined,
    profile: {
      firstName, lastName, gender: kind === 'father' ? 'male' : 'female', ...(birthDate && { birthDate }), city, postalCode, country: 'FR',
      language: chance.happens(ENGLISH_SHARE) ? 'en' : 'fr', tags: [], attributes: { homeStore: home, household: kind },
    },
    relatives: familyOf(chance, now, kind === 'grandmother'), consents: consentsOf(chance, email, phone),
    habit: home === 'strasbourg' ? HABITS[0]![0] : chance.weighted(HABITS),
  };
}
