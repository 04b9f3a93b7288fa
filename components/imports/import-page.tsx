'use client';
/** One import: looked at before it starts, with its progress while it runs, whoever looks, and with what came of it. */
import { Button, Group, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { IMPORT_TONES, importApi, type ImportFile } from './import-api.ts';
import { ImportReport } from './import-report.tsx';
import classes from './imports.module.css';
import { PrepareImport } from './prepare-import.tsx';

const LOOK_AGAIN_MS = 1_000;
const PERCENT = 100;
const DELIMITERS: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

/** How far it is, and what can be done about it. */
function UnderWay({ file }: { file: ImportFile }) {
  const t = useTranslations('imports');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('imports:write');
  const act = useMutation({ mutationFn: (what: 'start' | 'cancel') => importApi[what](file.id), onSettled: () => queries.invalidateQueries({ queryKey: ['imports'] }) });
  const figures = { done: formats.number(file.done), total: formats.number(file.rows) };
  const runs = file.state === 'running';
  return (
    <div className={classes.panel}>
      <p role="status">{t(runs ? 'running' : 'wasCancelled', figures)}</p>
      <Progress.Root size="lg"><Progress.Section value={(PERCENT * file.done) / Math.max(1, file.rows)} aria-label={t('states.running')} /></Progress.Root>
      {runs && <p className="quiet">{t('mayLeave')}</p>}
      {act.isError && <p role="alert" className={classes.wrong}>{sentence(act.error)}</p>}
      {mayWrite && <Group><Button variant={runs ? 'default' : 'filled'} loading={act.isPending} onClick={() => act.mutate(runs ? 'cancel' : 'start')}>{t(runs ? 'cancel' : 'resume')}</Button></Group>}
    </div>
  );
}

/** Takes the file away, after a question. */
function TakeAway({ file }: { file: ImportFile }) {
  const t = useTranslations('imports');
  const queries = useQueryClient();
  const router = useRouter();
  const [asks, setAsks] = useState(false);
  const remove = useMutation({
    mutationFn: () => importApi.remove(file.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
      router.push('/customers/imports');
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsks(true)}>{t('delete')}</Button>
      <ConfirmWithNumbers confirmation={asks ? { title: t('delete'), consequences: [t('deleteAsk')], action: t('delete'), danger: true } : null} busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={() => setAsks(false)} />
    </>
  );
}

export function ImportPage({ importId }: { importId: string }) {
  const t = useTranslations('imports');
  const formats = useFormats();
  const mayWrite = useCan('imports:write');
  const read = useQuery({ queryKey: ['imports', importId], queryFn: ({ signal }) => importApi.read(importId, signal), refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? LOOK_AGAIN_MS : false) });
  if (read.isPending) return <LoadingState lines={8} />;
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />;
  const file = read.data;
  const { state, kind, fileName, rows, encoding, delimiter, startedAt, finishedAt } = file;
  const lede = [
    t(`kinds.${kind}`), t('rowCount', { count: rows }), t('form', { encoding: encoding.toUpperCase(), delimiter: t(`delimiters.${DELIMITERS[delimiter] ?? 'comma'}`) }),
    ...(startedAt ? [t('startedAt', { at: formats.dateTime(startedAt) })] : []), ...(finishedAt && state === 'done' ? [t('finishedAt', { at: formats.dateTime(finishedAt) })] : []),
  ].join(' · ');
  return (
    <>
      <PageHeader title={fileName} lede={lede} back={{ href: '/customers/imports', label: t('back') }} badge={<StatusBadge tone={IMPORT_TONES[state]}>{t(`states.${state}`)}</StatusBadge>}>
        {state === 'done' && mayWrite && <Button component={Link} href="/customers/imports" variant="default">{t('another')}</Button>}
        {state !== 'running' && mayWrite && <TakeAway file={file} />}
      </PageHeader>
      {state === 'ready' && <PrepareImport key={file.id} file={file} />}
      {(state === 'running' || state === 'cancelled') && <UnderWay file={file} />}
      {state !== 'ready' && <ImportReport file={file} />}
    </>
  );
}
