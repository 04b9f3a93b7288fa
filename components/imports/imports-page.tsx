'use client';
/** Where a file is brought in, and the imports so far with how far they are. */
import { Progress } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useCan } from '#components/session.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';
import { IMPORT_TONES, importApi, type ImportFile } from './import-api.ts';
import classes from './imports.module.css';
import { UploadForm } from './upload-form.tsx';

const LOOK_AGAIN_MS = 3_000;

export function ImportsPage() {
  const t = useTranslations('imports');
  const customers = useTranslations('customers');
  const formats = useFormats();
  const mayWrite = useCan('imports:write');
  const columns: Column<ImportFile>[] = [
    { key: 'file', header: t('file'), render: ({ fileName }) => fileName },
    { key: 'kind', header: t('kind'), width: 120, render: ({ kind }) => t(`kinds.${kind}`) },
    { key: 'state', header: t('state'), width: 120, render: ({ state, done, rows }) => (state === 'running' ? <Progress value={(100 * done) / Math.max(1, rows)} aria-label={t('states.running')} /> : <StatusBadge tone={IMPORT_TONES[state]}>{t(`states.${state}`)}</StatusBadge>) },
    { key: 'rows', header: t('rows'), align: 'right', width: 80, render: ({ rows }) => formats.number(rows) },
    { key: 'refused', header: t('refusedShort'), align: 'right', width: 80, render: ({ counts }) => formats.number(counts['refused'] ?? 0) },
    { key: 'when', header: t('when'), width: 150, render: ({ createdAt }) => formats.dateTime(createdAt) },
  ];
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} back={{ href: '/customers', label: customers('title') }} />
      <div className={classes.page}>
        {mayWrite && <UploadForm />}
        <DataTable label={t('title')} columns={columns} queryKey={['imports', 'list']} fetchPage={importApi.list} rowKey={({ id }) => id} rowHref={({ id }) => `/customers/imports/${id}`} refetchIntervalMs={LOOK_AGAIN_MS}
          empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>} />
      </div>
    </>
  );
}
