'use client';
/** The poster of a place, to look at and to print. */
import { Anchor, Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import type { Place } from '#components/places/place-types.ts';
import { POSTER_WORDS } from '#components/places/poster-words.ts';
import { POSTER_CHOICES, PosterSheet, type PosterChoice } from '#components/places/poster-sheet.tsx';
import classes from '#components/places/places.module.css';
import { useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';

export function PosterPage({ placeKey }: { placeKey: string }) {
  const t = useTranslations('places.poster');
  const words = useTranslations('places');
  const { workspace } = useSession();
  const [choice, setChoice] = useState<PosterChoice>(workspace.language.startsWith('fr') ? 'fr' : 'en');
  const poster = useQuery({
    queryKey: ['places', placeKey, 'poster'],
    queryFn: async () => ({ place: await api.get<Place>(`/places/${placeKey}`), code: await api.get<{ url: string; svg: string }>(`/places/${placeKey}/code`) }),
  });
  const back = { href: '/places', label: words('title') };
  if (poster.isPending) return <><PageHeader title={t('title')} back={back} /><LoadingState lines={8} /></>;
  if (poster.isError) return <><PageHeader title={t('title')} back={back} /><ErrorState error={poster.error} onRetry={() => void poster.refetch()} /></>;
  const { place, code } = poster.data;
  return (
    <>
      <PageHeader title={t('of', { name: place.name })} back={back} lede={place.closedAt ? t('isClosed') : t('lede')}>
        <Button leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>{words('print')}</Button>
      </PageHeader>
      <div className={classes.tools}>
        <SegmentedControl aria-label={t('language')} value={choice} onChange={(value) => setChoice(POSTER_CHOICES.find((each) => each === value) ?? 'both')} data={POSTER_CHOICES.map((value) => ({ value, label: t(`languages.${value}`) }))} />
        <Button component="a" variant="default" leftSection={<IconDownload size={16} aria-hidden />} href={`data:image/svg+xml;utf8,${encodeURIComponent(code.svg)}`} download={`${place.key}.svg`}>{t('download')}</Button>
        <Anchor href={code.url} target="_blank" rel="noreferrer">{t('try')}</Anchor>
      </div>
      <PosterSheet label={t('sheet')} brand={workspace.brand} foot={place.name} svg={code.svg} alt={t('codeOf', { name: place.name })} choice={choice} below={(language) => POSTER_WORDS[language].how}
        head={(language) => <><h2>{POSTER_WORDS[language].scan}</h2>{place.invitation[language] && <p>{place.invitation[language]}</p>}</>} />
    </>
  );
}
