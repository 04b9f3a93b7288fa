'use client';
/** How full each limit of the pressure policy is for this customer, and which messages fill it. */
import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { PressureMeter } from '#components/ui/pressure-meter.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

type Fill = { label: string; at: string; channel: string; state: string };
type Limit = { rule: string; name: string | null; scope: { kind: string; channel?: string; category?: string; sender?: string }; kind: 'count' | 'weight'; used: number; maximum: number; unit: string | null; seconds: number | null; filledBy: Fill[] };
type Pressure = { at: string; timeZone: string; limits: Limit[] };

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

function useWindowWords(): (limit: Limit) => string {
  const says = useTranslations('reasons');
  return ({ unit, seconds }) => {
    if (unit !== null) return says(`windows.${unit}`);
    const length = seconds ?? 0;
    return length % DAY_SECONDS === 0 ? says('windows.days', { count: length / DAY_SECONDS }) : says('windows.hours', { count: Math.round(length / HOUR_SECONDS) });
  };
}

export function CustomerPressure({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.pressure');
  const formats = useFormats();
  const channels = useTranslations('customers.messages.channels');
  const windowOf = useWindowWords();
  const pressure = useQuery({ queryKey: ['customers', customerId, 'pressure'], queryFn: ({ signal }) => api.get<Pressure>(`/customers/${customerId}/pressure`, {}, signal) });
  const scopeOf = ({ scope }: Limit): string => t(`scopes.${scope.kind}`, { what: scope.channel ? channels(scope.channel) : scope.category ?? scope.sender ?? '' });
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {pressure.isPending ? <LoadingState lines={2} /> : pressure.isError ? <ErrorState error={pressure.error} onRetry={() => void pressure.refetch()} /> : (
        <div className={classes.lines}>
          {pressure.data.limits.map((limit) => (
            <Tooltip key={`${limit.rule}-${limit.kind}`} disabled={limit.filledBy.length === 0} multiline maw={320} label={limit.filledBy.map(({ label, at }) => `${label}, ${formats.date(at)}`).join(' · ')}>
              <div>
                <PressureMeter used={limit.used} cap={limit.maximum} label={t(limit.kind, { used: limit.used, maximum: limit.maximum, window: windowOf(limit), scope: scopeOf(limit) })} />
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
