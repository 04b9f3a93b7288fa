'use client';
/** How full each limit of the pressure policy is for this customer, and which messages fill it. */
import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useLimitLabel, type Limit } from '#components/pressure/use-limit-label.ts';
import { PressureMeter } from '#components/ui/pressure-meter.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

type Fill = { label: string; at: string; channel: string; state: string };
type Filled = Limit & { rule: string; name: string | null; filledBy: Fill[] };
type Pressure = { at: string; timeZone: string; limits: Filled[] };

export function CustomerPressure({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.pressure');
  const formats = useFormats();
  const labelOf = useLimitLabel();
  const pressure = useQuery({ queryKey: ['customers', customerId, 'pressure'], queryFn: ({ signal }) => api.get<Pressure>(`/customers/${customerId}/pressure`, {}, signal) });
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {pressure.isPending ? <LoadingState lines={2} /> : pressure.isError ? <ErrorState error={pressure.error} onRetry={() => void pressure.refetch()} /> : (
        <div className={classes.lines}>
          {pressure.data.limits.map((limit) => (
            <Tooltip key={`${limit.rule}-${limit.kind}`} disabled={limit.filledBy.length === 0} multiline maw={320} label={limit.filledBy.map(({ label, at }) => `${label}, ${formats.date(at)}`).join(' · ')}>
              <div>
                <PressureMeter used={limit.used} cap={limit.maximum} label={labelOf(limit)} />
                {limit.filledBy.length > 0 && <div className={classes.small}>{[...new Set(limit.filledBy.map(({ label }) => label))].join(', ')}</div>}
              </div>
            </Tooltip>
          ))}
          {pressure.data.limits.length === 0 && <div className={classes.small}>{t('noLimits')}</div>}
        </div>
      )}
    </section>
  );
}
