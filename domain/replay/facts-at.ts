/** A customer's facts put back to an instant of the past, from what is kept with its instant; what is not stays as it is now, and the replay says so. */
import { CustomerFigures } from '#domain/customers/figures.ts';
import type { Effect } from '#domain/enrollments/effects.ts';
import { applyEffects } from '#domain/enrollments/apply-effects.ts';
import type { CustomerFacts, SharedFacts } from '#domain/enrollments/facts.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { ledgerReachSeconds } from '#domain/pressure/policy.ts';
import { SECOND_MS, type Instant } from '#domain/shared/time.ts';
import type { DispatchNotes } from './dispatch-notes.ts';
import type { FiguresAfter, StoredHistory, StoredMessage } from './stored-history.ts';

/** Failures of what was sent all the same: a vendor reported later that it did not arrive, or nobody answered the call. It goes on counting as pressure. */
const REACHED_OUT: readonly (string | null)[] = ['vendor.failed', 'call.noAnswer'];

/** Whether the message was never sent, so that it fills no cap any more (§5.12). */
export const wasNeverSent = ({ status, reasonCode }: { status: MessageStatus; reasonCode: string | null }): boolean =>
  status === 'suppressed' || (status === 'failed' && !REACHED_OUT.includes(reasonCode));

/** One burst of the past: its instant, the numbers of its events, whether it answers what became of a message, and up to which line of the timeline it then knew of messages. */
export type Moment = { at: Instant; fromNo: number; toNo: number; hearsMessages: boolean; knownLines: number };

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

/** Dispatch speaks after the bursts of its instant; those that hear of messages know what it had said by then. */
const isKnownOf = (note: { at: Instant; line: number } | undefined, { at, hearsMessages, knownLines }: Moment): boolean => note !== undefined && (note.at < at || (note.at === at && hearsMessages && note.line < knownLines));

function movedBy({ moves }: DispatchNotes, moment: Moment): Map<string, Partial<LedgerEntry>> {
  const moved = new Map<string, Partial<LedgerEntry>>();
  for (const move of moves) if (isKnownOf(move, moment)) moved.set(move.messageKey, { ...moved.get(move.messageKey), ...move.to });
  return moved;
}

/** The ledger as the replay itself filled it; what dispatch made of a reservation, when a message left, or that it never did, is taken as stored. */
function pressureAt({ messages, rules }: StoredHistory, moment: Moment, { ledger, notes }: Pick<Known, 'ledger' | 'notes'>): LedgerEntry[] {
  const { at, hearsMessages } = moment;
  const stored = new Map(messages.map((message) => [message.key, message]));
  const moved = movedBy(notes, moment);
  const since = at - ledgerReachSeconds(rules.policy) * SECOND_MS;
  const noteOf = (code: string, { key }: StoredMessage) => notes.last.get(`${code} ${key}`);
  return ledger.flatMap((entry): LedgerEntry[] => {
    const message = stored.get(entry.messageKey);
    const ending = message && noteOf(`message.${message.status}`, message);
    const hasEnded = message && (message.statusAt < at || (message.statusAt === at && hearsMessages && (!ending || isKnownOf(ending, moment))));
    if (hasEnded && wasNeverSent(message)) return [];
    const left = message && noteOf('message.handedOver', message);
    const hasLeft = message && message.handedOverAt !== null && (message.handedOverAt < at || (message.handedOverAt === at && (!hearsMessages || !left || isKnownOf(left, moment))));
    const now: LedgerEntry = { ...entry, ...moved.get(entry.messageKey), ...(hasLeft && message.handedOverAt !== null && { state: 'handedOver' as const, at: message.handedOverAt }) };
    return now.at < since ? [] : [now];
  });
}

/** A report's place on the timeline; a report without a line of its own is known to the bursts of its instant that hear of messages. */
const isTold = (since: Instant, lines: readonly ({ at: Instant; line: number } | undefined)[], moment: Moment): boolean => {
  const told = lines.find((line) => line?.at === since);
  return since < moment.at || (since === moment.at && (told ? isKnownOf(told, moment) : moment.hearsMessages));
};

