'use client';
/** The image library. */
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCan } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { AddImages } from './add-images.tsx';
import { ImageForm } from './image-form.tsx';
import { ImageGrid } from './image-grid.tsx';
import type { LibraryImage } from './image-types.ts';

export function ImagesPage() {
  const t = useTranslations('images');
  const mayWrite = useCan('content:write');
  const [opened, setOpened] = useState<LibraryImage | null>(null);
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      {mayWrite && <AddImages />}
      <ImageGrid verb="open" onChoose={setOpened} empty={<EmptyState title={t('empty')}>{t('emptyHelp')}</EmptyState>} />
      {opened && <ImageForm key={opened.id} image={opened} onClose={() => setOpened(null)} />}
    </>
  );
}
