/**
 * Stage 4, dispatch: the last check before hand-over, asked under the customer's lock with the facts of that instant (§5.16). In this
 * order: expiry, category, address, the law, quiet hours, pressure. What was true when the message was planned counts for nothing here.
 */
import { isChannel } from '#domain/customers/channels.ts';
import { callForbidden } from '#domain/messages/call-rules.ts';
import { consentInForce, lawfulness, type Channel, type Consent, type ConsentPolicy, type LawfulBasis } from '#domain/customers/consent.ts';
import { nextOpenInstant } from '#domain/messages/quiet-hours.ts';
import { spreadKey } from '#domain/messages/spread-key.ts';
import { compareArbitration } from '#domain/pressure/compare-arbitration.ts';
import { decidePressure, type Refusal } from '#domain/pressure/decide-pressure.ts';
import { explainRefusal } from '#domain/pressure/explain-refusal.ts';
import { capSwitches, findCategory } from '#domain/pressure/category.ts';
import type { MessageCategory, PressurePolicy } from '#domain/pressure/policy.ts';
import { resolveCapped, type WhenCapped } from '#domain/pressure/when-capped.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import type { Instant } from '#domain/shared/time.ts';

export type Reason = { code: string; figures?: Record<string, unknown> };

/** What the row says of a message. `heldSince` is the instant at which pressure first held it, null when it never did. */
export type MessageInHand = {
  id: string;
  key: string;
  channel: string;
  category: string;
  priority: number;
  dueAt: Instant;
  expiresAt: Instant | null;
  whenCapped: WhenCapped;
  heldSince: Instant | null;
  journeyId: string;
  entryKey: string;
  nodeId: string;
  visit: number;
  /** What an explanation calls it: the name of its journey. */
  label: string;
};

export type CustomerNow = {
  customerId: string;
  address: { ok: true; address: string; refusedAt?: Instant } | { ok: false; reason: string };
  consents: readonly Consent[];
  lastPurchaseAt: Instant | null;
  country: string;
  zone: string;
  /** The customer's pressure ledger with what this transaction has decided already. */
  ledger: readonly LedgerEntry[];
};

export type SendingRules = { policy: PressurePolicy; consentPolicy: ConsentPolicy; sender: string };

export type SendVerdict =
  | { kind: 'send'; address: string; lawful: LawfulBasis; transactional: boolean; entry: LedgerEntry }
  /** `reason` is kept on the message while it waits; `reservation` moves with it when it counts (§5.12). */
  | { kind: 'hold'; heldBy: 'quietHours' | 'pressure'; until: Instant; reason: Reason; reservation: LedgerEntry }
  /** It leaves by its other channel instead: `reason` says why, the reservation is kept for the next check there (§5.8, §7.8). */
  | { kind: 'switch'; channel: Channel; templateKey: string; reason: Reason; reservation: LedgerEntry }
  | { kind: 'suppress'; reason: Reason };

/** The line that this message has in the pressure ledger under the policy in force (§5.13), leaving at `at`. */
function ledgerEntryOf(message: MessageInHand, category: MessageCategory, sender: string, at: Instant, state: LedgerEntry['state']): LedgerEntry {
  const { key, id, channel, priority, dueAt, journeyId, entryKey, nodeId, visit, label } = message;
  return {
    messageKey: key, messageId: id, channel, category: category.key, sender, weight: category.weight, counts: capSwitches(category).counts,
    at, state, priority, rank: category.rank, dueAt, journeyId, entryKey, nodeId, visit, label,
  };
}

/** The better messages that were planned after this one and took its room (§5.17). */
function displacing(message: MessageInHand, rank: number, ledger: readonly LedgerEntry[], refusals: readonly Refusal[]): { label: string; channel: string; priority: number; at: Instant }[] {
  const filling = new Set(refusals.flatMap(({ filledBy }) => filledBy.map(({ label, at }) => `${at} ${label}`)));
  return ledger
    .filter((entry) => entry.messageKey !== message.key && entry.dueAt > message.dueAt && compareArbitration(entry, { ...message, messageKey: message.key, rank }) < 0 && filling.has(`${entry.at} ${entry.label}`))
    .map(({ label, channel, priority, at }) => ({ label, channel, priority, at }));
}

