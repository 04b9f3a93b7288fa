import { describe, expect, it } from 'vitest';
import { mayStillSend, type CustomerNow, type MessageInHand, type SendingRules } from '#domain/messages/may-still-send.ts';
import { DEFAULT_PRESSURE_POLICY } from '#domain/pressure/default-policy.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { HOUR_MS } from '#domain/shared/time.ts';

/** A Tuesday at noon in Paris. */
const now = Date.parse('2026-03-10T11:00:00Z');
const rules: SendingRules = { policy: DEFAULT_PRESSURE_POLICY, consentPolicy: { softOptIn: null }, sender: 'Lutin' };
const message: MessageInHand = {
  id: '1', key: 'e:n:1', channel: 'sms', category: 'information', priority: 60, dueAt: now, expiresAt: null, whenCapped: { kind: 'skip' }, heldSince: null,
  journeyId: 'j', entryKey: '', nodeId: 'n', visit: 1, label: 'Welcome',
};
const customer: CustomerNow = {
  customerId: 'c', address: { ok: true, address: '+33639980001' }, consents: [{ purpose: 'marketing', channel: 'sms', state: 'granted', source: 'till', at: 0 }],
  lastPurchaseAt: null, country: 'FR', zone: 'Europe/Paris', ledger: [],
};
const sent = (index: number, change: Partial<LedgerEntry> = {}): LedgerEntry => ({
  messageKey: `sent:${index}`, channel: 'email', category: 'information', sender: 'Lutin', weight: 1, counts: true, at: now - HOUR_MS, state: 'handedOver', priority: 60, rank: 2,
  dueAt: now - HOUR_MS, journeyId: 'j', entryKey: '', nodeId: 'n', visit: index, label: 'Other', ...change,
});
const ask = (messageChange: Partial<MessageInHand>, customerChange: Partial<CustomerNow> = {}, at = now) => mayStillSend({ ...message, ...messageChange }, { ...customer, ...customerChange }, rules, at);

describe('mayStillSend', () => {
  it('sends with the reason why it is lawful (§6.4) and the line that the ledger keeps', () => {
    expect(ask({})).toMatchObject({ kind: 'send', address: '+33639980001', transactional: false, lawful: { kind: 'consent', source: 'till' }, entry: { state: 'handedOver', at: now, weight: 1, counts: true } });
  });

  it('counts what was handed over and the reservations before it, never itself (§5.16)', () => {
    const itself = sent(9, { messageKey: message.key, state: 'reserved', at: now });
    expect(ask({}, { ledger: [sent(1), sent(2), itself] }).kind).toBe('send');
    expect(ask({}, { ledger: [sent(1), sent(2), sent(3, { state: 'reserved', priority: 10 })] }).kind).toBe('send');
    expect(ask({}, { ledger: [sent(1), sent(2), sent(3, { state: 'reserved', priority: 90 })] })).toMatchObject({ kind: 'suppress', reason: { code: 'capped' } });
  });

  it('holds a capped message and moves its reservation (§5.12, §5.18)', () => {
    const held = ask({ whenCapped: { kind: 'hold', expiresAfterSeconds: 3_600 } }, { ledger: [sent(1), sent(2), sent(3)] });
    expect(held).toMatchObject({ kind: 'hold', heldBy: 'pressure', until: now + HOUR_MS, reservation: { state: 'reserved', at: now + HOUR_MS, dueAt: now } });
  });

  it('names the better messages that came later and took its place (§5.17)', () => {
    const better = sent(3, { state: 'reserved', priority: 90, dueAt: now + 1, label: 'Better' });
    expect(ask({ whenCapped: { kind: 'exit' } }, { ledger: [sent(1), sent(2), better] })).toMatchObject({ kind: 'suppress', reason: { code: 'displaced', figures: { displacedBy: [{ label: 'Better', priority: 90 }] } } });
    expect(ask({ whenCapped: { kind: 'branch' } }, { ledger: [sent(1), sent(2), sent(3)] })).toMatchObject({ kind: 'suppress', reason: { code: 'capped' } });
  });

  it('changes to its other channel before hand-over and keeps its reservation there (§5.8, §7.8)', () => {
    expect(ask({ whenCapped: { kind: 'otherChannel', channel: 'email', templateKey: 'mail' } }, { ledger: [sent(1), sent(2), sent(3)] }))
      .toMatchObject({ kind: 'switch', channel: 'email', templateKey: 'mail', reason: { code: 'channelChanged', figures: { from: 'sms', to: 'email' } }, reservation: { messageKey: 'e:n:1', channel: 'email', state: 'reserved' } });
  });

  it('lets a transactional message through caps, quiet hours and missing consent (§5.9)', () => {
    const night = Date.parse('2026-03-10T22:00:00Z');
    expect(ask({ category: 'transactional' }, { consents: [], ledger: [sent(1), sent(2), sent(3)] }, night)).toMatchObject({ kind: 'send', transactional: true, entry: { counts: false } });
  });

  it.each([
    [{ expiresAt: now }, {}, 'expired'],
    [{ category: 'gone' }, {}, 'category.unknown'],
    [{}, { address: { ok: false as const, reason: 'bounced' } }, 'unreachable.bounced'],
    [{}, { consents: [] }, 'consent.noConsent'],
  ])('suppresses %j %j: %s (§6.2, §6.7)', (messageChange, customerChange, code) => {
    expect(ask(messageChange, customerChange)).toMatchObject({ kind: 'suppress', reason: { code } });
  });
});
