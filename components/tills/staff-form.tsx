'use client';
/** Somebody at the tills: a name, and a PIN that is shown to nobody afterwards. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { Staff, StoreTills } from '#components/tills/tills-types.ts';

const LEAST_DIGITS = 4;
const MOST_DIGITS = 8;

export function StaffForm({ store, staff, onClose }: { store: StoreTills; staff: Staff | null; onClose: () => void }) {
  const t = useTranslations('tills');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(staff?.name ?? '');
  const [pin, setPin] = useState('');
  const save = useMutation({
    mutationFn: () => (staff ? api.put(`/till-staff/${staff.id}`, { name: name.trim(), ...(pin !== '' && { pin }) }) : api.post(`/stores/${encodeURIComponent(store.externalId)}/staff`, { name: name.trim(), pin })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['tills'] });
      onClose();
    },
  });
  const ready = name.trim() !== '' && (pin.length >= LEAST_DIGITS || (staff !== null && pin === ''));
  return (
    <Modal opened onClose={onClose} title={staff ? staff.name : t('addStaffTo', { store: store.name })} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
        <TextInput label={t('staffName')} description={t('staffNameHelp')} data-autofocus maxLength={100} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="off" />
        <TextInput type="password" inputMode="numeric" label={t(staff ? 'newPin' : 'pin')} description={t(staff ? 'newPinHelp' : 'pinHelp')} autoComplete="new-password" maxLength={MOST_DIGITS} value={pin} onChange={(event) => setPin(event.currentTarget.value.replace(/\D/g, ''))} error={save.isError ? sentence(save.error) : null} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!ready}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}
