'use client';
/** Opens a store in a minute, or changes one; an ephemeral one has its dates. */
import { Button, Group, Modal, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { followName } from '#domain/shared/key-of-name.ts';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import type { Store } from '#components/stores/store-types.ts';

/** The zones of this browser's list, the store's own kept when it is not among them. */
const zonesWith = (zone: string): string[] => [...new Set([zone, ...Intl.supportedValuesOf('timeZone')])];

export function StoreForm({ store, onClose }: { store: Store | null; onClose: () => void }) {
  const t = useTranslations('stores');
  const { workspace } = useSession();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [draft, setDraft] = useState({
    externalId: store?.externalId ?? '', name: store?.name ?? '', city: store?.city ?? '', country: store?.country ?? workspace.country, timeZone: store?.timeZone ?? workspace.timeZone, opensOn: store?.opensOn ?? '', closesOn: store?.closesOn ?? '',
  });
  const set = (name: keyof typeof draft) => (event: { currentTarget: { value: string } }): void => setDraft({ ...draft, [name]: event.currentTarget.value });
  const inOrder = !draft.opensOn || !draft.closesOn || draft.opensOn <= draft.closesOn;
  const ready = draft.name.trim() !== '' && draft.externalId.trim() !== '' && /^[A-Z]{2}$/.test(draft.country) && inOrder;
  const save = useMutation({
    mutationFn: () => {
      const { externalId, name, city, country, timeZone, opensOn, closesOn } = draft;
      return api.put<Store>(`/stores/${encodeURIComponent(externalId)}`, { name: name.trim(), country, timeZone, ...(city.trim() && { city: city.trim() }), ...(opensOn && { opensOn }), ...(closesOn && { closesOn }) });
    },
    onSuccess: async (saved) => {
      notifications.show({ color: 'live', message: t('saved', { name: saved.name }) });
      await queries.invalidateQueries({ queryKey: ['stores'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={store ? store.name : t('new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
        <TextInput label={t('name')} data-autofocus maxLength={200} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value, ...(!store && { externalId: followName(draft.externalId, draft.name, event.currentTarget.value) }) })} />
        <TextInput label={t('key')} description={store ? undefined : t('keyHelp')} maxLength={200} readOnly={store !== null} value={draft.externalId} onChange={set('externalId')} />
        <Group grow align="flex-start">
          <TextInput label={t('city')} maxLength={200} value={draft.city} onChange={set('city')} />
          <TextInput label={t('country')} maxLength={2} value={draft.country} onChange={(event) => setDraft({ ...draft, country: event.currentTarget.value.toUpperCase() })} />
        </Group>
        <Select label={t('timeZone')} searchable allowDeselect={false} value={draft.timeZone} onChange={(timeZone) => timeZone && setDraft({ ...draft, timeZone })} data={zonesWith(draft.timeZone)} limit={30} />
        <Group grow align="flex-start">
          <TextInput type="date" label={t('opensOn')} value={draft.opensOn} onChange={set('opensOn')} />
          <TextInput type="date" label={t('closesOn')} value={draft.closesOn} onChange={set('closesOn')} error={inOrder ? null : t('wrongOrder')} />
        </Group>
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!ready}>{t(store ? 'save' : 'open')}</Button></Group>
      </form>
    </Modal>
  );
}
