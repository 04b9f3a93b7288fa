'use client';
/** All that happened to a customer, and why not, newest first; by kind; each line opens to its reason. */
import { Button, Chip, Group } from '@mantine/core';
import { IconAffiliate, IconBolt, IconCoins, IconMail, IconPhoneCall, IconTicket, type TablerIcon } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api, type Page } from '#components/api-client.ts';
import { TimelineDetail } from '#components/customers/timeline-detail.tsx';
import { foldLines, TIMELINE_KINDS, useTimelineText, type TimelineKind, type TimelineLine } from '#components/customers/timeline-text.ts';
import type { CustomerDetail } from '#components/customers/customer-types.ts';
import { ErrorState, EmptyState, LoadingState } from '#components/ui/states.tsx';
import { Timeline } from '#components/ui/timeline.tsx';
import { useAddressParam } from '#components/ui/use-address-param.ts';

const ICONS: Record<TimelineKind, { icon: TablerIcon; tone: string }> = {
  event: { icon: IconBolt, tone: 'entry' }, message: { icon: IconMail, tone: 'say' }, points: { icon: IconCoins, tone: 'give' }, voucher: { icon: IconTicket, tone: 'give' }, task: { icon: IconPhoneCall, tone: 'change' }, journey: { icon: IconAffiliate, tone: 'time' },
};

export function CustomerTimeline({ customer }: { customer: CustomerDetail }) {
  const t = useTranslations('customers.timeline');
  const [kinds, setKinds] = useAddressParam('kinds');
  const textOf = useTimelineText();
  const query = useInfiniteQuery({
    queryKey: ['customers', customer.id, 'timeline', kinds], initialPageParam: null as string | null, getNextPageParam: (page: Page<TimelineLine>) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<Page<TimelineLine>>(`/customers/${customer.id}/timeline`, { after: pageParam, limit: 50, kinds }, signal),
  });
  const lines = foldLines(query.data?.pages.flatMap(({ items }) => items) ?? []);
  const entries = lines.map((line) => {
    const { icon: Icon, tone } = ICONS[line.kind];
    return { id: line.id, at: line.at, icon: <Icon size={16} stroke={1.6} color={`var(--family-${tone})`} aria-hidden />, text: textOf(line), detail: <TimelineDetail line={line} /> };
  });
  return (
    <>
      <Chip.Group multiple value={kinds === '' ? [] : kinds.split(',')} onChange={(value) => setKinds(TIMELINE_KINDS.filter((kind) => value.includes(kind)).join(','))}>
        <Group gap={6} mb="sm" role="group" aria-label={t('filter')}>{TIMELINE_KINDS.map((kind) => <Chip key={kind} value={kind} size="xs">{t(`kinds.${kind}`)}</Chip>)}</Group>
      </Chip.Group>
      {query.isPending ? <LoadingState /> : query.isError ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : entries.length === 0 ? <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState> : <Timeline entries={entries} />}
      {query.hasNextPage && <Button variant="default" size="xs" mt="sm" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button>}
    </>
  );
}
