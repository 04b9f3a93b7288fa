'use client';
/** What happens at the counter: look someone up, ring up, cancel, take a reward. Everything that moves points has its id before it is sent. */
import { useTranslations } from 'next-intl';
import { useCallback, useRef, useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import type { OutgoingBox } from '#components/till/outgoing.ts';
import { customerOf, makePurchase, makeReturn, type Buyer, type SaleLine } from '#components/till/sale.ts';
import type { LookedUp, LoyaltyAnswer, Posted, RewardTaken, TillCustomer, TillVoucher } from '#components/till/till-types.ts';
import { useBenefit } from '#components/till/use-benefit.ts';

/** What the right-hand side shows after something was done. */
export type Done =
  | { kind: 'sold'; orderId: string; voucherUsed: boolean; amountMinor: number; discountMinor: number; gift: Record<string, string> | null; loyalty: LoyaltyAnswer[]; buyer: Buyer; kept: boolean }
  | { kind: 'cancelled'; amountMinor: number; loyalty: LoyaltyAnswer[]; reason: string; kept: boolean }
  | { kind: 'rewarded'; code: string; validUntil: string; costPoints: number; balance: number };

/** The server's own reading of what was typed, for when the network is gone; the till's page fetches it while nobody waits. */
export const loadGuess = async () => (await import('#domain/customers/guess-identifier.ts')).guessIdentifiers;

export type Missing = { text: string; identifiers: LookedUp['identifiers']; offline: boolean };
type Deps = { box: OutgoingBox | null; now: () => number; hear: (now: string) => void; store: string | null };

export function useCounter({ box, now, hear, store }: Deps) {
  const { workspace } = useSession();
  const t = useTranslations('till');
  const { discountOn } = useBenefit();
  const sentence = useProblemSentence();
  const reasonSentence = useReasonSentence();
  const [buyer, setBuyer] = useState<Buyer>({ kind: 'nobody' });
  const [voucher, setVoucher] = useState<TillVoucher | null>(null);
  const [missing, setMissing] = useState<Missing | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);

  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    await work().catch((error: unknown) => setProblem(sentence(error)));
    setBusy(false);
  };
  const startOver = useCallback(() => {
    turn.current += 1;
    setBuyer({ kind: 'nobody' });
    setVoucher(null);
    setMissing(null);
    setDone(null);
    setProblem(null);
  }, []);
  const refresh = async (customerId: string): Promise<void> => {
    const mine = turn.current;
    const found = await api.post<LookedUp>('/till/look-up', { customerId }).catch(() => null);
    if (found?.customer && mine === turn.current) setBuyer({ kind: 'known', customer: found.customer });
  };
  const know = (customer: TillCustomer): void => {
    setBuyer({ kind: 'known', customer });
    setMissing(null);
  };

  const lookUp = (text: string): Promise<void> => during(async () => {
    const voucherFor = buyer.kind === 'known' && !done ? buyer : null;
    try {
      const found = await api.post<LookedUp>('/till/look-up', { text });
      hear(found.now);
      const held = found.customer?.vouchers.find(({ code }) => code === found.voucherCode) ?? null;
      if (found.voucherCode && voucherFor) return held ? setVoucher(held) : setProblem(t('voucherNotUsable'));
      startOver();
      if (found.customer) know(found.customer);
      else setMissing({ text, identifiers: found.identifiers, offline: false });
      if (found.voucherCode) held ? setVoucher(held) : setProblem(t('voucherNotUsable'));
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 0)) throw error;
      const identifiers = (await loadGuess().catch(() => null))?.(text, workspace.country) ?? [];
      startOver();
      setMissing({ text, identifiers, offline: true });
    }
  });

  const ringUp = (amountMinor: number, lines: readonly SaleLine[]): Promise<void> => during(async () => {
    if (!box) return;
    const saleId = crypto.randomUUID();
    const told = voucher ? (discountOn(voucher.offer, amountMinor) ?? 0) : 0;
    const event = makePurchase({ saleId, at: now(), buyer, store, amountMinor, discountMinor: told, currency: workspace.currency, lines });
    const sent = await box.send({ id: saleId, at: now(), path: '/events', body: event, amountMinor: amountMinor - told, ...(voucher && { voucher: { code: voucher.code, amountMinor, discountMinor: told } }) });
    if (sent.kind === 'refused') return setProblem(reasonSentence({ code: sent.code }));
    const answer = sent.kind === 'answered' ? (sent.answer as Posted).events[0] : undefined;
    const discountMinor = sent.kind === 'answered' ? (sent.redeemed?.discountMinor ?? told) : told;
    const gift = voucher?.offer.benefit.kind === 'gift' ? voucher.offer.benefit.text : null;
    setVoucher(null);
    setDone({ kind: 'sold', orderId: saleId, voucherUsed: voucher !== null, amountMinor: amountMinor - discountMinor, discountMinor, gift, loyalty: answer?.loyalty ?? [], buyer, kept: sent.kind === 'kept' });
    if (answer?.customerId) void refresh(answer.customerId);
  });

  /** A sale that has not left this machine is taken out of the box: nobody has heard of it. Of one with a voucher the server may have heard, so its return follows it. */
  const cancel = (sale: { orderId: string; amountMinor: number; voucherUsed?: boolean }, reason: string): Promise<void> => during(async () => {
    if (!box) return;
    const waiting = box.list().find(({ id }) => id === sale.orderId);
    if (waiting && !sale.voucherUsed) {
      box.forget(sale.orderId);
      return setDone({ kind: 'cancelled', amountMinor: sale.amountMinor, loyalty: [], reason, kept: false });
    }
    const event = makeReturn({ orderId: sale.orderId, at: now(), customer: customerOf(buyer), store, reason });
    const item = { id: event.id, at: now(), path: '/events' as const, body: event, amountMinor: -sale.amountMinor };
    if (waiting) {
      box.add(item);
      return setDone({ kind: 'cancelled', amountMinor: sale.amountMinor, loyalty: [], reason, kept: true });
    }
    const sent = await box.send(item);
    if (sent.kind === 'refused') return setProblem(reasonSentence({ code: sent.code }));
    const answer = sent.kind === 'answered' ? (sent.answer as Posted).events[0] : undefined;
    setDone({ kind: 'cancelled', amountMinor: sale.amountMinor, loyalty: answer?.loyalty ?? [], reason, kept: sent.kind === 'kept' });
    if (buyer.kind === 'known') void refresh(buyer.customer.id);
  });

  const takeReward = (programme: string, rewardKey: string, key: string): Promise<void> => during(async () => {
    if (buyer.kind !== 'known') return;
    const taken = await api.post<RewardTaken>(`/programmes/${programme}/rewards/${rewardKey}/redeem`, { customerId: buyer.customer.id }, key);
    setDone({ kind: 'rewarded', code: taken.voucher.code, validUntil: taken.voucher.validUntil, costPoints: taken.costPoints, balance: taken.balance });
    await refresh(buyer.customer.id);
  });

  return { buyer, setBuyer, voucher, setVoucher, missing, setMissing, done, setDone, problem, busy, during, startOver, know, lookUp, ringUp, cancel, takeReward };
}
export type Counter = ReturnType<typeof useCounter>;
