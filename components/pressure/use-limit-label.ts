'use client';
/** «2 of 3 messages in 7 days, everyone»: a limit of the pressure policy and how full it is, in words. */
import { useTranslations } from 'next-intl';
import { useChannelName } from '#components/use-channel-name.ts';

export type Limit = { scope: { kind: string; channel?: string; category?: string; sender?: string }; kind: 'count' | 'weight'; used: number; maximum: number; unit: string | null; seconds: number | null };

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

export function useLimitLabel(): (limit: Limit) => string {
  const says = useTranslations('reasons');
  const t = useTranslations('customers.pressure');
  const channels = useChannelName('inSentence');
  const windowOf = ({ unit, seconds }: Limit): string => {
    if (unit !== null) return says(`windows.${unit}`);
    const length = seconds ?? 0;
    return length % DAY_SECONDS === 0 ? says('windows.days', { count: length / DAY_SECONDS }) : says('windows.hours', { count: Math.round(length / HOUR_SECONDS) });
  };
  const scopeOf = ({ scope }: Limit): string => t(`scopes.${scope.kind}`, { what: scope.channel ? channels(scope.channel) : scope.category ?? scope.sender ?? '' });
  return (limit) => t(limit.kind, { used: limit.used, maximum: limit.maximum, window: windowOf(limit), scope: scopeOf(limit) });
}
