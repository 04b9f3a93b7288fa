'use client';
/** One offer with its figures and its vouchers, or a new one. */
import { Anchor, Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Offer } from '#domain/offers/offer.ts';
import { api, type Page } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { draftOf, inputOf, OfferForm } from '#components/offers/offer-form.tsx';
import type { OfferSummary, Voucher } from '#components/offers/offer-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useBenefit } from '#components/till/use-benefit.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { Figure } from '#components/ui/figure.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { useFormats } from '#components/use-formats.ts';

/** The offer as the server would read it, and whether it reads at all: loaded with the first change. */
const loadReading = async () => (await import('#domain/offers/offer.ts')).Offer;

const TONES = { issued: 'live', redeemed: 'ink', revoked: 'danger' } as const;

function Vouchers({ offerKey }: { offerKey: string }) {
  const t = useTranslations('offers');
  const formats = useFormats();
  return (
    <div style={{ marginTop: 24 }}>
      <h2>{t('vouchers')}</h2>
      <DataTable<Voucher>
        label={t('vouchers')} csvName={`vouchers-${offerKey}`} queryKey={['vouchers', offerKey]} rowKey={({ id }) => id} fetchPage={(after, signal) => api.get<Page<Voucher>>('/vouchers', { after, offerKey }, signal)}
        empty={<EmptyState title={t('noVoucher')}>{t('noVoucherHelp')}</EmptyState>}
        columns={[
          { key: 'code', header: t('code'), render: ({ code }) => <span className="code">{code}</span>, csv: ({ code }) => code },
          { key: 'status', header: t('status'), render: ({ status }) => <StatusBadge tone={TONES[status]}>{t(`statuses.${status}`)}</StatusBadge>, csv: ({ status }) => status },
          { key: 'customer', header: t('customer'), render: ({ customerId, customerName }) => <Anchor component={Link} href={`/customers/${customerId}`} size="sm">{customerName ?? t('seeCustomer')}</Anchor>, csv: ({ customerId }) => customerId },
          { key: 'issuedAt', header: t('issued'), align: 'right', render: ({ issuedAt }) => formats.dateTime(issuedAt), csv: ({ issuedAt }) => issuedAt },
          { key: 'validUntil', header: t('until'), align: 'right', render: ({ validUntil }) => (validUntil ? formats.date(validUntil) : ''), csv: ({ validUntil }) => validUntil },
          { key: 'redeemedAt', header: t('used'), align: 'right', render: ({ redeemedAt }) => (redeemedAt ? formats.dateTime(redeemedAt) : ''), csv: ({ redeemedAt }) => redeemedAt },
        ]}
      />
    </div>
  );
}

function OfferEditor({ summary }: { summary: OfferSummary | null }) {
  const t = useTranslations('offers');
  const router = useRouter();
  const queries = useQueryClient();
  const formats = useFormats();
  const sentence = useProblemSentence();
  const { nameOfOffer, words } = useBenefit();
  const mayWrite = useCan('loyalty:write');
  const [begun] = useState(() => draftOf(summary?.offer ?? null));
  const [draft, setDraft] = useState(begun);
  const reading = useLoaded(draft !== begun, loadReading);
  const read = reading?.safeParse(inputOf(draft)).data;
  const changed = read !== undefined && (!summary || JSON.stringify(read) !== JSON.stringify(reading?.parse(summary.offer)));
  const shown = draft === begun ? summary?.offer : read;
  const save = useMutation({
    mutationFn: (offer: Offer) => api.put<OfferSummary>(`/offers/${offer.key}`, offer),
    onSuccess: async ({ offer }) => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['offers'] });
      if (!summary) router.replace(`/loyalty/offers/${offer.key}`);
    },
  });
  return (
    <>
      <PageHeader title={summary ? nameOfOffer(summary.offer) : t('new')} back={{ href: '/loyalty/offers', label: t('title') }} lede={shown ? words(shown) : t('incomplete')}>
        {mayWrite && <Button loading={save.isPending} disabled={!changed} onClick={() => read && save.mutate(read)}>{summary ? t('save') : t('create')}</Button>}
      </PageHeader>
      <div className={classes.form}>
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        {summary && (
          <div className={classes.figures}>
            <Figure label={t('granted')} value={formats.number(summary.granted)} definition={t('grantedHelp')} />
            <Figure label={t('redeemed')} value={formats.number(summary.redeemed)} definition={t('redeemedHelp')} />
            <Figure label={t('left')} value={summary.remainingStock === null ? '∞' : formats.number(summary.remainingStock)} />
          </div>
        )}
        <OfferForm draft={draft} isNew={!summary} readOnly={!mayWrite} onDraft={setDraft} />
      </div>
      {summary && <Vouchers offerKey={summary.offer.key} />}
    </>
  );
}

export function OfferPage({ offerKey }: { offerKey: string }) {
  const t = useTranslations('offers');
  const query = useQuery({ queryKey: ['offers', offerKey], queryFn: ({ signal }) => api.get<OfferSummary>(`/offers/${offerKey}`, {}, signal), refetchOnWindowFocus: false });
  if (query.isPending) return <LoadingState lines={10} />;
  if (query.isError) return <><PageHeader title={t('title')} back={{ href: '/loyalty/offers', label: t('title') }} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  return <OfferEditor key={query.data.updatedAt} summary={query.data} />;
}

export const NewOfferPage = () => <OfferEditor summary={null} />;
