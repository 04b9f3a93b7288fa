'use client';
/** The poster with which a passer-by joins at a store: to print, to give another code, to take out of use. It is made when it is first opened by somebody who may. */
import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, ApiProblem } from '#components/api-client.ts';
import { POSTER_CHOICES, PosterSheet, type PosterChoice } from '#components/places/poster-sheet.tsx';
import { JOIN_WORDS } from '#components/places/poster-words.ts';
import placeClasses from '#components/places/places.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';

type Poster = { store: string; storeName: string; url: string; svg: string; joined: number; closedAt: string | null };
type Act = 'renew' | 'close' | 'open';

function Sheet({ poster }: { poster: Poster }) {
  const t = useTranslations('tills.poster');
  const { workspace } = useSession();
  const [choice, setChoice] = useState<PosterChoice>(workspace.language.startsWith('fr') ? 'fr' : 'en');
  return (
    <>
      <div className={placeClasses.tools} style={{ alignItems: 'center' }}>
        <SegmentedControl aria-label={t('language')} value={choice} onChange={(value) => setChoice(POSTER_CHOICES.find((each) => each === value) ?? 'both')} data={POSTER_CHOICES.map((value) => ({ value, label: t(`languages.${value}`) }))} />
        <Button component="a" variant="default" leftSection={<IconDownload size={16} aria-hidden />} href={`data:image/svg+xml;utf8,${encodeURIComponent(poster.svg)}`} download={`join-${poster.store}.svg`}>{t('download')}</Button>
        <Anchor href={poster.url} target="_blank" rel="noreferrer">{t('try')}</Anchor>
      </div>
      <PosterSheet label={t('sheet')} brand={workspace.brand} foot={poster.storeName} svg={poster.svg} alt={t('codeOf', { name: poster.storeName })} choice={choice} below={(language) => JOIN_WORDS[language].how}
        head={(language) => <><h2>{JOIN_WORDS[language].join(workspace.brand)}</h2><p>{JOIN_WORDS[language].why}</p></>} />
    </>
  );
}

export function JoiningPoster({ store }: { store: string }) {
  const t = useTranslations('tills.poster');
  const words = useTranslations('tills');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const mayWrite = useCan('tills:write');
  const [asked, setAsked] = useState<'renew' | 'close' | null>(null);
  const path = `/stores/${encodeURIComponent(store)}/poster`;
  const poster = useQuery({ queryKey: ['posters', store], queryFn: ({ signal }) => api.get<Poster>(path, {}, signal) });
  const act = useMutation({
    mutationFn: (kind: Act) => (kind === 'open' ? api.put<Poster>(path, {}) : api.post<Poster>(`${path}/${kind}`)),
    onSuccess: async () => {
      setAsked(null);
      await queries.invalidateQueries({ queryKey: ['posters'] });
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  const back = { href: '/tills', label: words('title') };
  const none = poster.error instanceof ApiProblem && poster.error.code === 'place.unknown';
  if (none) return <><PageHeader title={t('title')} back={back} /><EmptyState title={t('none')} action={mayWrite ? <Button loading={act.isPending} onClick={() => act.mutate('open')}>{t('make')}</Button> : undefined}>{t('about')}</EmptyState></>;
  if (poster.isPending) return <><PageHeader title={t('title')} back={back} /><LoadingState lines={8} /></>;
  if (poster.isError) return <><PageHeader title={t('title')} back={back} /><ErrorState error={poster.error} onRetry={() => void poster.refetch()} /></>;
  const { storeName, joined, closedAt } = poster.data;
  return (
    <>
      <PageHeader title={t('of', { store: storeName })} back={back} lede={closedAt ? t('isClosed') : t('lede', { count: joined })}>
        {mayWrite && <Button variant="default" onClick={() => setAsked('renew')}>{t('renew')}</Button>}
        {mayWrite && <Button variant="default" loading={act.isPending} onClick={() => (closedAt ? act.mutate('open') : setAsked('close'))}>{t(closedAt ? 'open' : 'close')}</Button>}
        {!closedAt && <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{t('print')}</Button>}
      </PageHeader>
      {!closedAt && <Sheet poster={poster.data} />}
      <ConfirmWithNumbers busy={act.isPending} onClose={() => setAsked(null)} onConfirm={() => asked && act.mutate(asked)}
        confirmation={asked ? { title: t(`${asked}Title`), consequences: [t('prints'), t('stay', { count: joined })], action: t(asked), danger: true } : null} />
    </>
  );
}
