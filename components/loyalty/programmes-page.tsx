'use client';
/** All loyalty programmes. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';
import type { ProgrammeSummary } from '#components/loyalty/programme-types.ts';
import { useCan, useSession } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

function NewProgramme() {
  const t = useTranslations('loyalty');
  return useCan('loyalty:write') ? <Button component={Link} href="/loyalty/programmes/new" leftSection={<IconPlus size={16} aria-hidden />}>{t('new')}</Button> : null;
}

export function ProgrammesPage() {
  const t = useTranslations('loyalty');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  const base = ({ programme }: ProgrammeSummary): string => t('baseSentence', { points: programme.earn.base.points, amount: formats.money(programme.earn.base.perMinor) });
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}><NewProgramme /></PageHeader>
      <DataTable<ProgrammeSummary>
        label={t('title')} queryKey={['programmes']} rowKey={({ id }) => id} rowHref={({ programme }) => `/loyalty/programmes/${programme.key}`}
        fetchPage={(after, signal) => api.get<Page<ProgrammeSummary>>('/programmes', { after }, signal)}
        empty={<EmptyState title={t('empty')} action={<NewProgramme />}>{t('emptyHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ programme }) => chooseText(programme.name, language, workspace.language).text },
          { key: 'key', header: t('key'), render: ({ programme }) => <span className="code">{programme.key}</span> },
          { key: 'base', header: t('earns'), render: base },
          { key: 'bonuses', header: t('bonuses'), align: 'right', render: ({ programme }) => formats.number(programme.earn.bonuses.length) },
          { key: 'rewards', header: t('rewards'), align: 'right', render: ({ programme }) => formats.number(programme.rewards.length) },
          { key: 'updatedAt', header: t('changed'), align: 'right', render: ({ updatedAt }) => formats.dateTime(updatedAt) },
        ]}
      />
    </>
  );
}
