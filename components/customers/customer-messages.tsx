'use client';
/** The messages of a customer, and of each why it was not sent or waits. */
import { useTranslations } from 'next-intl';
import { JourneyLink } from '#components/journeys/journey-link.tsx';
import { api, type Page } from '#components/api-client.ts';
import { useReasonSentence, type ReasonData } from '#components/reason-sentence.ts';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge, type Tone } from '#components/ui/status-badge.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';

type Message = { id: string; channel: string; status: string; plannedAt: string; dueAt: string; journeyId: string | null; journeyName: string | null; reason: ReasonData | null; openedAt: string | null; clickedAt: string | null };

export const MESSAGE_TONES: Record<string, Tone> = { delivered: 'live', sent: 'live', held: 'warning', queued: 'ink', sending: 'ink', bounced: 'danger', failed: 'danger', unknown: 'warning', suppressed: 'quiet' };

export function CustomerMessages({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.messages');
  const channelName = useChannelName();
  const formats = useFormats();
  const sentence = useReasonSentence();
  const seen = (row: Message): string => (row.clickedAt ? t('clicked') : row.openedAt ? t('opened') : '');
  const columns: Column<Message>[] = [
    { key: 'at', header: t('at'), render: (row) => formats.dateTime(row.plannedAt), csv: (row) => row.plannedAt, width: 160 },
    { key: 'channel', header: t('channel'), render: (row) => channelName(row.channel), csv: (row) => row.channel, width: 80 },
    { key: 'journey', header: t('journey'), render: (row) => (row.journeyId ? <JourneyLink journeyId={row.journeyId}>{row.journeyName}</JourneyLink> : ''), csv: (row) => row.journeyName },
    { key: 'status', header: t('status'), render: (row) => <StatusBadge tone={MESSAGE_TONES[row.status] ?? 'quiet'}>{t(`statuses.${row.status}`)}</StatusBadge>, csv: (row) => row.status, width: 120 },
    { key: 'reason', header: t('reason'), render: (row) => (row.reason ? sentence(row.reason) : seen(row)), csv: (row) => (row.reason ? sentence(row.reason) : seen(row)) },
  ];
  return (
    <DataTable
      label={t('title')} columns={columns} queryKey={['customers', customerId, 'messages']} rowKey={(row) => row.id}
      fetchPage={(after, signal) => api.get<Page<Message>>(`/customers/${customerId}/messages`, { after }, signal)}
      empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
    />
  );
}
