/** Ninety days of people who wait most of the time, through a change of clocks: the case that is jumped over at once, day by day, and simulated. */
import { v7 as newId } from 'uuid';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Journey } from '#domain/journeys/definition.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import { DAY_MS, formatInstant, MINUTE_MS, SECOND_MS } from '#domain/shared/time.ts';
import type { DrawnCase, DrawnEvent } from '#tests/differential/draw-case.ts';

const STARTS_AT = Date.parse('2026-09-14T08:00:00Z');
export const DAYS = 90;
/** People of one group come in the same instant. */
const GROUPS = 6;

const mail = (id: string, category: string, next: string | null, whenCapped: Record<string, unknown> = { kind: 'skip' }) => ({ id, kind: 'sendEmail', settings: { templateKey: 'email', category, whenCapped }, next: { next } });
const journey = Journey.parse({
  formatVersion: 1, key: 'season', name: 'Season', entry: { trigger: { kind: 'event', event: { type: 'joined' } }, reentry: { mode: 'onceEver' }, next: 'settle' },
  exits: [{ on: 'event', event: { type: 'return' } }],
  nodes: [
    { id: 'settle', kind: 'wait', settings: { mode: 'duration', duration: { amount: 3, unit: 'calendarDays' } }, next: { next: 'welcome' } },
    mail('welcome', 'promotion', 'share'),
    { id: 'share', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 50 }, { key: 'b', weight: 50 }] }, next: { a: 'monday', b: 'buys' } },
    { id: 'monday', kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay: '09:00', weekdays: [1] }, next: { next: 'text' } },
    { id: 'text', kind: 'sendSms', settings: { templateKey: 'sms', category: 'promotion', whenCapped: { kind: 'hold', expiresAfterSeconds: 4 * 86_400 } }, next: { next: 'month' } },
    { id: 'buys', kind: 'waitForEvent', settings: { event: { type: 'purchase' }, timeout: { amount: 3, unit: 'calendarWeeks' } }, next: { event: 'points', timeout: 'again' } },
    { id: 'points', kind: 'givePoints', settings: { programmeKey: 'points', points: 50 }, next: { next: 'gift' } },
    { id: 'gift', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: 'month', refused: 'month' } },
    mail('again', 'information', 'month', { kind: 'hold', expiresAfterSeconds: 86_400 }),
    { id: 'month', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'calendarMonths' } }, next: { next: 'hour' } },
    { id: 'hour', kind: 'wait', settings: { mode: 'untilBestHour', otherwise: '18:00' }, next: { next: 'last' } },
    mail('last', 'promotion', 'birthday'),
    { id: 'birthday', kind: 'wait', settings: { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '10:00', yearly: true }, next: { next: 'wish' } },
    mail('wish', 'information', null),
  ],
});

const event = (index: number, type: string, customer: number, atMs: number): DrawnEvent => ({
  acceptedAt: atMs,
  input: {
    id: `event-${index}`, type, occurredAt: formatInstant(atMs), customer: { externalId: `c${customer}` },
    properties: type === 'joined' ? {} : { orderId: `order-${customer}`, ...(type === 'purchase' && { amountMinor: 4_900, currency: 'EUR' }) },
  },
});

/** So many people; one in three buys, one in ten brings it back, some live elsewhere, one in five has a birthday within the season. */
export function ninetyDays(people: number): DrawnCase {
  const everyone = Array.from({ length: people }, (_, index) => index);
  const joins = everyone.map((index) => ['joined', index, (index % GROUPS) * 7 * MINUTE_MS] as const);
  const buys = everyone.filter((index) => index % 3 === 0).map((index) => ['purchase', index, (5 + (index % 4) * 6) * DAY_MS] as const);
  const returns = everyone.filter((index) => index % 10 === 0).map((index) => ['return', index, 40 * DAY_MS] as const);
  return {
    startsAt: STARTS_AT, days: DAYS, policy: DEFAULT_PRESSURE_POLICY, stock: null, journeys: [{ journeyId: newId(), versionId: newId(), journey }],
    customers: everyone.map((index) => ({
      id: newId(), email: index % 7 === 5 ? `bounced+c${index}@lutin.test` : `c${index}@lutin.test`, phone: `+336${String(12_340_000 + index)}`,
      profile: CustomerProfile.parse({ ...(index % 4 === 1 && { timeZone: 'America/Guadeloupe' }), ...(index % 5 === 0 && { birthDate: '1990-11-20' }) }),
      relatives: [], contracts: [], browsers: [], consents: (['email', 'sms'] as const).map((channel) => ({ channel, state: channel === 'sms' && index % 6 === 2 ? 'denied' as const : 'granted' as const })),
    })),
    events: [...joins, ...buys, ...returns].map(([type, customer, afterMs], index) => event(index, type, customer, STARTS_AT + afterMs + 20 * SECOND_MS)).sort((a, b) => a.acceptedAt - b.acceptedAt),
  };
}
