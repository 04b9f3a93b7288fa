import { expect, it } from 'vitest';
import { lawfulness, type Consent, type ConsentPolicy } from '#domain/customers/consent.ts';
import { DAY_MS } from '#domain/shared/time.ts';

const AT = 1_000 * DAY_MS;
const optIn: ConsentPolicy = { softOptIn: null };
const soft: ConsentPolicy = { softOptIn: { chosenAt: AT - DAY_MS, channels: ['email'], withinDays: 365 } };
const said = (state: Consent['state'], at: number, purpose: Consent['purpose'] = 'marketing'): Consent => ({ purpose, channel: 'email', state, source: 'till', wordingVersion: 'v2', at });
const bought = { at: AT, lastPurchaseAt: AT - 10 * DAY_MS };
const never = { at: AT, lastPurchaseAt: null };

it('sends marketing by consent only, and keeps which (§6.4)', () => {
  expect(lawfulness('marketing', 'email', [], optIn, bought)).toEqual({ lawful: false, reason: 'noConsent', since: null });
  expect(lawfulness('marketing', 'email', [said('granted', 5)], optIn, never)).toEqual({ lawful: true, basis: { kind: 'consent', source: 'till', wordingVersion: 'v2', at: 5 } });
  expect(lawfulness('marketing', 'sms', [said('granted', 5)], optIn, never)).toMatchObject({ lawful: false });
});

it('obeys the latest word, and the denial of two at one instant, in any order (§6.4, §6.7)', () => {
  expect(lawfulness('marketing', 'email', [said('granted', 5), said('denied', 6)], soft, bought)).toEqual({ lawful: false, reason: 'denied', since: 6 });
  expect(lawfulness('marketing', 'email', [said('granted', 7), said('denied', 6)], optIn, never)).toMatchObject({ lawful: true });
  for (const both of [[said('granted', 5), said('denied', 5)], [said('denied', 5), said('granted', 5)]]) {
    expect(lawfulness('marketing', 'email', both, optIn, never)).toMatchObject({ lawful: false });
  }
});

it('writes to existing customers by soft opt-in from the day the workspace chose it, on its channels (§6.4)', () => {
  expect(lawfulness('marketing', 'email', [], soft, bought)).toEqual({ lawful: true, basis: { kind: 'softOptIn', chosenAt: AT - DAY_MS, lastPurchaseAt: AT - 10 * DAY_MS } });
  expect(lawfulness('marketing', 'sms', [], soft, bought)).toMatchObject({ lawful: false });
  expect(lawfulness('marketing', 'email', [], soft, never)).toMatchObject({ lawful: false });
  expect(lawfulness('marketing', 'email', [], soft, { at: AT, lastPurchaseAt: AT - 366 * DAY_MS })).toMatchObject({ lawful: false });
  expect(lawfulness('marketing', 'email', [], soft, { at: AT - 2 * DAY_MS, lastPurchaseAt: AT - 10 * DAY_MS })).toMatchObject({ lawful: false });
});

it('sends what is transactional whatever was said about marketing, unless that very purpose was denied (§6.4)', () => {
  expect(lawfulness('transactional', 'email', [said('denied', 5)], optIn, never)).toEqual({ lawful: true, basis: { kind: 'transactional' } });
  expect(lawfulness('transactional', 'email', [said('denied', 5, 'transactional')], optIn, never)).toMatchObject({ lawful: false });
});
