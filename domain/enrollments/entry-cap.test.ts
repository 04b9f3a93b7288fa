import { describe, expect, it } from 'vitest';
import { capWindow, entryCountKey } from '#domain/journeys/entry-cap.ts';
import { HOUR_MS } from '#domain/shared/time.ts';
import { journey, Kernel, NOON } from './kernel-for-test.ts';

const many = { mode: 'perPeriod', maximumEntries: 1000, period: { amount: 1, unit: 'calendarYears' } };
const entry = (more: Record<string, unknown>) => journey({ entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: many, next: 'a', ...more }, nodes: [{ id: 'a', kind: 'exit', settings: {} }] });
const refusals = (kernel: Kernel) => kernel.results.flatMap(({ traces }) => traces.flatMap(({ kind, data }) => (kind === 'entryRefused' ? [data['reason']] : [])));

describe('a cap on entries', () => {
  it('§1.6 takes in so many and refuses whoever comes after with its reason', () => {
    const kernel = new Kernel().publish(entry({ cap: { maximum: 2, per: 'ever' } }));
    for (let index = 0; index < 4; index += 1) kernel.post('purchase');
    expect(kernel.enrollments).toHaveLength(2);
    expect(refusals(kernel)).toEqual([{ code: 'entry.full.ever', figures: { maximum: 2 } }, { code: 'entry.full.ever', figures: { maximum: 2 } }]);
  });

  it('§1.6 holds within one burst', () => {
    const kernel = new Kernel().publish(entry({ cap: { maximum: 2, per: 'hour' } }));
    kernel.advance([1, 2, 3].map(() => kernel.event('purchase')));
    expect(kernel.enrollments).toHaveLength(2);
  });

  it('§1.6 opens again with the next window, and does not count who was refused', () => {
    const kernel = new Kernel().publish(entry({ cap: { maximum: 1, per: 'hour' } }));
    for (let index = 0; index < 3; index += 1) kernel.post('purchase');
    kernel.at(NOON + HOUR_MS).post('purchase');
    expect(kernel.enrollments.map(({ enteredAt }) => enteredAt)).toEqual([NOON, NOON + HOUR_MS]);
    expect(kernel.shared.entryCounts).toEqual({ [entryCountKey('test', NOON)]: 1, [entryCountKey('test', NOON + HOUR_MS)]: 1 });
  });

  it('§1.6 counts the entries of other customers, over all versions', () => {
    const kernel = new Kernel().publish(entry({ cap: { maximum: 10, per: 'ever' } }));
    kernel.shared.entryCounts[entryCountKey('test', 0)] = 9;
    kernel.post('purchase');
    kernel.publish(entry({ cap: { maximum: 10, per: 'ever' } }), 'live', 'test', 2).post('purchase');
    expect(kernel.enrollments).toHaveLength(1);
  });

  it('§1.6 is asked last: who may not enter anyway is told why', () => {
    const kernel = new Kernel().publish(entry({ reentry: { mode: 'onceEver' }, cap: { maximum: 1, per: 'ever' } }));
    kernel.post('purchase');
    kernel.post('purchase');
    expect(refusals(kernel)).toMatchObject([{ code: 'reentry.onceEver' }]);
  });

  it('has windows of the workspace’s calendar: full hours of zones with half ones, days and weeks across a change of clocks, Monday first', () => {
    const at = Date.UTC(2026, 2, 29, 12, 40);
    expect(capWindow({ per: 'hour' }, at, 'Asia/Kolkata')).toBe(Date.UTC(2026, 2, 29, 12, 30));
    expect(capWindow({ per: 'day' }, at, 'Europe/Paris')).toBe(Date.UTC(2026, 2, 28, 23));
    expect(capWindow({ per: 'week' }, at, 'Europe/Paris')).toBe(Date.UTC(2026, 2, 22, 23));
    expect(capWindow({ per: 'ever' }, at, 'Europe/Paris')).toBe(0);
    // The hour that autumn has twice is two hours.
    expect(capWindow({ per: 'hour' }, Date.UTC(2026, 9, 25, 0, 30), 'Europe/Paris')).not.toBe(capWindow({ per: 'hour' }, Date.UTC(2026, 9, 25, 1, 30), 'Europe/Paris'));
  });
});

describe('a consent that an entry asks for', () => {
  const asks = (purpose: string, channel: string) => new Kernel().publish(entry({ consent: { purpose, channel } }));

  it('§1.6 must be in force at the moment of entry; nothing said and a denial are told apart', () => {
    const kernel = asks('marketing', 'whatsapp');
    kernel.post('purchase');
    kernel.facts.consents.push({ purpose: 'marketing', channel: 'whatsapp', state: 'granted', source: 'till', at: NOON });
    kernel.at(NOON + 1).post('purchase');
    kernel.facts.consents.push({ purpose: 'marketing', channel: 'whatsapp', state: 'denied', source: 'till', at: NOON + 2 });
    kernel.at(NOON + 3).post('purchase');
    expect(kernel.enrollments.map(({ enteredAt }) => enteredAt)).toEqual([NOON + 1]);
    expect(refusals(kernel)).toEqual([
      { code: 'entry.noConsent', figures: { purpose: 'marketing', channel: 'whatsapp' } }, { code: 'entry.consentDenied', figures: { purpose: 'marketing', channel: 'whatsapp', since: NOON + 2 } },
    ]);
  });

  it('§6.4 is the law’s answer: a transactional purpose needs none, a soft opt-in counts where it was chosen', () => {
    expect(asks('transactional', 'whatsapp').post('purchase').enrollments).toHaveLength(1);
    const kernel = asks('marketing', 'whatsapp');
    kernel.rules = { ...kernel.rules, consentPolicy: { softOptIn: { chosenAt: 0, channels: ['whatsapp'], withinDays: 30 } } };
    kernel.facts.figures = { ...kernel.facts.figures, lastPurchaseAt: NOON };
    expect(kernel.post('purchase').enrollments).toHaveLength(1);
  });
});
