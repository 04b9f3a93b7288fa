import { describe, expect, it } from 'vitest';
import { Offer } from '#domain/offers/offer.ts';
import { addDuration } from '#domain/journeys/duration.ts';
import { DAY_MS, HOUR_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const end = { id: 'a', kind: 'exit', settings: {}, next: {} };
const stays = { id: 'a', kind: 'wait', settings: { mode: 'duration', duration: { amount: 1, unit: 'hours' } }, next: {} };
const entered = (reentry: unknown, nodes: unknown[] = [end], trigger: unknown = { kind: 'event', event: { type: 'purchase' } }) => journey({ entry: { trigger, reentry, next: 'a' }, nodes });
const refusals = (kernel: Kernel): string[] => kernel.results.flatMap(({ traces }) => traces.flatMap(({ kind, data }) => (kind === 'entryRefused' ? [(data['reason'] as { code: string }).code] : [])));

describe('re-entry', () => {
  it('§1.2 once ever holds over all versions and is never forgotten', () => {
    const kernel = new Kernel().publish(entered({ mode: 'onceEver' }));
    kernel.post('purchase');
    kernel.publish(entered({ mode: 'onceEver' }, [stays]), 'live', 'test', 2).at(NOON + 10 * 366 * DAY_MS).post('purchase');
    expect([kernel.enrollments.length, refusals(kernel)]).toEqual([1, ['reentry.onceEver']]);
  });

  it('§1.2 a key stays used over all versions', () => {
    const rule = { mode: 'perKey', property: 'orderId' };
    const kernel = new Kernel().publish(entered(rule));
    kernel.post('purchase', { orderId: '1' });
    kernel.publish(entered(rule), 'live', 'test', 2).post('purchase', { orderId: '1' });
    kernel.post('purchase', { orderId: '2' });
    expect(kernel.enrollments.map(({ entryKey, versionId }) => [entryKey, versionId])).toEqual([['key:1', 'test-v1'], ['key:2', 'test-v2']]);
  });

  it('§1.2 takes in so many in a period that begins with each entry, and one more to the millisecond when the first of them leaves it', () => {
    const period = { amount: 1, unit: 'calendarWeeks' } as const;
    // The week over the spring change of clocks is an hour shorter.
    const start = Date.UTC(2026, 2, 25, 11);
    const kernel = new Kernel().at(start).publish(entered({ mode: 'perPeriod', maximumEntries: 2, period }));
    kernel.post('purchase');
    kernel.at(start + DAY_MS).post('purchase');
    const freeAt = addDuration(start, period, 'Europe/Paris');
    expect(freeAt).toBe(start + 7 * DAY_MS - HOUR_MS);
    kernel.at(freeAt - 1).post('purchase');
    expect([kernel.enrollments.length, refusals(kernel)]).toEqual([2, ['reentry.perPeriod']]);
    kernel.at(freeAt).post('purchase');
    expect(kernel.enrollments).toHaveLength(3);
  });

  it('§1.2 counts a gap from the start when the author chose so, and lets nobody in twice at once', () => {
    const rule = { mode: 'afterExit', minimumGap: { amount: 3, unit: 'hours' }, gapFrom: 'start' };
    const kernel = new Kernel().publish(entered(rule, [stays]));
    kernel.post('purchase');
    kernel.at(NOON + HOUR_MS / 2).post('purchase');
    kernel.at(NOON + 2 * HOUR_MS).post('purchase');
    kernel.at(NOON + 3 * HOUR_MS).post('purchase');
    expect([kernel.enrollments.length, refusals(kernel)]).toEqual([2, ['reentry.stillInside', 'reentry.minimumGap']]);
  });
});

describe('an event', () => {
  it.each(['message.opened', 'message.clicked', 'message.bounced', 'message.replied', 'message.complained', 'points.posted', 'offer.redeemed', 'consent.changed'])('§1.1 of our own begins a journey too: %s, with a condition on its properties', (type) => {
    const kernel = new Kernel().publish(entered({ mode: 'onceEver' }, [end], { kind: 'event', event: { type, where: { field: 'event.properties.channel', is: 'equals', value: 'email' } } }));
    kernel.advance([kernel.event(type, { channel: 'sms' }, { source: 'system', depth: 1 })]);
    expect(kernel.enrollments).toHaveLength(0);
    kernel.advance([kernel.event(type, { channel: 'email' }, { source: 'system', depth: 1 })]);
    expect(kernel.enrollments).toHaveLength(1);
  });

  it('§1.1 §2.1 of an offer that was refused is told to whoever listens, and to nobody else', () => {
    const gives = { id: 'a', kind: 'grantOffer', settings: { offerKey: 'gift' }, next: { next: null, refused: null } };
    const gift = Offer.parse({ key: 'gift', name: { en: 'Gift' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 }, perCustomerLimit: 1 });
    const kernel = new Kernel({ offers: { gift } }).publish(entered({ mode: 'perPeriod', maximumEntries: 9, period: { amount: 1, unit: 'calendarDays' } }, [gives]));
    kernel.post('purchase');
    expect(kernel.post('purchase').caused).toEqual([]);
    kernel.publish(journey({ key: 'sorry', entry: { trigger: { kind: 'event', event: { type: 'offer.refused', where: { field: 'event.properties.offer', is: 'equals', value: 'gift' } } }, reentry: { mode: 'onceEver' }, next: 'a' }, nodes: [end] }));
    const { caused } = kernel.post('purchase');
    expect(caused).toMatchObject([{ type: 'offer.refused', properties: { offer: 'gift', reason: 'offer.customerLimit' }, depth: 1 }]);
    kernel.advance([kernel.event('offer.refused', caused[0]!.properties, { source: 'system', depth: 1 })]);
    expect(kernel.enrollments.filter(({ journeyId }) => journeyId === 'sorry')).toHaveLength(1);
  });

  it('§1.3 with equal content under another id is another event', () => {
    const kernel = new Kernel().publish(entered({ mode: 'perPeriod', maximumEntries: 9, period: { amount: 1, unit: 'calendarDays' } }));
    for (let times = 0; times < 2; times += 1) kernel.post('purchase', { orderId: '1' });
    expect(kernel.enrollments).toHaveLength(2);
  });

  it('§1.11 that is late enters by when it was accepted, and one that is one moment too late says how late it is', () => {
    const kernel = new Kernel().publish(entered({ mode: 'perPeriod', maximumEntries: 9, period: { amount: 1, unit: 'calendarDays' } }, [stays]));
    kernel.post('purchase', {}, { occurredAt: NOON - 48 * HOUR_MS });
    expect(kernel.enrollments.map(({ enteredAt, state }) => [enteredAt, state.waiting?.wakeAt])).toEqual([[NOON, NOON + HOUR_MS]]);
    kernel.post('purchase', {}, { occurredAt: NOON - 48 * HOUR_MS - 1 });
    expect([kernel.enrollments.length, refusals(kernel).length]).toEqual([1, 1]);
  });
});
