'use client';
/** Secrets that the headers of requests name: written, replaced and deleted, never shown. */
import { Anchor, Button, Group, Modal, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { DataTable } from '#components/ui/data-table.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

type Secret = { name: string; updatedAt: string; usedBy: { journeyId: string; name: string }[] };

function SecretForm({ name: given, onClose }: { name: string | null; onClose: () => void }) {
  const t = useTranslations('settings.secrets');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(given ?? '');
  const [value, setValue] = useState('');
  const fits = /^[a-z0-9][a-z0-9-]{0,59}$/.test(name);
  const save = useMutation({
    mutationFn: () => api.put(`/secrets/${name}`, { value }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved', { name }) });
      await queries.invalidateQueries({ queryKey: ['secrets'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={given === null ? t('new') : t('replaceNamed', { name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} autoComplete="off" onSubmit={(event) => { event.preventDefault(); if (fits && value) save.mutate(); }}>
        <TextInput label={t('name')} description={t('nameHelp')} data-autofocus={given === null || undefined} maxLength={60} readOnly={given !== null} value={name} error={name !== '' && !fits ? t('wrongName') : null} onChange={(event) => setName(event.currentTarget.value)} />
        <PasswordInput label={t('value')} description={t('valueHelp')} data-autofocus={given !== null || undefined} autoComplete="new-password" maxLength={4_000} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!fits || value === ''}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}

export function SecretsPage() {
  const t = useTranslations('settings.secrets');
  const formats = useFormats();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('settings:write');
  const [edited, setEdited] = useState<{ name: string | null } | null>(null);
  const forget = useMutation({
    mutationFn: (name: string) => api.delete(`/secrets/${name}`),
    onSuccess: async (_, name) => {
      notifications.show({ message: t('deleted', { name }) });
      await queries.invalidateQueries({ queryKey: ['secrets'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const add = mayWrite ? <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited({ name: null })}>{t('new')}</Button> : null;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{add}</PageHeader>
      <DataTable<Secret>
        label={t('title')} queryKey={['secrets']} rowKey={({ name }) => name} fetchPage={async (_, signal) => ({ ...(await api.get<{ items: Secret[] }>('/secrets', {}, signal)), next: null })}
        empty={<EmptyState title={t('none')} action={add}>{t('noneHelp')}</EmptyState>}
        columns={[
          { key: 'name', header: t('name'), render: ({ name }) => <span className="code">{name}</span> },
          { key: 'changed', header: t('changed'), render: ({ updatedAt }) => formats.dateTime(updatedAt), width: 180 },
          { key: 'usedBy', header: t('usedBy'), render: ({ usedBy }) => (usedBy.length === 0 ? <span className="quiet">{t('nobody')}</span> : usedBy.map(({ journeyId, name }, index) => <span key={journeyId}>{index > 0 && ', '}<Anchor component={Link} size="sm" href={`/journeys/${journeyId}`}>{name}</Anchor></span>)) },
          {
            key: 'actions', header: '', align: 'right', width: 220,
            render: ({ name, usedBy }) => (mayWrite ? (
              <Group gap={4} justify="flex-end" wrap="nowrap">
                <Button variant="subtle" size="compact-sm" aria-label={t('replaceNamed', { name })} onClick={() => setEdited({ name })}>{t('replace')}</Button>
                {usedBy.length === 0 && <Button variant="subtle" color="danger" size="compact-sm" aria-label={t('deleteNamed', { name })} onClick={() => forget.mutate(name)}>{t('delete')}</Button>}
              </Group>
            ) : null),
          },
        ]}
      />
      {edited && <SecretForm name={edited.name} onClose={() => setEdited(null)} />}
    </>
  );
}
