'use client';
/** A new journey: from a ready one, or from nothing but its name and the event that takes people in; all else is drawn. */
import { Autocomplete, Button, Group, Tabs, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api, ApiProblem, type Page } from '#components/api-client.ts';
import { ReadyPicker } from '#components/journeys/ready-picker.tsx';
import { keyOfName } from '#domain/shared/key-of-name.ts';
import { emptyJourney, type JourneySummary } from '#components/journeys/journey-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState } from '#components/ui/states.tsx';

const MOST_TRIES = 20;
const SUGGESTED = ['purchase', 'customer.changed', 'points.posted'];

/** The key comes from the name; one that is taken gets a number. */
async function create(name: string, eventType: string): Promise<JourneySummary> {
  for (let number = 1; ; number += 1) {
    try {
      return await api.post<JourneySummary>('/journeys', emptyJourney(name, [keyOfName(name).slice(0, 50) || 'journey', ...(number === 1 ? [] : [number])].join('-'), eventType));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'journey.keyTaken' || number >= MOST_TRIES) throw error;
    }
  }
}

export function NewJourney() {
  const t = useTranslations('journeys.create');
  const all = useTranslations('journeys');
  const router = useRouter();
  const sentence = useProblemSentence();
  const [name, setName] = useState('');
  const eventGiven = useSearchParams().get('event');
  const [eventType, setEventType] = useState(eventGiven ?? 'purchase');
  const mayDraw = useCan('journeys:write');
  const types = useQuery({ queryKey: ['event-types'], queryFn: ({ signal }) => api.get<Page<{ type: string }>>('/event-types', { limit: 200 }, signal) });
  const creation = useMutation({ mutationFn: () => create(name.trim(), eventType.trim()), onSuccess: (journey) => router.push(`/journeys/${journey.id}`) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    creation.mutate();
  };
  const back = { href: '/journeys', label: all('title') };
  if (!mayDraw) return <><PageHeader title={t('title')} back={back} /><ErrorState error={new ApiProblem(403, 'scope.missing', '')} /></>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} back={back} />
      <Tabs defaultValue={eventGiven === null ? 'ready' : 'empty'} keepMounted={false}>
        <Tabs.List mb="lg"><Tabs.Tab value="ready">{t('fromReady')}</Tabs.Tab><Tabs.Tab value="empty">{t('fromNothing')}</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="ready"><ReadyPicker /></Tabs.Panel>
        <Tabs.Panel value="empty">
          <form onSubmit={submit} style={{ maxWidth: 480 }}>
            <TextInput label={t('name')} placeholder={t('nameExample')} required maxLength={120} data-autofocus autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} mb="md" />
            <Autocomplete label={t('event')} description={t('eventHelp')} required maxLength={100} data={[...new Set([...(types.data?.items.map(({ type }) => type) ?? []), ...SUGGESTED])]} value={eventType} onChange={setEventType} mb="lg" error={creation.isError ? sentence(creation.error) : null} />
            <Group><Button type="submit" loading={creation.isPending} disabled={name.trim() === '' || eventType.trim() === ''}>{t('action')}</Button></Group>
          </form>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
