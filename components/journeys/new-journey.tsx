'use client';
/** A new journey: from a ready one, or from nothing but its name and the event that takes people in; all else is drawn. */
import { Autocomplete, Button, Group, MultiSelect, Tabs, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api, ApiProblem, type Page } from '#components/api-client.ts';
import { ReadyPicker } from '#components/journeys/ready-picker.tsx';
import { keyOfName } from '#domain/shared/key-of-name.ts';
import { emptyJourney, type JourneySummary } from '#components/journeys/journey-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState } from '#components/ui/states.tsx';

const MOST_TRIES = 20;
/** Always offered, seen or not. */
const SUGGESTED = ['purchase', 'customer.changed', 'points.posted'];
/** By its root, so that the page needs no schemas at first. */
const isSystemEvent = (type: string): boolean => /^(customer|relative|contract|consent|points|tier|segment|score|offer|message|pressure|journey|task|call|http)\./.test(type);

/** The key comes from the name; one that is taken gets a number. */
async function create(name: string, eventType: string, stores: string[] | null): Promise<JourneySummary> {
  for (let number = 1; ; number += 1) {
    try {
      return await api.post<JourneySummary>('/journeys', emptyJourney(name, [keyOfName(name).slice(0, 50) || 'journey', ...(number === 1 ? [] : [number])].join('-'), eventType, stores));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'journey.keyTaken' || number >= MOST_TRIES) throw error;
    }
  }
}

/** The name and the event of a journey to be drawn. Whoever acts for some stores says in which of them it begins. */
function FromNothing({ eventGiven }: { eventGiven: string | null }) {
  const t = useTranslations('journeys.create');
  const router = useRouter();
  const sentence = useProblemSentence();
  const own = useSession().stores;
  const [name, setName] = useState('');
  const [eventType, setEventType] = useState(eventGiven ?? 'purchase');
  const [stores, setStores] = useState<string[] | null>(own && own.map(({ externalId }) => externalId));
  const types = useQuery({ queryKey: ['event-types'], queryFn: ({ signal }) => api.get<Page<{ type: string }>>('/event-types', { limit: 200 }, signal) });
  const creation = useMutation({ mutationFn: () => create(name.trim(), eventType.trim(), stores), onSuccess: (journey) => router.push(`/journeys/${journey.id}`) });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    creation.mutate();
  };
  const seen = types.data?.items.map(({ type }) => type) ?? [];
  // What we write ourselves happens in no store.
  const known = own ? [...new Set([...seen.filter((type) => !isSystemEvent(type)), 'purchase'])] : [...new Set([...seen, ...SUGGESTED])];
  return (
    <form onSubmit={submit} style={{ maxWidth: 480 }}>
      <TextInput label={t('name')} placeholder={t('nameExample')} required maxLength={120} data-autofocus autoFocus value={name} onChange={(event) => setName(event.currentTarget.value)} mb="md" />
      <Autocomplete label={t('event')} description={t('eventHelp')} required maxLength={100} data={known} filter={({ options, search }) => options.filter((option) => known.includes(search.trim()) || !('value' in option) || option.value.includes(search.trim()))} value={eventType} onChange={setEventType} mb="lg" error={creation.isError ? sentence(creation.error) : null} />
      {own && own.length > 1 && <MultiSelect label={t('stores')} description={t('storesHelp')} required data={own.map(({ externalId, name: label }) => ({ value: externalId, label }))} value={stores ?? []} onChange={setStores} mb="lg" />}
      {own?.length === 0 && <p role="alert">{t('noStore')}</p>}
      {own && own.length === 1 && <p className="quiet">{t('yourStore', { store: own[0]?.name ?? '' })}</p>}
      <Group><Button type="submit" loading={creation.isPending} disabled={name.trim() === '' || eventType.trim() === '' || stores?.length === 0}>{t('action')}</Button></Group>
    </form>
  );
}

export function NewJourney() {
  const t = useTranslations('journeys.create');
  const all = useTranslations('journeys');
  const eventGiven = useSearchParams().get('event');
  const mayDraw = useCan('journeys:write');
  const isLimited = useSession().stores !== null;
  const back = { href: '/journeys', label: all('title') };
  if (!mayDraw) return <><PageHeader title={t('title')} back={back} /><ErrorState error={new ApiProblem(403, 'scope.missing', '')} /></>;
  // A ready journey brings messages and offers along, which are the brand's to write.
  if (isLimited) return <><PageHeader title={t('title')} lede={t('ledeStores')} back={back} /><FromNothing eventGiven={eventGiven} /></>;
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} back={back} />
      <Tabs defaultValue={eventGiven === null ? 'ready' : 'empty'} keepMounted={false}>
        <Tabs.List mb="lg"><Tabs.Tab value="ready">{t('fromReady')}</Tabs.Tab><Tabs.Tab value="empty">{t('fromNothing')}</Tabs.Tab></Tabs.List>
        <Tabs.Panel value="ready"><ReadyPicker /></Tabs.Panel>
        <Tabs.Panel value="empty"><FromNothing eventGiven={eventGiven} /></Tabs.Panel>
      </Tabs>
    </>
  );
}
