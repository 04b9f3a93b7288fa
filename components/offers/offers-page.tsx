'use client';
/** All offers: what each gives, how long, and how many were granted and used. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Offer } from '#domain/offers/offer.ts';
import { api, type Page } from '#components/api-client.ts';
import type { OfferSummary } from '#components/offers/offer-types.ts';
import { useCan } from '#components/session.tsx';
import { useBenefit } from '#components/till/use-benefit.ts';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

export function useValidity(): (validity: Offer['validity']) => string {
  const t = useTranslations('offers');
  const formats = useFormats();
  // Days of a calendar: noon in UTC is that day in every zone but the outermost.
  const day = (date: string): string => formats.date(`${date}T12:00:00Z`);
  return (validity) => ('days' in validity ? t('validFor', { days: validity.days }) : validity.from ? t('validFromUntil', { from: day(validity.from), until: day(validity.until) }) : t('validUntil', { until: day(validity.until) }));
}

function NewOffer() {
  const t = useTranslations('offers');
  return useCan('loyalty:write') ? <Button component={Link} href="/loyalty/offers/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('new')}</Button> : null;
}

export function OffersPage() {
  const t = useTranslations('offers');
  const formats = useFormats();
  const { nameOfOffer, words } = useBenefit();
  const validity = useValidity();
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}><NewOffer /></PageHeader>
      <DataTable<OfferSummary>
        label={t('title')} csvName="offers" queryKey={['offers']} rowKey={({ id }) => id} rowHref={({ offer }) => `/loyalty/offers/${offer.key}`}
        fetchPage={(after, signal) => api.get<Page<OfferSummary>>('/offers', { after }, signal)}
        empty={<EmptyState title={t('empty')} action={<NewOffer />}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ offer }) => nameOfOffer(offer), csv: ({ offer }) => nameOfOffer(offer) },
          { key: 'benefit', header: t('gives'), render: ({ offer }) => <span style={{ whiteSpace: 'nowrap' }}>{words(offer)}</span>, csv: ({ offer }) => words(offer) },
          { key: 'validity', header: t('validity'), render: ({ offer }) => <span style={{ whiteSpace: 'nowrap' }}>{validity(offer.validity)}</span>, csv: ({ offer }) => validity(offer.validity) },
          { key: 'granted', header: t('granted'), align: 'right', render: ({ granted }) => formats.number(granted), csv: ({ granted }) => granted },
          { key: 'redeemed', header: t('redeemed'), align: 'right', render: ({ redeemed }) => formats.number(redeemed), csv: ({ redeemed }) => redeemed },
          { key: 'stock', header: t('left'), align: 'right', render: ({ remainingStock }) => (remainingStock === null ? '∞' : formats.number(remainingStock)), csv: ({ remainingStock }) => remainingStock },
        ]}
      />
    </>
  );
}
