'use client';
/** Batches of letters: closed, downloaded, posted, in this order; and what comes back. */
import { Button, Group } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconMailForward, IconPackage } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { api, type Page } from '#components/api-client.ts';
import { downloadBatch } from '#components/letters/download-batch.ts';
import { ReturnedForm } from '#components/letters/returned-form.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge, type Tone } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

export type LetterBatch = { id: string; number: number; state: 'open' | 'closed' | 'posted'; letters: number; withdrawn: number; returned: number; createdAt: string; closedAt: string | null; postedAt: string | null };

const TONES: Record<LetterBatch['state'], Tone> = { open: 'ink', closed: 'warning', posted: 'live' };

/** What comes next for a batch. */
function Acts({ batch }: { batch: LetterBatch }) {
  const t = useTranslations('letters');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('content:write');
  const act = useMutation({
    mutationFn: async (kind: 'close' | 'posted' | 'download') => {
      if (kind === 'download') return downloadBatch(batch);
      const { withdrawn = 0 } = await api.post<{ withdrawn?: number }>(`/letter-batches/${batch.id}/${kind}`);
      notifications.show({ color: 'live', message: t(`did.${kind}`, { number: batch.number, withdrawn }) });
      await queries.invalidateQueries({ queryKey: ['letters'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  return (
    <Group gap={6} wrap="nowrap">
      {batch.state === 'open' && mayWrite && <Button size="xs" variant="default" leftSection={<IconPackage size={14} aria-hidden />} loading={act.isPending} disabled={batch.letters === 0} onClick={() => act.mutate('close')}>{t('close')}</Button>}
      {batch.state !== 'open' && <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} loading={act.isPending} onClick={() => act.mutate('download')}>{t('download')}</Button>}
      {batch.state === 'closed' && mayWrite && <Button size="xs" leftSection={<IconMailForward size={14} aria-hidden />} loading={act.isPending} onClick={() => act.mutate('posted')}>{t('posted')}</Button>}
    </Group>
  );
}

export function LettersPage() {
  const t = useTranslations('letters');
  const formats = useFormats();
  const mayWrite = useCan('content:write');
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      {mayWrite && <ReturnedForm />}
      <DataTable<LetterBatch>
        label={t('title')} csvName="letter-batches" queryKey={['letters']} rowKey={({ id }) => id}
        fetchPage={(after, signal) => api.get<Page<LetterBatch>>('/letter-batches', { after }, signal)}
        empty={<EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'number', header: t('number'), render: ({ number }) => formats.number(number), csv: ({ number }) => number, width: 80 },
          { key: 'state', header: t('state'), render: ({ state }) => <StatusBadge tone={TONES[state]}>{t(`states.${state}`)}</StatusBadge>, csv: ({ state }) => state, width: 130 },
          { key: 'letters', header: t('letters'), align: 'right', render: ({ letters }) => formats.number(letters), csv: ({ letters }) => letters, width: 90 },
          { key: 'withdrawn', header: t('withdrawn'), align: 'right', render: ({ withdrawn }) => formats.number(withdrawn), csv: ({ withdrawn }) => withdrawn, width: 100 },
          { key: 'returned', header: t('returned'), align: 'right', render: ({ returned }) => formats.number(returned), csv: ({ returned }) => returned, width: 100 },
          { key: 'createdAt', header: t('createdAt'), render: ({ createdAt }) => formats.dateTime(createdAt), csv: ({ createdAt }) => createdAt, width: 160 },
          { key: 'acts', header: t('acts'), render: (batch) => <Acts batch={batch} />, csv: () => '' },
        ]}
      />
    </>
  );
}
