import { describe, expect, it } from 'vitest';
import { callForbidden, type CallQuestion } from '#domain/messages/call-rules.ts';
import { nextOpenInstant } from '#domain/messages/quiet-hours.ts';
import { exampleEntry } from '#domain/pressure/example-entry.ts';
import { DAY_MS } from '#domain/shared/time.ts';

const TUESDAY = Date.parse('2026-09-15T09:00:00Z');
const proved: CallQuestion['consent'] = { purpose: 'marketing', channel: 'call', state: 'granted', source: 'website', at: 0, proof: { form: 'newsletter', ip: '192.0.2.1' } };
const question: CallQuestion = { channel: 'call', purpose: 'marketing', country: 'FR', zone: 'Europe/Paris', at: TUESDAY, ledger: [], refusedAt: null, consent: proved };
const call = (daysAgo: number, index: number) => exampleEntry(`call-${index}`, TUESDAY - daysAgo * DAY_MS, { channel: 'call' });

describe('the law on calls that sell, in France', () => {
  it('lets four calls in thirty days, and says from when the fifth may be made (§6.3)', () => {
    expect(callForbidden({ ...question, ledger: [29, 20, 10].map(call) })).toBeNull();
    expect(callForbidden({ ...question, ledger: [29, 20, 10, 1].map(call) })).toMatchObject({ code: 'law.callsTooMany', figures: { calls: 4, maximum: 4, freeAt: TUESDAY + DAY_MS } });
    expect(callForbidden({ ...question, ledger: [31, 20, 10, 1].map(call) })).toBeNull();
    expect(callForbidden({ ...question, ledger: [29, 20, 10, 1].map((days, index) => ({ ...call(days, index), channel: 'sms' })) })).toBeNull();
  });

  it('is silent for sixty days after a refusal (§6.3)', () => {
    expect(callForbidden({ ...question, refusedAt: TUESDAY - 60 * DAY_MS + 1 })).toMatchObject({ code: 'law.callRefused', figures: { until: TUESDAY + 1 } });
    expect(callForbidden({ ...question, refusedAt: TUESDAY - 60 * DAY_MS })).toBeNull();
  });

  it('asks for a consent with its proof from 11 August 2026 on, in the customer’s zone (§6.3)', () => {
    const { proof: _, ...unproved } = { ...proved, proof: undefined };
    const before = Date.parse('2026-08-10T21:59:00Z');
    expect(callForbidden({ ...question, at: before, consent: unproved })).toBeNull();
    expect(callForbidden({ ...question, at: before + 60_000, consent: unproved })).toMatchObject({ code: 'law.callUnproved' });
    expect(callForbidden({ ...question, consent: null })).toMatchObject({ code: 'law.callUnproved' });
    expect(callForbidden({ ...question, consent: { ...unproved, proof: {} } })).toMatchObject({ code: 'law.callUnproved' });
  });

  it('does not concern calls that sell nothing, other channels and other countries', () => {
    const worst = { ...question, ledger: [4, 3, 2, 1].map(call), refusedAt: TUESDAY, consent: null };
    for (const other of [{ purpose: 'transactional' as const }, { channel: 'sms' }, { country: 'DE' }]) expect(callForbidden({ ...worst, ...other })).toBeNull();
  });

  it('is closed outside of Monday to Friday 10–13 and 14–20 (§6.3)', () => {
    const open = (at: string) => new Date(nextOpenInstant({ channel: 'call', transactional: false, country: 'FR', zone: 'Europe/Paris', at: Date.parse(at) }).at).toISOString();
    expect(open('2026-09-15T07:00:00Z')).toBe('2026-09-15T08:00:00.000Z');
    expect(open('2026-09-15T11:30:00Z')).toBe('2026-09-15T12:00:00.000Z');
    expect(open('2026-09-18T18:00:00Z')).toBe('2026-09-21T08:00:00.000Z');
  });
});
