'use client';
/** The pictures of the library as tiles, found by a word, more of them on demand. */
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import type { Page } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import { EmptyState, ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';
import { altOf, imageApi, smallOf, type LibraryImage } from './image-types.ts';
import classes from './images.module.css';

const PAGE = 40;

type Props = { /** What choosing one does, for who hears it: «Open {name}» or «Take {name}». */ verb: 'open' | 'take'; onChoose: (image: LibraryImage) => void; empty: ReactNode };

function Tile({ image, verb, onChoose }: { image: LibraryImage } & Pick<Props, 'verb' | 'onChoose'>) {
  const t = useTranslations('images');
  const language = useLocale();
  const formats = useFormats();
  const { workspace } = useSession();
  const facts = [t('measures', { width: formats.number(image.width), height: formats.number(image.height) }), ...(image.animated ? [t('animated')] : []), t('used', { count: image.uses.length })];
  return (
    <li>
      <button type="button" className={classes.tile} aria-label={t(verb, { name: image.name })} onClick={() => onChoose(image)}>
        <span className={classes.shown}><img src={smallOf(image)} alt={altOf(image, language, workspace.language)} loading="lazy" /></span>
        <span className={classes.told}><span className={classes.name}>{image.name}</span><span className={classes.facts}>{facts.join(' · ')}</span></span>
      </button>
    </li>
  );
}

export function ImageGrid({ verb, onChoose, empty }: Props) {
  const t = useTranslations('images');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const query = useInfiniteQuery({
    queryKey: ['images', 'list', search], initialPageParam: null as string | null, getNextPageParam: (page: Page<LibraryImage>) => page.next, placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => imageApi.list(search, pageParam, PAGE, signal),
  });
  const images = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (query.isPending) return <LoadingState />;
  if (query.isError && images.length === 0) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (images.length === 0 && search === '') return empty;
  return (
    <>
      <TextInput aria-label={t('search')} placeholder={t('searchHelp')} leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} maw={360} mb="sm" />
      {images.length === 0 ? <EmptyState title={t('nothing')}>{t('nothingHelp')}</EmptyState> : <ul className={classes.grid}>{images.map((image) => <Tile key={image.id} image={image} verb={verb} onChoose={onChoose} />)}</ul>}
      {query.hasNextPage && <div style={{ display: 'flex', justifyContent: 'center', marginTop: 12 }}><Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t('more')}</Button></div>}
    </>
  );
}
