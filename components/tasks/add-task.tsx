'use client';
/** Puts a task or a call for a customer on the list by hand. */
import { Button, Group, Modal, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { instantOfLocal } from '#domain/shared/time.ts';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';

export function AddTask({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const t = useTranslations('tasks');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const { workspace, stores: own } = useSession();
  const seesStores = useCan('settings:read');
  const [draft, setDraft] = useState({ kind: 'task', title: '', note: '', due: '', storeId: own?.[0]?.id ?? '' });
  const read = useQuery({ queryKey: ['stores', 'all'], enabled: own === null && seesStores, queryFn: ({ signal }) => api.get<{ items: { id: string; name: string }[] }>('/stores', { limit: 200 }, signal) });
  const stores = own ?? read.data?.items ?? [];
  const dueAt = draft.due === '' ? null : instantOfLocal(draft.due, workspace.timeZone);
  const ready = draft.title.trim() !== '' && (draft.due === '' || dueAt !== null);
  const add = useMutation({
    mutationFn: () => api.post('/tasks', {
      customerId, kind: draft.kind, title: draft.title.trim(), ...(draft.note.trim() && { note: draft.note.trim() }), ...(draft.storeId ? { assignedTo: 'store', storeId: draft.storeId } : { assignedTo: 'anyone' }),
      ...(dueAt !== null && { dueAt: new Date(dueAt).toISOString() }),
    }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('added', { title: draft.title.trim() }) });
      await queries.invalidateQueries({ queryKey: ['tasks'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('add')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) add.mutate(); }}>
        <SegmentedControl aria-label={t('kind')} value={draft.kind} data={[{ value: 'task', label: t('kinds.task') }, { value: 'call', label: t('kinds.call') }]} onChange={(kind) => setDraft({ ...draft, kind })} />
        <TextInput label={t('what')} data-autofocus maxLength={200} value={draft.title} onChange={(event) => setDraft({ ...draft, title: event.currentTarget.value })} />
        <Textarea label={t('note')} maxLength={2_000} autosize minRows={2} maxRows={6} value={draft.note} onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })} />
        <Select label={t('for')} placeholder={t('anyone')} clearable={own === null} clearButtonProps={{ 'aria-label': t('clear', { name: t('for') }) }} allowDeselect={false} value={draft.storeId || null} data={stores.map(({ id, name }) => ({ value: id, label: name }))} onChange={(storeId) => setDraft({ ...draft, storeId: storeId ?? '' })} />
        <TextInput type="datetime-local" label={t('dueAt', { zone: workspace.timeZone })} value={draft.due} onChange={(event) => setDraft({ ...draft, due: event.currentTarget.value })} />
        {add.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(add.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={add.isPending} disabled={!ready}>{t('addAction')}</Button></Group>
      </form>
    </Modal>
  );
}
