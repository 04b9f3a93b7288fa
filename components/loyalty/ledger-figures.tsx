'use client';
/** What a programme has issued and what customers hold, by the ledger and by the balances beside it: the two are the same number. */
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import type { Account } from '#components/loyalty/programme-types.ts';
import { Figure } from '#components/ui/figure.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

export function LedgerFigures({ programmeKey, pointValueMinor }: { programmeKey: string; pointValueMinor: number | undefined }) {
  const t = useTranslations('loyalty.ledger');
  const formats = useFormats();
  const query = useQuery({ queryKey: ['programmes', programmeKey, 'figures'], queryFn: ({ signal }) => api.get<{ accounts: Account[] }>(`/programmes/${programmeKey}/figures`, {}, signal) });
  if (query.isPending) return <LoadingState lines={3} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const of = (account: string): Account => query.data.accounts.find((one) => one.account === account) ?? { account, ledger: 0, balances: 0, customers: 0 };
  const held = of('customer:available');
  const sumsToZero = query.data.accounts.reduce((sum, { ledger }) => sum + ledger, 0) === 0;
  const agrees = sumsToZero && held.ledger === held.balances;
  return (
    <section className={classes.card} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <div className={classes.figures}>
        <Figure label={t('held')} value={formats.number(held.balances)} unit={t('points')} definition={t('heldHelp')} />
        <Figure label={t('customers')} value={formats.number(held.customers)} />
        <Figure label={t('issued')} value={formats.number(-of('programme:issued').ledger)} definition={t('issuedHelp')} />
        <Figure label={t('spent')} value={formats.number(of('programme:redeemed').ledger)} definition={t('spentHelp')} />
        {pointValueMinor !== undefined && pointValueMinor > 0 && <Figure label={t('worth')} value={formats.money(Math.round(held.balances * pointValueMinor))} definition={t('worthHelp')} />}
      </div>
      <span style={{ display: 'flex', gap: 8, color: `var(--${agrees ? 'live' : 'danger'})` }}>
        {agrees ? <IconCircleCheck size={18} stroke={1.6} aria-hidden style={{ flex: 'none' }} /> : <IconAlertTriangle size={18} stroke={1.6} aria-hidden style={{ flex: 'none' }} />}
        {agrees ? t('agrees') : t('differs', { ledger: held.ledger, balances: held.balances })}
      </span>
    </section>
  );
}
