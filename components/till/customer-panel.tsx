'use client';
/** Who stands at the counter: their balance first, then what it buys, their vouchers and what they bought last. */
import { UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { chooseText } from '#domain/shared/choose-text.ts';
import { CancelSale } from '#components/till/cancel-sale.tsx';
import type { TillBalance, TillCustomer, TillVoucher } from '#components/till/till-types.ts';
import classes from '#components/till/till.module.css';
import { useBenefit } from '#components/till/use-benefit.ts';
import type { Counter } from '#components/till/use-counter.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

export const nameOf = ({ firstName, lastName }: TillCustomer): string => [firstName, lastName].filter(Boolean).join(' ');

function Balance({ balance, busy, onReward }: { balance: TillBalance; busy: boolean; onReward: (rewardKey: string) => void }) {
  const t = useTranslations('till');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  const text = (name: Record<string, string>): string => chooseText(name, language, workspace.language).text;
  return (
    <>
      <div>
        <div className="quiet">{text(balance.name)}</div>
        <div className={classes.balance}><strong>{formats.number(balance.balance)}</strong><span className="quiet">{t('points', { count: balance.balance })}</span></div>
        {balance.next && <div>{t('toNext', { missing: formats.number(balance.next.missingPoints), count: balance.next.missingPoints, reward: text(balance.next.reward.name) })}</div>}
      </div>
      {balance.reachable.length > 0 && (
        <div className={classes.section}>
          <h3>{t('rewards')}</h3>
          {balance.reachable.map((reward) => (
            <UnstyledButton key={reward.key} className={classes.choice} disabled={busy} onClick={() => onReward(reward.key)}>
              <span>{t('give', { reward: text(reward.name) })}</span><b>{t('costs', { points: formats.number(reward.costPoints), count: reward.costPoints })}</b>
            </UnstyledButton>
          ))}
        </div>
      )}
    </>
  );
}

function Voucher({ voucher, chosen, onChoose }: { voucher: TillVoucher; chosen: boolean; onChoose: () => void }) {
  const t = useTranslations('till');
  const formats = useFormats();
  const { nameOfOffer, words } = useBenefit();
  return (
    <UnstyledButton className={classes.choice} data-chosen={chosen || undefined} aria-pressed={chosen} onClick={onChoose}>
      <span>{nameOfOffer(voucher.offer)}<small>{voucher.validUntil ? t('voucherUntil', { code: voucher.code, at: formats.date(voucher.validUntil) }) : voucher.code}</small></span>
      <b>{chosen ? <IconCheck size={18} aria-hidden /> : words(voucher.offer)}</b>
    </UnstyledButton>
  );
}

export function CustomerPanel({ customer, counter, onCorrect }: { customer: TillCustomer; counter: Counter; onCorrect: (amountMinor: number) => void }) {
  const t = useTranslations('till');
  const formats = useFormats();
  const { till } = useSession();
  const name = nameOf(customer) || t('unnamed');
  const last = customer.lastPurchase;
  const shownElsewhere = counter.done?.kind === 'sold' && counter.done.orderId === last?.orderId;
  return (
    <section className={classes.panel} aria-label={t('customer')}>
      <div className={classes.who}>
        <h2 className={classes.name}>{till ? name : <Link href={`/customers/${customer.id}`}>{name}</Link>}</h2>
        <span className="quiet">{customer.identifiers.filter(({ kind }) => kind === 'phone' || kind === 'card').map(({ value }) => value).join(' · ')}</span>
      </div>
      {customer.balances.map((balance) => <Balance key={balance.programme} balance={balance} busy={counter.busy} onReward={(rewardKey) => void counter.takeReward(balance.programme, rewardKey, crypto.randomUUID())} />)}
      {customer.vouchers.length > 0 && (
        <div className={classes.section}>
          <h3>{t('vouchers')}</h3>
          {customer.vouchers.map((voucher) => <Voucher key={voucher.code} voucher={voucher} chosen={counter.voucher?.code === voucher.code} onChoose={() => counter.setVoucher(counter.voucher?.code === voucher.code ? null : voucher)} />)}
        </div>
      )}
      {last && !shownElsewhere && (
        <div className={classes.section}>
          <h3>{t('lastPurchase')}</h3>
          <div className={classes.sum}><span>{formats.dateTime(last.occurredAt)}</span><b>{formats.money(last.amountMinor)}</b></div>
          {last.returned ? <span className="quiet">{t('alreadyCancelled')}</span> : (
            <CancelSale label={t('cancelLast')} busy={counter.busy} onCancel={(reason) => void counter.cancel(last, reason).then(() => { if (reason === 'wrongAmount') onCorrect(last.amountMinor); })} />
          )}
        </div>
      )}
    </section>
  );
}
