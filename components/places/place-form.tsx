'use client';
/** Makes a place or changes one: what it is, where, what a passer-by reads and is asked. */
import { Button, Checkbox, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';
import { PLACE_KINDS, type Place } from '#components/places/place-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { followName } from '#domain/shared/key-of-name.ts';

const KEY = /^[a-z0-9][a-z0-9-]{0,59}$/;
type Draft = Pick<Place, 'key' | 'name' | 'kind' | 'invitation' | 'asksFor'> & { store: string | null; latitude: number | ''; longitude: number | ''; radiusMeters: number | '' };

const draftOf = (place: Place | null): Draft => ({
  key: place?.key ?? '', name: place?.name ?? '', kind: place?.kind ?? 'qr', store: place?.store ?? null, invitation: place?.invitation ?? {}, asksFor: place?.asksFor ?? [],
  latitude: place?.area?.latitude ?? '', longitude: place?.area?.longitude ?? '', radiusMeters: place?.area?.radiusMeters ?? 100,
});

/** The circle on the ground, of a place that has one. */
function AreaFields({ draft, onChange }: { draft: Draft; onChange: (draft: Draft) => void }) {
  const t = useTranslations('places');
  const number = (name: 'latitude' | 'longitude' | 'radiusMeters') => (value: number | string): void => onChange({ ...draft, [name]: value === '' ? '' : Number(value) });
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0 }}>
      <legend style={{ fontSize: 14, fontWeight: 500, padding: 0 }}>{t('area')}</legend>
      <p className="quiet" style={{ margin: '2px 0 6px', fontSize: 12 }}>{t('areaHelp')}</p>
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(120px, 100%), 1fr))', gap: 12 }}>
        <NumberInput label={t('latitude')} value={draft.latitude} min={-90} max={90} decimalScale={6} hideControls onChange={number('latitude')} />
        <NumberInput label={t('longitude')} value={draft.longitude} min={-180} max={180} decimalScale={6} hideControls onChange={number('longitude')} />
        <NumberInput label={t('radius')} value={draft.radiusMeters} min={10} max={50_000} allowDecimal={false} hideControls onChange={number('radiusMeters')} />
      </div>
    </fieldset>
  );
}

export function PlaceForm({ place, onClose }: { place: Place | null; onClose: () => void }) {
  const t = useTranslations('places');
  const by = useChannelName('by');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const seesStores = useCan('settings:read');
  const stores = useQuery({ queryKey: ['stores', 'names'], enabled: seesStores, queryFn: () => api.get<Page<{ externalId: string; name: string }>>('/stores', { limit: 200 }) });
  const [draft, setDraft] = useState(draftOf(place));
  const hasArea = draft.kind !== 'qr' && draft.latitude !== '' && draft.longitude !== '' && draft.radiusMeters !== '';
  const halfArea = draft.kind !== 'qr' && !hasArea && (draft.latitude !== '' || draft.longitude !== '');
  const ready = draft.name.trim() !== '' && KEY.test(draft.key) && !halfArea;
  const save = useMutation({
    mutationFn: () => {
      const { key, name, kind, store, invitation, asksFor, latitude, longitude, radiusMeters } = draft;
      return api.put<Place>(`/places/${key}`, { name: name.trim(), kind, invitation, asksFor, ...(store && { store }), ...(hasArea && { area: { latitude, longitude, radiusMeters } }) });
    },
    onSuccess: async (saved) => {
      notifications.show({ color: 'live', message: t('saved', { name: saved.name }) });
      await queries.invalidateQueries({ queryKey: ['places'] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={place ? place.name : t('new')} closeButtonProps={{ 'aria-label': t('closeDialog') }} size="lg">
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
        <TextInput label={t('name')} description={t('nameHelp')} data-autofocus maxLength={200} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value, ...(!place && { key: followName(draft.key, draft.name, event.currentTarget.value) }) })} />
        <TextInput label={t('key')} description={place ? undefined : t('keyHelp')} maxLength={60} readOnly={place !== null} value={draft.key} error={draft.key !== '' && !KEY.test(draft.key) ? t('keyWrong') : null} onChange={(event) => setDraft({ ...draft, key: event.currentTarget.value })} />
        <Select label={t('kind')} description={t(`kindHelp.${draft.kind}`)} allowDeselect={false} value={draft.kind} data={PLACE_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))} onChange={(value) => { const kind = PLACE_KINDS.find((each) => each === value); if (kind) setDraft({ ...draft, kind }); }} />
        <Select label={t('store')} clearable placeholder={t('noStore')} value={draft.store} data={stores.data?.items.map(({ externalId, name }) => ({ value: externalId, label: name })) ?? []} onChange={(store) => setDraft({ ...draft, store })} clearButtonProps={{ 'aria-label': t('noStore') }} />
        {draft.kind !== 'qr' && <AreaFields draft={draft} onChange={setDraft} />}
        {halfArea && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{t('halfArea')}</p>}
        <TextVariantsInput label={t('invitation')} value={draft.invitation} onChange={(invitation) => setDraft({ ...draft, invitation })} />
        <Checkbox.Group label={t('asksFor')} description={t('asksForHelp')} value={draft.asksFor} onChange={(chosen) => setDraft({ ...draft, asksFor: CHANNELS.filter((channel) => chosen.includes(channel)) })}>
          <Group mt={6} gap="md">{CHANNELS.map((channel) => <Checkbox key={channel} value={channel} label={by(channel)} />)}</Group>
        </Checkbox.Group>
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!ready}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}
