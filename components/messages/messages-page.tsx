'use client';
/** All messages, newest first: what became of each, and why. The filters stand in the address. */
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useChannelName } from '#components/use-channel-name.ts';
import { MESSAGE_STATUSES } from '#domain/messages/delivery-status.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { api, type Page } from '#components/api-client.ts';
import { TONE_OF, type MessageSummary } from '#components/messages/message-types.ts';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

const LOOK_EVERY_MS = 15_000;

function useFilters(): [Record<'status' | 'channel' | 'journeyId', string | null>, (name: string, value: string | null) => void] {
  const router = useRouter();
  const asked = useSearchParams();
  const set = (name: string, value: string | null): void => {
    const next = new URLSearchParams(asked);
    if (value) next.set(name, value);
    else next.delete(name);
    router.replace(`/content/messages${next.size > 0 ? `?${next}` : ''}`, { scroll: false });
  };
  return [{ status: asked.get('status'), channel: asked.get('channel'), journeyId: asked.get('journeyId') }, set];
}

/** What categories are called in the reader's language; who may not read the policy sees their keys. */
function useCategoryName(): (key: string) => string {
  const locale = useLocale();
  const seesPolicy = useCan('settings:read');
  const policy = useQuery({
    queryKey: ['pressure-policy', 'names'], enabled: seesPolicy, staleTime: 60_000,
    queryFn: ({ signal }) => api.get<{ policy: { categories: { key: string; names: Record<string, string> }[] } }>('/pressure-policy', {}, signal),
  });
  return (key) => {
    const names = policy.data?.policy.categories.find((category) => category.key === key)?.names ?? {};
    return names[locale] ?? Object.values(names)[0] ?? key;
  };
}

export function MessagesPage() {
  const t = useTranslations('messages');
  const channelName = useChannelName();
  const formats = useFormats();
  const sentence = useReasonSentence();
  const categoryName = useCategoryName();
  const [filters, setFilter] = useFilters();
  const seesJourneys = useCan('journeys:read');
  const journeys = useQuery({ queryKey: ['journeys', 'names'], enabled: seesJourneys, queryFn: () => api.get<Page<{ id: string; name: string }>>('/journeys', { limit: 200 }) });
  const clear = (name: string): { 'aria-label': string } => ({ 'aria-label': t('clear', { name }) });
  const why = ({ reason }: MessageSummary): string => (reason ? sentence(reason) : '');
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      <DataTable<MessageSummary>
        label={t('title')} csvName="messages" queryKey={['messages', filters]} rowKey={({ id }) => id} rowHref={({ id }) => `/content/messages/${id}`} refetchIntervalMs={LOOK_EVERY_MS}
        fetchPage={(after, signal) => api.get<Page<MessageSummary>>('/messages', { after, ...filters }, signal)}
        empty={<EmptyState title={t(filters.status || filters.channel || filters.journeyId ? 'nothingFound' : 'empty')}>{t('emptyHelp')}</EmptyState>}
        tools={
          <>
            <Select aria-label={t('status')} placeholder={t('anyStatus')} clearable clearButtonProps={clear(t('status'))} value={filters.status} onChange={(value) => setFilter('status', value)} data={MESSAGE_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) }))} w={180} />
            <Select aria-label={t('channel')} placeholder={t('anyChannel')} clearable clearButtonProps={clear(t('channel'))} value={filters.channel} onChange={(value) => setFilter('channel', value)} data={CHANNELS.map((value) => ({ value, label: channelName(value) }))} w={150} />
            {seesJourneys && <Select aria-label={t('journey')} placeholder={t('anyJourney')} clearable searchable clearButtonProps={clear(t('journey'))} value={filters.journeyId} onChange={(value) => setFilter('journeyId', value)} data={(journeys.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))} w={240} />}
          </>
        }
        columns={[
          { key: 'customer', header: t('customer'), render: ({ customerName }) => <span style={{ whiteSpace: 'nowrap' }}>{customerName ?? t('unnamed')}</span>, csv: ({ customerId }) => customerId },
          { key: 'status', header: t('status'), render: ({ status }) => <StatusBadge tone={TONE_OF[status]}>{t(`statuses.${status}`)}</StatusBadge>, csv: ({ status }) => status },
          { key: 'why', header: t('why'), render: (message) => <span className="quiet" style={{ display: 'block', minWidth: why(message) ? 220 : 0 }}>{why(message)}</span>, csv: why },
          { key: 'channel', header: t('channel'), render: ({ channel }) => <span style={{ whiteSpace: 'nowrap' }}>{channelName(channel)}</span>, csv: ({ channel }) => channel },
          { key: 'journey', header: t('journey'), render: ({ journeyName }) => <span style={{ whiteSpace: 'nowrap' }}>{journeyName}</span>, csv: ({ journeyName }) => journeyName },
          { key: 'category', header: t('category'), render: ({ category }) => categoryName(category), csv: ({ category }) => category },
          { key: 'at', header: t('at'), align: 'right', render: ({ statusAt }) => <span style={{ whiteSpace: 'nowrap' }}>{formats.dateTime(statusAt)}</span>, csv: ({ statusAt }) => statusAt },
        ]}
      />
    </>
  );
}
