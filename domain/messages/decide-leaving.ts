/**
 * Stage 4, dispatch: what becomes of messages that are due, in the order of §5.7, each answer counted in its customer's ledger before the next is
 * asked (§5.16). The dispatcher asks it under the customers' locks, the simulator over its virtual clock.
 */
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import { mayStillSend, type CustomerNow, type MessageInHand, type Reason, type SendingRules, type SendVerdict } from '#domain/messages/may-still-send.ts';
import { compareArbitration, type LedgerEntry } from '#domain/pressure/ledger-entry.ts';
import { findCategory } from '#domain/pressure/policy.ts';
import type { Instant } from '#domain/shared/time.ts';

/** `withdrawnBy`: the ending, other than completed, of the enrollment that planned it, or `stopped` while its stopped journey still holds it (§2.6, §8.5). */
export type DueMessage = Omit<MessageInHand, 'heldSince'> & { customerId: string; status: MessageStatus; reason: Reason | null; withdrawnBy: string | null };
/** `gone`: its place in the outbox outlived it, because a callback or a command settled the message. */
export type LeavingVerdict = SendVerdict | { kind: 'gone' };

/** The instant at which pressure first held it, which its reason keeps. */
function heldSinceOf({ status, reason }: DueMessage): Instant | null {
  const heldSince = status === 'held' && reason?.code === 'capped' ? reason.figures?.['heldSince'] : null;
  return typeof heldSince === 'number' ? heldSince : null;
}

/** Whether a hold is news for the customer's timeline: held by something else than before, or until another instant, to which its reservation moves (§5.12). */
export const isNewHold = (before: Reason | null, held: Reason): boolean => before?.code !== held.code || before.figures?.['until'] !== held.figures?.['until'];

function ledgerAfter(ledger: readonly LedgerEntry[], key: string, verdict: LeavingVerdict): LedgerEntry[] {
  const others = ledger.filter((entry) => entry.messageKey !== key);
  if (verdict.kind === 'send' && verdict.entry.counts) return [...others, verdict.entry];
  if ((verdict.kind === 'hold' || verdict.kind === 'switch') && verdict.reservation.counts) return [...others, verdict.reservation];
  return others;
}

function inOrder<Message extends DueMessage>(messages: readonly Message[], rank: (category: string) => number): readonly Message[] {
  if (messages.length < 2) return messages;
  const keyed = messages.map((message) => ({ message, place: { ...message, messageKey: message.key, rank: rank(message.category) } }));
  return keyed.sort((a, b) => compareArbitration(a.place, b.place)).map(({ message }) => message);
}

/** Each message with its verdict, in the order in which they were decided. `refusal` suppresses them all with that reason. */
export function decideLeaving<Message extends DueMessage>(
  messages: readonly Message[], customers: ReadonlyMap<string, CustomerNow>, rules: SendingRules, now: Instant, refusal: string | null = null,
): { message: Message; verdict: LeavingVerdict }[] {
  const rank = (category: string): number => findCategory(rules.policy, category)?.rank ?? 0;
  const ledgers = new Map([...customers].map(([customerId, { ledger }]) => [customerId, ledger]));
  const suppress = (code: string): LeavingVerdict => ({ kind: 'suppress', reason: { code } });
  return inOrder(messages, rank)
    .map((message) => {
      const customer = customers.get(message.customerId);
      const ledger = ledgers.get(message.customerId) ?? [];
      const verdict: LeavingVerdict = message.status !== 'queued' && message.status !== 'held' ? { kind: 'gone' }
        : refusal ? suppress(refusal)
        : message.withdrawnBy !== null && !findCategory(rules.policy, message.category)?.transactional ? suppress(`withdrawn.${message.withdrawnBy}`)
        : !customer ? suppress('customer.unknown')
        : mayStillSend({ ...message, heldSince: heldSinceOf(message) }, { ...customer, ledger }, rules, now);
      ledgers.set(message.customerId, ledgerAfter(ledger, message.key, verdict));
      return { message, verdict };
    });
}
