'use client';
/** Another name for a till; its device hears of it with its next look. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { Till } from '#components/tills/tills-types.ts';

export function RenameTill({ till, onClose }: { till: Till; onClose: () => void }) {
  const t = useTranslations('tills');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(till.name);
  const save = useMutation({
    mutationFn: () => api.put(`/tills/${till.id}`, { name: name.trim() }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['tills'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('renameTitle', { name: till.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') save.mutate(); }}>
        <TextInput label={t('name')} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} error={save.isError ? sentence(save.error) : null} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}
