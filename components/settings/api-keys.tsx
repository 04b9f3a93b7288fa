'use client';
/** The API keys of the workspace: what each may do, when it was used last; made here and shown once, revoked for good. */
import { Button, Text, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { CreateKey } from '#components/settings/create-key.tsx';
import { scopeWord, type ApiKey } from '#components/settings/settings-types.ts';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

export function ApiKeys() {
  const t = useTranslations('settings.keys');
  const scopes = useTranslations('settings.scopes');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('settings:write');
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useMutation({
    mutationFn: ({ key, reason }: { key: ApiKey; reason?: string | undefined }) => api.post(`/api-keys/${key.id}/revoke`, { reason }),
    onSuccess: async (_, { key }) => {
      notifications.show({ color: 'live', message: t('revoked', { name: key.name }) });
      setRevoking(null);
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const columns: Column<ApiKey>[] = [
    { key: 'name', header: t('name'), render: (row) => <>{row.name}{row.stores && <Text size="xs" c="dimmed">{t('onlyStores', { stores: row.stores.join(', ') })}</Text>}</> },
    { key: 'prefix', header: t('prefix'), render: (row) => <span className="code">prc_{row.prefix}…</span>, width: 150 },
    { key: 'scopes', header: t('may'), render: (row) => <Tooltip multiline maw={320} label={row.scopes.map((scope) => scopes(scopeWord(scope))).join(' · ')}><Text size="sm" component="span" tabIndex={0}>{t('scopeCount', { count: row.scopes.length })}</Text></Tooltip>, width: 120 },
    { key: 'created', header: t('created'), render: (row) => formats.date(row.createdAt), width: 140 },
    { key: 'used', header: t('used'), render: (row) => (row.lastUsedAt ? formats.dateTime(row.lastUsedAt) : t('never')), width: 180 },
    { key: 'status', header: t('status'), render: (row) => <StatusBadge tone={row.revokedAt ? 'quiet' : 'live'}>{t(row.revokedAt ? 'isRevoked' : 'isValid')}</StatusBadge>, width: 110 },
    { key: 'revoke', header: '', align: 'right', width: 120, render: (row) => (mayWrite && !row.revokedAt ? <Button variant="subtle" color="danger" size="compact-xs" onClick={() => setRevoking(row)} aria-label={t('revokeNamed', { name: row.name })}>{t('revoke')}</Button> : null) },
  ];
  const create = mayWrite && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setCreating(true)}>{t('create')}</Button>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{create}</PageHeader>
      <DataTable
        label={t('title')} columns={columns} queryKey={['api-keys']} fetchPage={(after, signal) => api.get<Page<ApiKey>>('/api-keys', { after }, signal)} rowKey={(row) => row.id}
        empty={<EmptyState title={t('none')} action={create}>{t('noneHelp')}</EmptyState>}
      />
      <CreateKey opened={creating} onClose={() => setCreating(false)} />
      <ConfirmWithNumbers
        confirmation={revoking && { title: t('revokeTitle', { name: revoking.name }), consequences: [t('revokeNow'), revoking.lastUsedAt ? t('revokeUsed', { at: formats.dateTime(revoking.lastUsedAt) }) : t('revokeUnused')], action: t('revokeAction'), asksReason: true, danger: true }}
        busy={revoke.isPending} onClose={() => setRevoking(null)} onConfirm={(reason) => revoking && revoke.mutate({ key: revoking, reason })}
      />
    </>
  );
}