/** What a vendor told of a message follows its hand-over; all else was there before the bursts of its instant. */
const TOLD_BY_VENDORS = ['vendor', 'complaint'];

const consentsAt = ({ consents }: StoredHistory, { last }: DispatchNotes, moment: Moment): CustomerFacts['consents'] => {
  const known = consents.filter(({ at, source, messageKey }) =>
    TOLD_BY_VENDORS.includes(source) ? isTold(at, ['message.complained', 'message.failed'].map((code) => last.get(`${code} ${messageKey}`)), moment) : at <= moment.at);
  return [...new Map(known.map((consent) => [`${consent.purpose} ${consent.channel}`, consent])).values()];
};

/** Whether one of their browsers took notifications then. That the last one is gone is told by the message that failed; without one somebody took it away, before the bursts of its instant. */
function hadBrowser({ browsers, messages }: StoredHistory, { last }: DispatchNotes, moment: Moment): boolean {
  const lines = messages.flatMap(({ channel, key }) => (channel === 'push' ? [last.get(`message.failed ${key}`)] : []));
  const isGone = (goneAt: Instant): boolean => (lines.some((line) => line?.at === goneAt) ? isTold(goneAt, lines, moment) : goneAt <= moment.at);
  return browsers.some(({ since, goneAt }) => since <= moment.at && (goneAt === null || !isGone(goneAt)));
}

/** An address that is stopped now was usable until it was, and a customer had the browsers of that time. */
function reachableAt(stored: StoredHistory, notes: DispatchNotes, moment: Moment): CustomerFacts['reachable'] {
  const push = { push: hadBrowser(stored, notes, moment) ? { ok: true as const } : { ok: false as const, reason: 'noAddress' } };
  return { ...addressesAt(stored, notes, moment), ...push };
}

function addressesAt({ factsNow, stops, messages }: StoredHistory, { last }: DispatchNotes, moment: Moment): CustomerFacts['reachable'] {
  return Object.fromEntries(Object.entries(factsNow.reachable).map(([channel, answer]) => {
    if (answer.ok && answer.refusedAt !== undefined && answer.refusedAt > moment.at) return [channel, { ok: true as const }];
    const stop = stops.find((each) => each.channel === channel);
    if (!stop || answer.ok || answer.reason === 'noAddress') return [channel, answer];
    const lines = messages.flatMap((message) => (message.channel === channel ? ['message.bounced', 'message.failed'].map((code) => last.get(`${code} ${message.key}`)) : []));
    return [channel, isTold(stop.at, lines, moment) ? answer : { ok: true as const }];
  }));
}

/** `since`: what earlier bursts of the same instant did. `ledger`: in the stored messages' keys. */
type Known = { figures: readonly FiguresAfter[]; ledger: readonly LedgerEntry[]; notes: DispatchNotes; since: Effect[]; entryCounts: SharedFacts['entryCounts'] };

/** The facts before this burst. */
export function factsAt(stored: StoredHistory, moment: Moment, known: Known): { facts: CustomerFacts; shared: SharedFacts } {
  const { factsNow, events, rules, limitedOffers, vouchers } = stored;
  const facts: CustomerFacts = {
    ...factsNow,
    figures: known.figures.filter(({ no }) => no <= moment.toNo).at(-1)?.figures ?? CustomerFigures.parse({}),
    reachable: reachableAt(stored, known.notes, moment), consents: consentsAt(stored, known.notes, moment), balances: balancesAt(stored, moment), vouchers: vouchersAt(stored, moment),
    pressure: [],
    history: events.filter(({ no }) => no < moment.fromNo).map(({ type, occurredAt, properties }) => ({ type, occurredAt, properties })),
  };
  const offerStock = Object.fromEntries(limitedOffers.map((key) => [key, vouchers.filter(({ offerKey, issuedAt, ofJourney }) => offerKey === key && ofJourney && issuedAt >= moment.at).length]));
  const shared: SharedFacts = { offerStock, entryCounts: known.entryCounts };
  applyEffects(facts, shared, rules, known.since);
  facts.pressure = pressureAt(stored, moment, known);
  return { facts, shared };
}
