import { expect, it } from 'vitest';
import { parseInstant } from '#domain/shared/time.ts';
import { parseJourney } from './validate.ts';
import { nextSpringDay, warnJourney, type Surroundings } from './warn.ts';

const around = (more: Partial<Surroundings> = {}): Surroundings => ({ at: parseInstant('2026-03-20T10:00:00+01:00') ?? 0, zone: 'Europe/Paris', ...more });
const draft = (...nodes: unknown[]) => {
  const parsed = parseJourney({ formatVersion: 1, key: 'k', name: 'n', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'a' }, nodes });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.value;
};
const wait = (id: string, days: number, next: string | null = null) => ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: days, unit: 'calendarDays' } }, next: { next } });
const until = (id: string, timeOfDay: string, weekdays?: number[]) => ({ id, kind: 'wait', settings: { mode: 'untilTimeOfDay', timeOfDay, ...(weekdays && { weekdays }) }, next: {} });
const mail = (id: string, category = 'promotion') => ({ id, kind: 'sendEmail', settings: { templateKey: 'hello', category }, next: {} });
const codes = (journey: ReturnType<typeof draft>, surroundings = around()) => warnJourney(journey, surroundings).map(({ code, path }) => [code, path.join('.')]);

it('warns of a wait that is over after the offer given before has ended, counting the waits between (§10.11)', () => {
  const offers = new Map([['ten', { days: 7 }], ['spring', { until: '2026-03-22' }]]);
  const journey = (key: string, first: number, second: number) => draft({ id: 'a', kind: 'grantOffer', settings: { offerKey: key }, next: { next: 'b' } }, wait('b', first, 'c'), wait('c', second, 'd'), mail('d'));
  expect(codes(journey('ten', 3, 4), around({ offers }))).toEqual([]);
  expect(codes(journey('ten', 4, 4), around({ offers }))).toEqual([['warn.waitOutlivesOffer', 'nodes.2']]);
  expect(codes(journey('spring', 3, 1), around({ offers }))).toEqual([['warn.waitOutlivesOffer', 'nodes.1']]);
  expect(codes(journey('unknown', 30, 30), around({ offers }))).toEqual([]);
});

it('warns of a wait until 02:30 when the next spring day has none, unless that day is not among its weekdays (§3.4)', () => {
  expect(nextSpringDay(around().at, 'Europe/Paris')).toEqual({ date: '2026-03-29', from: '02:00', to: '03:00', weekday: 7 });
  expect(nextSpringDay(around().at, 'Africa/Tunis')).toBeNull();
  expect(codes(draft(until('a', '02:30')))).toEqual([['warn.springDay', 'nodes.0']]);
  expect(codes(draft(until('a', '02:30', [1, 2])))).toEqual([]);
  expect(codes(draft(until('a', '03:00')))).toEqual([]);
  expect(codes(draft({ id: 'a', kind: 'wait', settings: { mode: 'untilDate', date: 'customer.attributes.visit', timeOfDay: '02:15', yearly: false, whenPast: 'continue' }, next: {} }))).toEqual([['warn.springDay', 'nodes.0']]);
  expect(codes(draft(until('a', '02:30')), around({ zone: 'Africa/Tunis' }))).toEqual([]);
});

it('warns of branches that nobody takes: a weight of 0, and a question asked twice with nothing between', () => {
  const split = { id: 'a', kind: 'randomSplit', settings: { branches: [{ key: 'a', weight: 0 }, { key: 'b', weight: 1 }] }, next: { a: 'm', b: 'm' } };
  expect(codes(draft(split, mail('m')))).toEqual([['warn.branchOfNobody', 'nodes.0']]);
  const ask = (id: string, next: Record<string, string | null>) => ({ id, kind: 'condition', settings: { condition: { field: 'figures.purchases', is: 'atLeast', value: 1 } }, next });
  expect(codes(draft(ask('a', { yes: 'b', no: null }), ask('b', { yes: 'm', no: null }), mail('m')))).toEqual([['warn.sameQuestion', 'nodes.1']]);
  expect(codes(draft(ask('a', { yes: 'w' }), wait('w', 1, 'b'), ask('b', { yes: 'm' }), mail('m')))).toEqual([]);
});

it('counts the customers who cannot receive a message: without an address, or without consent unless it is transactional (§6.4)', () => {
  const reach = { customers: 100, email: { withAddress: 90, agreed: 60 }, sms: { withAddress: 50, agreed: 20 }, whatsapp: { withAddress: 50, agreed: 0 }, letter: { withAddress: 0, agreed: 0 }, call: { withAddress: 50, agreed: 0 }, push: { withAddress: 0, agreed: 0 } };
  expect(warnJourney(draft(mail('a')), around({ reach }))).toMatchObject([{ code: 'warn.notAgreed', values: { count: 40, all: 100, without: 10 } }]);
  expect(warnJourney(draft(mail('a', 'order')), around({ reach, transactional: new Set(['order']) }))).toMatchObject([{ code: 'warn.noAddress', values: { count: 10 } }]);
  const push = { ...mail('a'), kind: 'sendPush' };
  expect(warnJourney(draft(push), around({ reach: { ...reach, push: { withAddress: 12, agreed: 9 } } }))).toMatchObject([{ code: 'warn.notAgreed', values: { channel: 'push', count: 91, without: 88, others: 3 } }]);
  expect(codes(draft(mail('a')), around({ reach: { ...reach, email: { withAddress: 100, agreed: 100 } } }))).toEqual([]);
});

it('§7.7 says who would read a message in another language than theirs', () => {
  const texts = (...available: string[]) => ({ templates: new Map([['hello', available]]), readers: [{ language: 'fr', customers: 90 }, { language: 'de-AT', customers: 10 }], language: 'fr' });
  expect(warnJourney(draft(mail('a')), around({ texts: texts('fr') }))).toMatchObject([{ code: 'warn.noVariant', path: ['nodes', 0], values: { count: 10, languages: 'de', instead: 'fr' } }]);
  expect(codes(draft(mail('a')), around({ texts: texts('fr', 'de') }))).toEqual([]);
  expect(codes(draft(mail('a')), around({ texts: { ...texts('fr'), templates: new Map() } }))).toEqual([]);
});