/** Whether a message may leave at `now`: send it, hold it until an instant, or suppress it with the reason (§5.11, §6.1, §6.2, §6.4, §6.7). */
export function mayStillSend(message: MessageInHand, customer: CustomerNow, rules: SendingRules, now: Instant): SendVerdict {
  const { expiresAt } = message;
  const suppress = (code: string, figures?: Record<string, unknown>): SendVerdict => ({ kind: 'suppress', reason: figures ? { code, figures } : { code } });
  if (expiresAt !== null && now >= expiresAt) return suppress('expired', { expiresAt, heldSince: message.heldSince });
  const category = findCategory(rules.policy, message.category);
  if (!category) return suppress('category.unknown', { category: message.category });
  if (!isChannel(message.channel)) return suppress('channel.unknown', { channel: message.channel });
  if (!customer.address.ok) return suppress(`unreachable.${customer.address.reason}`);
  const purpose = category.transactional || category.purpose === 'service' ? 'transactional' : 'marketing';
  const law = lawfulness(purpose, message.channel, customer.consents, rules.consentPolicy, { at: now, lastPurchaseAt: customer.lastPurchaseAt });
  if (!law.lawful) return suppress(`consent.${law.reason}`, { since: law.since });

  const forbidden = callForbidden({
    channel: message.channel, purpose, country: customer.country, zone: customer.zone, at: now, ledger: customer.ledger.filter((entry) => entry.messageKey !== message.key),
    refusedAt: customer.address.refusedAt ?? null, consent: consentInForce(customer.consents, 'marketing', message.channel),
  });
  if (forbidden) return suppress(forbidden.code, forbidden.figures);

  const entryAt = (at: Instant, state: LedgerEntry['state']): LedgerEntry => ledgerEntryOf(message, category, rules.sender, at, state);
  const open = nextOpenInstant({ channel: message.channel, transactional: category.transactional, country: customer.country, zone: customer.zone, at: now, spreadKey: spreadKey({ ...message, customerId: customer.customerId }) });
  if (open.at > now) {
    if (expiresAt !== null && open.at >= expiresAt) return suppress('expired', { expiresAt, heldBy: 'quietHours', opensAt: open.at });
    return { kind: 'hold', heldBy: 'quietHours', until: open.at, reason: { code: 'quietHours', figures: { until: open.at } }, reservation: entryAt(open.at, 'reserved') };
  }

  const candidate = { ...entryAt(now, 'handedOver'), ignoresCap: capSwitches(category).ignoresCap };
  const decision = decidePressure({ policy: rules.policy, ledger: customer.ledger, candidate, at: now, zone: customer.zone });
  if (decision.kind === 'pass') return { kind: 'send', address: customer.address.address, lawful: law.basis, transactional: category.transactional, entry: entryAt(now, 'handedOver') };

  const heldSince = message.heldSince ?? now;
  const displacedBy = displacing(message, category.rank, customer.ledger, decision.refusals);
  const capped = { refusals: decision.refusals.map(explainRefusal), freeAt: decision.freeAt, ...(displacedBy.length > 0 ? { displacedBy } : {}) };
  const resolution = resolveCapped(message.whenCapped, decision, now, { heldSince, stage: 'handOver' });
  if (resolution.kind === 'hold') {
    const until = Math.min(resolution.lookAgainAt ?? resolution.expiresAt, resolution.expiresAt, expiresAt ?? Infinity);
    return { kind: 'hold', heldBy: 'pressure', until, reason: { code: 'capped', figures: { ...capped, heldSince, until } }, reservation: entryAt(until, 'reserved') };
  }
  if (resolution.kind === 'otherChannel') {
    const { channel, templateKey } = resolution;
    const reason = { code: 'channelChanged', figures: { ...capped, from: message.channel, to: channel } };
    return { kind: 'switch', channel, templateKey, reason, reservation: { ...entryAt(now, 'reserved'), channel } };
  }
  return resolution.kind === 'expired' ? suppress('expired', { ...capped, heldSince }) : suppress(displacedBy.length > 0 ? 'displaced' : 'capped', capped);
}
