'use client';
/** Recomputes what happened to a customer by the rules, and shows every line in which the two differ. It changes nothing. */
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import classes from '#components/customers/customers.module.css';
import { useTimelineText } from '#components/customers/timeline-text.ts';
import { isReason, useReasonSentence } from '#components/reason-sentence.ts';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

type Difference = { only: 'recomputed' | 'stored'; what: 'step' | 'message' | 'points' | 'voucher'; at: string; journeyId: string | null; journeyName: string | null; nodeId: string | null; data: Record<string, unknown> };
type Replay = {
  compared: { step: number; message: number; points: number; voucher: number }; differences: Difference[]; differencesInAll: number; byHand: number;
  changedSince: { what: 'pressurePolicy' | 'programme' | 'offer'; at: string }[];
};

function DifferenceLine({ difference }: { difference: Difference }) {
  const t = useTranslations('customers.replay');
  const formats = useFormats();
  const timelineText = useTimelineText();
  const sayReason = useReasonSentence();
  const { what, only, at, journeyId, journeyName, nodeId, data } = difference;
  const refusal = { code: String(data['refusal'] ?? '') };
  const text = what === 'step' ? timelineText({ kind: 'journey', id: '', at, data: { ...data, step: data['kind'], journeyId, journeyName, nodeId } })
    : what === 'message' ? [t('lines.message', { journey: journeyName ?? '' }), data['refusal'] != null && isReason(refusal) ? sayReason(refusal) : ''].filter(Boolean).join('. ')
      : what === 'points' ? t('lines.points', { amount: formats.number(Number(data['amount'])), programme: String(data['programme']) })
        : t('lines.voucher', { offer: String(data['offer']) });
  return <li><strong>{t(`only.${only}`)}</strong><div>{text}</div><div className={classes.small}>{formats.dateTime(at)}</div></li>;
}

function Result({ replay }: { replay: Replay }) {
  const t = useTranslations('customers.replay');
  const formats = useFormats();
  const { compared, differences, differencesInAll, byHand, changedSince } = replay;
  return (
    <div className={classes.lines} role="status">
      <strong>{differencesInAll === 0 ? t('same') : t('differ', { count: differencesInAll })}</strong>
      <div className={classes.small}>{t('compared', { steps: compared.step, messages: compared.message, points: compared.points, vouchers: compared.voucher })}</div>
      {byHand > 0 && <div className={classes.small}>{t('byHand', { count: byHand })}</div>}
      {differencesInAll > 0 && changedSince.length > 0 && <div className={classes.small}>{t('changed', { what: changedSince.map(({ what, at }) => t(`changedRules.${what}`, { at: formats.date(at) })).join(', ') })}</div>}
      {differences.length > 0 && <ul>{differences.map((difference, index) => <DifferenceLine key={index} difference={difference} />)}</ul>}
      <div className={classes.small}>{t('asStored')}</div>
    </div>
  );
}

export function CustomerReplay({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.replay');
  const [asked, setAsked] = useState(false);
  const replay = useQuery({ queryKey: ['customers', customerId, 'replay'], enabled: asked, staleTime: 0, queryFn: ({ signal }) => api.get<Replay>(`/customers/${customerId}/replay`, {}, signal) });
  const start = (): void => {
    if (asked) void replay.refetch();
    setAsked(true);
  };
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <p className={classes.small}>{t('help')}</p>
      <Button variant="default" size="sm" leftSection={<IconRefresh size={16} aria-hidden />} loading={replay.isFetching} onClick={start}>{t(replay.data ? 'again' : 'start')}</Button>
      {replay.isFetching ? <LoadingState lines={3} /> : replay.isError ? <ErrorState error={replay.error} onRetry={() => void replay.refetch()} /> : replay.data && <Result replay={replay.data} />}
    </section>
  );
}
