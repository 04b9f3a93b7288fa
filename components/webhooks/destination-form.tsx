'use client';
/** A destination: its name, its address and the types of events that go there. Made anew, its secret is shown once. */
import { Button, Group, Modal, TagsInput, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { api, ApiProblem, type Page } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ShownOnce } from '#components/settings/shown-once.tsx';
import type { Destination, WithSecret } from '#components/webhooks/destination-types.ts';
import { toldBy } from '#domain/audiences/standing.ts';
import { SYSTEM_EVENT_TYPES } from '#domain/events/customer-event.ts';

/** What went wrong with one field, if it did. */
const isAbout = (error: unknown, field: string): boolean => error instanceof ApiProblem && error.errors.some(({ path }) => path[1] === field);

function Fields({ destination, onSaved, onClose }: { destination: Destination | null; onSaved: (made: WithSecret | null) => void; onClose: () => void }) {
  const t = useTranslations('webhooks.destinations');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(destination?.name ?? '');
  const [address, setAddress] = useState(destination?.address ?? '');
  const [types, setTypes] = useState<string[]>(destination?.types ?? []);
  const own = useQuery({ queryKey: ['event-types'], queryFn: ({ signal }) => api.get<Page<{ type: string }>>('/event-types', { limit: 200 }, signal) });
  const known = [...new Set(['purchase', 'return', ...(own.data?.items.map(({ type }) => type) ?? []), ...SYSTEM_EVENT_TYPES.filter((type) => toldBy(type) === null)])];
  const save = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), address: address.trim(), types };
      if (destination === null) return api.post<WithSecret>('/destinations', body);
      await api.put(`/destinations/${destination.id}`, body);
      notifications.show({ color: 'live', message: t('saved', { name: body.name }) });
      return null;
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['destinations'] });
      onSaved(made);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const onField = isAbout(save.error, 'address') || isAbout(save.error, 'types');
  return (
    <form style={{ display: 'grid', gap: 12 }} onSubmit={submit}>
      <TextInput label={t('name')} description={t('nameHelp')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
      <TextInput label={t('address')} description={t('addressHelp')} required type="url" maxLength={2_000} placeholder="https://shop.example.com/parcours" value={address} error={isAbout(save.error, 'address') && t('wrongAddress')} onChange={(event) => setAddress(event.currentTarget.value)} />
      <TagsInput label={t('types')} description={t('typesHelp')} required data={known} value={types} onChange={setTypes} maxTags={100} limit={60} clearable clearButtonProps={{ 'aria-label': t('clearTypes') }} error={isAbout(save.error, 'types') && t('wrongTypes')} />
      {save.error && !onField && <Text role="alert" size="sm" c="danger">{sentence(save.error)}</Text>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>{ui('cancel')}</Button>
        <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || address.trim() === '' || types.length === 0}>{t(destination === null ? 'create' : 'save')}</Button>
      </Group>
    </form>
  );
}

export function DestinationForm({ destination, onClose }: { destination: Destination | null; onClose: () => void }) {
  const t = useTranslations('webhooks.destinations');
  const ui = useTranslations('ui');
  const [made, setMade] = useState<WithSecret | null>(null);
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>{destination === null ? t('new') : t('changeNamed', { name: destination.name })}</Text>} closeButtonProps={{ 'aria-label': ui('close') }} closeOnClickOutside={made === null}>
      {made ? (
        <>
          <ShownOnce title={t('made')} help={t('madeHelp')} secret={made.secret} />
          <Group justify="flex-end" mt="md"><Button onClick={onClose}>{t('kept')}</Button></Group>
        </>
      ) : <Fields destination={destination} onClose={onClose} onSaved={(answer) => (answer ? setMade(answer) : onClose())} />}
    </Modal>
  );
}
