import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { sentenceOf, type Says } from '#components/reason-sentence.ts';
import { makeFormats } from '#components/use-formats.ts';
import { WORDS } from '#components/words/words.ts';

const paris = { timeZone: 'Europe/Paris', currency: 'EUR', currencyExponent: 2 };
const english = { says: createTranslator({ locale: 'en', messages: WORDS.en, namespace: 'reasons' }) as Says, formats: makeFormats('en', paris) };
const french = { says: createTranslator({ locale: 'fr', messages: WORDS.fr, namespace: 'reasons' }) as Says, formats: makeFormats('fr', paris) };

describe('the sentence of a reason', () => {
  it('names the messages that fill a cap, with its window (§5.11)', () => {
    const figures = { rule: 'week', counted: 3, own: 1, maximum: 3, unit: null, seconds: 7 * 86_400, filledBy: [{ label: 'Welcome', at: 0 }, { label: 'Sale', at: 0 }], freedBy: null };
    const reason = { code: 'capped', figures: { refusals: [{ code: 'pressure.count', figures }], freeAt: null } };
    expect(sentenceOf(english.says, reason, english.formats)).toBe('Pressure: 3 of 3 in 7 days (Welcome, Sale).');
    expect(sentenceOf(french.says, reason, french.formats)).toBe('Pression\u00a0: 3 sur 3 en 7 jours (Welcome, Sale).');
  });

  it('says instants in the workspace’s zone and amounts in its currency', () => {
    expect(sentenceOf(english.says, { code: 'quietHours', figures: { until: Date.UTC(2026, 2, 29, 8) } }, english.formats)).toBe('Quiet hours: it leaves at 29 Mar 2026, 10:00.');
    expect(sentenceOf(english.says, { code: 'bonus.minimumSpend', figures: { minimumSpendMinor: 5_000, spendMinor: 4_000, missingMinor: 1_000 } }, english.formats)).toBe('€10.00 more would have been needed (€50.00 in all).');
  });

  it('shows a dash for a figure that is missing, and the code of a reason without words', () => {
    expect(sentenceOf(english.says, { code: 'consent.denied', figures: { since: null } }, english.formats)).toContain('on –.');
    expect(sentenceOf(english.says, { code: 'reentry.onceEver' }, english.formats)).toBe('The customer may enter once only and entered on –.');
    expect(sentenceOf(english.says, { code: 'not.known' }, english.formats)).toBe('Reason: not.known');
  });
});
