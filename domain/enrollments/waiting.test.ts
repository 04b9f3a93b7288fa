import { describe, expect, it } from 'vitest';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { DAY_MS, HOUR_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const waits = (settings: Record<string, unknown>, next: Record<string, string | null> = { next: 'b' }) => ({ id: 'a', kind: 'wait', settings, next });
const mail = (id: string) => ({ id, kind: 'sendEmail', settings: { templateKey: `mail-${id}`, category: 'transactional' }, next: { next: null } });
const renewal = (whenPast: string) => ({ mode: 'untilDate', date: 'customer.attributes.renewal', timeOfDay: '10:00', whenPast });
const withDate = (kernel: Kernel, renewalDate: string): Kernel => {
  kernel.facts.profile = CustomerProfile.parse({ ...kernel.facts.profile, attributes: { renewal: renewalDate } });
  return kernel;
};
const change = (kernel: Kernel, renewalDate: string): void => {
  withDate(kernel, renewalDate).post('customer.changed', { fields: ['attributes.renewal'] }, { source: 'system' });
};
const wakeOf = (kernel: Kernel): number | null | undefined => kernel.enrollments[0]?.state.waiting?.wakeAt;

describe('a wait for a date', () => {
  it('moves its timer while it sleeps when the date changes, later or earlier (§3.7)', () => {
    const kernel = withDate(new Kernel(), '2026-07-01').publish(journey({ nodes: [waits(renewal('continue')), mail('b')] }));
    kernel.post('purchase');
    expect(wakeOf(kernel)).toBe(Date.UTC(2026, 6, 1, 8));
    change(kernel, '2026-08-01');
    expect(wakeOf(kernel)).toBe(Date.UTC(2026, 7, 1, 8));
    change(kernel, '2026-06-20');
    expect(wakeOf(kernel)).toBe(Date.UTC(2026, 5, 20, 8));
    kernel.at(NOON + 10 * DAY_MS);
    expect(kernel.enrollments[0]!.state.waiting!.since).toBe(NOON);
  });

  it('lets its people go at once when the date has moved into the past (§3.5, §3.7)', () => {
    const kernel = withDate(new Kernel(), '2026-07-01').publish(journey({ nodes: [waits(renewal('continue')), mail('b')] }));
    kernel.post('purchase');
    change(kernel, '2026-06-01');
    expect(kernel.sent()).toEqual(['mail-b']);
  });

  it('leaves the timer alone when another field changes', () => {
    const kernel = withDate(new Kernel(), '2026-07-01').publish(journey({ nodes: [waits(renewal('continue')), mail('b')] }));
    kernel.post('purchase');
    const before = kernel.results.length;
    kernel.post('customer.changed', { fields: ['city'] }, { source: 'system' });
    expect(kernel.results[before]!.traces).toEqual([]);
  });

  it.each([['continue', ['mail-b'], 'completed at b'], ['exit', [], 'exited past at a'], ['branch', ['mail-c'], 'completed at c']] as const)('that is past, or not known, does what its author chose: %s (§3.5)', (whenPast, sent, ending) => {
    for (const date of ['2026-06-01', 'unknown']) {
      const kernel = withDate(new Kernel(), date).publish(journey({ nodes: [waits(renewal(whenPast), { next: 'b', past: 'c' }), mail('b'), mail('c')] }));
      kernel.post('purchase');
      expect(kernel.sent()).toEqual(sent);
      expect(kernel.endings()).toEqual([ending]);
    }
  });
});

describe('a wait until a time of day', () => {
  it.each(['timeZone', 'country', 'postalCode', 'phone', 'storeId'])('follows the customer into another zone by %s (§3.3, §3.7)', (field) => {
    const kernel = new Kernel().publish(journey({ nodes: [waits({ mode: 'untilTimeOfDay', timeOfDay: '18:00' }), mail('b')] }));
    kernel.post('purchase');
    expect(wakeOf(kernel)).toBe(NOON + 6 * HOUR_MS);
    kernel.facts.zone = 'America/Guadeloupe';
    kernel.post('customer.changed', { fields: [field] }, { source: 'system' });
    expect(wakeOf(kernel)).toBe(NOON + 12 * HOUR_MS);
  });

  it('goes by the best hour once enough is known (§3.2)', () => {
    const kernel = new Kernel().publish(journey({ nodes: [waits({ mode: 'untilBestHour', otherwise: '18:00' }), mail('b')] }));
    kernel.facts.history.push(...[1, 2, 3].map((day) => ({ type: 'message.opened', occurredAt: NOON - day * DAY_MS + 3 * HOUR_MS, properties: {} })));
    kernel.post('purchase');
    expect(wakeOf(kernel)).toBe(NOON + 3 * HOUR_MS);
  });
});

describe('a wait for one of several events (§3.6)', () => {
  const events = { event: { type: 'purchase.big' }, others: [{ key: 'visited', event: { type: 'visit' } }, { key: 'reviewed', event: { type: 'review' } }] };
  const several = (settings: Record<string, unknown>) => new Kernel().publish(journey({
    nodes: [{ id: 'a', kind: 'waitForEvent', settings: { ...events, ...settings }, next: { event: 'b', visited: 'c', reviewed: 'd', timeout: 'e' } }, mail('b'), mail('c'), mail('d'), mail('e')],
  }));
  const WEEK = { amount: 7, unit: 'calendarDays' };

  it('takes the way of the first to happen', () => {
    const kernel = several({ timeout: WEEK });
    kernel.post('purchase');
    kernel.at(NOON + DAY_MS).post('review');
    expect(kernel.sent()).toEqual(['mail-d']);
  });

  it('takes, ranked, the way of the highest that has happened, with that event in hand, and not before the end', () => {
    const kernel = several({ timeout: WEEK, decide: 'ranked' });
    kernel.post('purchase');
    kernel.at(NOON + DAY_MS).post('review');
    kernel.at(NOON + 2 * DAY_MS).post('visit', { page: 'boots' });
    kernel.at(NOON + 3 * DAY_MS).post('review');
    expect(kernel.sent()).toEqual([]);
    kernel.at(NOON + 7 * DAY_MS).advance();
    expect(kernel.sent()).toEqual(['mail-c']);
    expect(kernel.enrollments[0]!.state.event).toMatchObject({ type: 'visit', properties: { page: 'boots' } });
  });

  it('takes the timeout when nothing has happened, ranked or not', () => {
    for (const decide of ['first', 'ranked']) {
      const kernel = several({ timeout: WEEK, decide });
      kernel.post('purchase');
      kernel.at(NOON + 7 * DAY_MS).advance();
      expect(kernel.sent()).toEqual(['mail-e']);
    }
  });

  it('waits without an end when no time is given, and five years when it is five years', () => {
    const endless = several({ timeout: null });
    endless.post('purchase');
    expect(wakeOf(endless)).toBeNull();
    endless.at(NOON + 4_000 * DAY_MS).post('visit');
    expect(endless.sent()).toEqual(['mail-c']);
    const long = several({ timeout: { amount: 5, unit: 'calendarYears' } });
    long.post('purchase');
    expect(wakeOf(long)).toBe(Date.UTC(2031, 5, 15, 10));
  });
});
