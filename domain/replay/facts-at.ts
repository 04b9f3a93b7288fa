/** A customer's facts put back to an instant of the past, from what is kept with its instant; what is not stays as it is now, and the replay says so. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import type { Effect } from '#domain/enrollments/effects.ts';
import { applyEffects } from '#domain/enrollments/apply-effects.ts';
import type { CustomerFacts, SharedFacts } from '#domain/enrollments/facts.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { ledgerReachSeconds } from '#domain/pressure/policy.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';
import type { FiguresAfter, StoredHistory } from './stored-history.ts';

/** Failures of what was sent all the same: a vendor reported later that it did not arrive, or nobody answered the call. It goes on counting as pressure. */
const REACHED_OUT: readonly (string | null)[] = ['vendor.failed', 'call.noAnswer'];

/** Whether the message was never sent, so that it fills no cap any more (§5.12). */
export const wasNeverSent = ({ status, reasonCode }: { status: MessageStatus; reasonCode: string | null }): boolean =>
  status === 'suppressed' || (status === 'failed' && !REACHED_OUT.includes(reasonCode));

/** One burst of the past: its instant, the number of its first event, and whether it answers what became of a message. */
export type Moment = { at: Instant; fromNo: number; toNo: number; hearsMessages: boolean };

const balancesAt = ({ movements }: StoredHistory, { at }: Moment): Record<string, number> => {
  const balances: Record<string, number> = {};
  for (const { programmeKey, amount, countsFrom, ofJourney } of movements) {
    if (countsFrom < at || (countsFrom === at && !ofJourney)) balances[programmeKey] = (balances[programmeKey] ?? 0) + amount;
  }
  return balances;
};

const vouchersAt = ({ vouchers }: StoredHistory, { at }: Moment): CustomerFacts['vouchers'] => vouchers
  .filter(({ issuedAt, ofJourney }) => issuedAt < at || (issuedAt === at && !ofJourney))
  .map(({ offerKey, redeemedAt, validFrom, validUntil }) => ({ offerKey, status: redeemedAt !== null && redeemedAt <= at ? 'redeemed' as const : 'issued' as const, validFrom, validUntil }));

/** The ledger as the replay itself filled it; when a message left, or that it never did, is taken as stored. */
function pressureAt({ messages, rules }: StoredHistory, { at, hearsMessages }: Moment, ledger: readonly LedgerEntry[]): LedgerEntry[] {
  const stored = new Map(messages.map((message) => [message.key, message]));
  const since = at - ledgerReachSeconds(rules.policy) * SECOND_MS;
  return ledger.flatMap((entry): LedgerEntry[] => {
    const message = stored.get(entry.messageKey);
    const isGone = message && wasNeverSent(message) && (message.statusAt < at || (hearsMessages && message.statusAt === at));
    if (isGone) return [];
    const hasLeft = message && message.handedOverAt !== null && message.handedOverAt <= at;
    const now: LedgerEntry = hasLeft && message.handedOverAt !== null ? { ...entry, state: 'handedOver', at: message.handedOverAt } : entry;
    return now.at < since ? [] : [now];
  });
}

/** What a vendor told follows a hand-over: within an instant it is known only to the bursts that hear of messages. */
const TOLD_BY_VENDORS = ['vendor', 'complaint'];
const isKnown = (since: Instant, byVendor: boolean, { at, hearsMessages }: Moment): boolean => since < at || (since === at && (!byVendor || hearsMessages));

const consentsAt = ({ consents }: StoredHistory, moment: Moment): CustomerFacts['consents'] =>
  [...new Map(consents.filter((consent) => isKnown(consent.at, TOLD_BY_VENDORS.includes(consent.source), moment)).map((consent) => [`${consent.purpose} ${consent.channel}`, consent])).values()];

/** An address that is stopped now was usable until it was. */
function reachableAt({ factsNow, stops }: StoredHistory, moment: Moment): CustomerFacts['reachable'] {
  return Object.fromEntries(Object.entries(factsNow.reachable).map(([channel, answer]) => {
    if (answer.ok && answer.refusedAt !== undefined && answer.refusedAt > moment.at) return [channel, { ok: true as const }];
    const stop = stops.find((each) => each.channel === channel);
    return [channel, stop && !isKnown(stop.at, true, moment) && !answer.ok && answer.reason !== 'noAddress' ? { ok: true as const } : answer];
  }));
}

/** The facts before this burst. `since`: what earlier bursts of the same instant did. `ledger`: in the stored messages' keys. */
export function factsAt(stored: StoredHistory, moment: Moment, known: { figures: readonly FiguresAfter[]; ledger: readonly LedgerEntry[]; since: Effect[]; entryCounts: SharedFacts['entryCounts'] }): { facts: CustomerFacts; shared: SharedFacts } {
  const { factsNow, events, rules, limitedOffers, vouchers } = stored;
  const facts: CustomerFacts = {
    ...factsNow,
    figures: known.figures.filter(({ no }) => no <= moment.toNo).at(-1)?.figures ?? CustomerFigures.parse({}),
    reachable: reachableAt(stored, moment), consents: consentsAt(stored, moment), balances: balancesAt(stored, moment), vouchers: vouchersAt(stored, moment),
    pressure: [],
    history: events.filter(({ no }) => no < moment.fromNo).map(({ type, occurredAt, properties }) => ({ type, occurredAt, properties })),
  };
  const offerStock = Object.fromEntries(limitedOffers.map((key) => [key, vouchers.filter(({ offerKey, issuedAt, ofJourney }) => offerKey === key && ofJourney && issuedAt >= moment.at).length]));
  const shared: SharedFacts = { offerStock, entryCounts: known.entryCounts };
  applyEffects(facts, shared, rules, known.since);
  facts.pressure = pressureAt(stored, moment, known.ledger);
  return { facts, shared };
}
