'use client';
/** A new till of a store: its name is there already, so that one touch is enough. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { ShownCode } from '#components/tills/tills-page.tsx';
import { nextTillName, type StoreTills, type TillCode } from '#components/tills/tills-types.ts';

export function AddTill({ store, onClose, onAdded }: { store: StoreTills; onClose: () => void; onAdded: (code: ShownCode) => void }) {
  const t = useTranslations('tills');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(() => nextTillName(store.tills.map((till) => till.name), (number) => t('usualName', { number })));
  const add = useMutation({
    mutationFn: () => api.post<TillCode & { id: string }>(`/stores/${encodeURIComponent(store.externalId)}/tills`, { name: name.trim() }),
    onSuccess: async ({ id, ...code }) => {
      await queries.invalidateQueries({ queryKey: ['tills'] });
      onAdded({ ...code, tillId: id, name: name.trim(), pairedBefore: null });
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('addTo', { store: store.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') add.mutate(); }}>
        <TextInput label={t('name')} description={t('nameHelp')} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={add.isError ? sentence(add.error) : null} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>{t('getCode')}</Button></Group>
      </form>
    </Modal>
  );
}
