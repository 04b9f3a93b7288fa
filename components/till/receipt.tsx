'use client';
/** What was done, as a sentence that the shopkeeper can read out, with the figures and the way back. */
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { chooseText } from '#domain/shared/choose-text.ts';
import { useSession } from '#components/session.tsx';
import { CancelSale } from '#components/till/cancel-sale.tsx';
import { sayPoints } from '#components/till/say-points.ts';
import classes from '#components/till/till.module.css';
import type { OpenTill } from '#components/till/till-types.ts';
import type { Counter, Done } from '#components/till/use-counter.ts';
import { Figure } from '#components/ui/figure.tsx';
import { useFormats } from '#components/use-formats.ts';

type Props = { done: Done; counter: Counter; till: OpenTill | undefined; estimate: number | null; onNext: () => void; onCorrect: (amountMinor: number) => void };

export function Receipt({ done, counter, till, estimate, onNext, onCorrect }: Props) {
  const t = useTranslations('till.receipt');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  const text = (name: Record<string, string>): string => chooseText(name, language, workspace.language).text;
  const loyalty = done.kind === 'rewarded' ? [] : done.loyalty;
  const says = sayPoints(t, formats, (key) => till?.programmes.flatMap(({ rewards }) => rewards).find((reward) => reward.key === key)?.name, text);
  const cancel = (reason: string): void => {
    if (done.kind !== 'sold') return;
    void counter.cancel({ orderId: done.orderId, amountMinor: done.amountMinor, voucherUsed: done.voucherUsed }, reason).then(() => {
      if (reason === 'wrongAmount') onCorrect(done.amountMinor + done.discountMinor);
    });
  };
  return (
    <section className={classes.panel} aria-label={t('title')} aria-live="polite" data-receipt={done.kind}>
      {done.kind === 'rewarded' ? (
        <>
          <p className={classes.sentence}>{t('rewarded', { points: formats.number(done.costPoints), count: done.costPoints })}</p>
          <span className={classes.code}>{done.code}</span>
          <span className="quiet">{t('voucherUntil', { at: formats.date(done.validUntil) })}</span>
          <Figure label={t('balance')} value={formats.number(done.balance)} />
        </>
      ) : (
        <>
          <p className={classes.sentence}>{done.kind === 'sold' ? (done.kept ? t('kept', { amount: formats.money(done.amountMinor) }) : says(done)) : t(done.kept ? 'cancelKept' : 'cancelled', { amount: formats.money(done.amountMinor) })}</p>
          {done.kind === 'sold' && done.kept && estimate !== null && <p style={{ margin: 0 }}>{t('about', { points: formats.number(estimate), count: estimate })}</p>}
          {done.kind === 'sold' && done.gift && <p style={{ margin: 0 }}>{t('gift', { gift: text(done.gift) })}</p>}
          <div className={classes.figures}>
            <Figure label={t(done.kind === 'sold' ? 'paid' : 'givenBack')} value={formats.money(done.amountMinor)} />
            {done.kind === 'sold' && done.discountMinor > 0 && <Figure label={t('discount')} value={formats.money(done.discountMinor)} />}
            {loyalty.map((line) => <Figure key={`points-${line.programme}`} label={t(done.kind === 'sold' ? 'earned' : 'takenBack')} value={formats.number(Math.abs(line.points))} />)}
            {loyalty.map((line) => <Figure key={`balance-${line.programme}`} label={t('balance')} value={formats.number(line.balance)} />)}
          </div>
        </>
      )}
      <Button size="xl" onClick={onNext} data-autofocus>{t('next')}</Button>
      {done.kind === 'sold' && <CancelSale label={t('cancelThis')} busy={counter.busy} onCancel={cancel} />}
    </section>
  );
}
