'use client';
/** Makes an API key with no more than the person may do themselves; its text is shown once. */
import { Button, Checkbox, Group, Modal, MultiSelect, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { api, type Page } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { scopeWord } from '#components/settings/settings-types.ts';
import type { Store } from '#components/stores/store-types.ts';
import { ShownOnce } from '#components/settings/shown-once.tsx';

/** What a till or a shop needs: it is what most keys are for. */
const USUAL = ['events:write', 'customers:read', 'customers:write'];

export function CreateKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('settings.keys');
  const words = useTranslations('settings.scopes');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const { scopes } = useSession();
  const [name, setName] = useState('');
  const [stores, setStores] = useState<string[]>([]);
  const known = useQuery({ queryKey: ['stores', 'all'], enabled: opened, queryFn: ({ signal }) => api.get<Page<Store>>('/stores', { limit: 200 }, signal) });
  const [chosen, setChosen] = useState<string[]>(USUAL);
  const creation = useMutation({
    mutationFn: () => api.post<{ id: string; key: string; prefix: string }>('/api-keys', { name: name.trim(), scopes: chosen, ...(stores.length > 0 && { stores }) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
  const close = (): void => {
    setName('');
    setChosen(USUAL);
    setStores([]);
    creation.reset();
    onClose();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    creation.mutate();
  };
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={600}>{t('create')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }} size="lg" closeOnClickOutside={!creation.isSuccess}>
      {creation.isSuccess ? (
        <>
          <ShownOnce title={t('made')} help={t('madeHelp')} secret={creation.data.key} />
          <Group justify="flex-end" mt="md"><Button onClick={close}>{t('kept')}</Button></Group>
        </>
      ) : (
        <form onSubmit={submit}>
          <TextInput label={t('name')} description={t('nameHelp')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} mb="md" data-autofocus />
          <Checkbox.Group label={t('may')} value={chosen} onChange={setChosen} mb="md" error={creation.isError ? sentence(creation.error) : null}>
            <div style={{ display: 'grid', gap: 8, marginTop: 8, gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))' }}>
              {scopes.map((scope) => <Checkbox key={scope} value={scope} size="xs" label={words(scopeWord(scope))} />)}
            </div>
          </Checkbox.Group>
          {(known.data?.items.length ?? 0) > 0 && <MultiSelect label={t('stores')} description={t('storesHelp')} placeholder={stores.length === 0 ? t('allStores') : ''} searchable clearable value={stores} onChange={setStores} data={known.data?.items.map(({ externalId, name: label }) => ({ value: externalId, label })) ?? []} mb="md" />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>{ui('cancel')}</Button>
            <Button type="submit" loading={creation.isPending} disabled={name.trim() === '' || chosen.length === 0}>{t('createAction')}</Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
