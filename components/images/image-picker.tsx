'use client';
/** Takes a picture of the library, or a new one, for whatever asks. */
import { Modal, Tabs } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useCan } from '#components/session.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { AddImages } from './add-images.tsx';
import { ImageGrid } from './image-grid.tsx';
import type { LibraryImage } from './image-types.ts';

type Props = { /** In which is said what a new picture shows. */ language?: string; onTake: (image: LibraryImage) => void; onClose: () => void };

export function ImagePicker({ language, onTake, onClose }: Props) {
  const t = useTranslations('images');
  const mayWrite = useCan('content:write');
  const [tab, setTab] = useState<string | null>('library');
  return (
    <Modal opened onClose={onClose} size="xl" title={t('pick')} closeButtonProps={{ 'aria-label': t('close') }}>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md"><Tabs.Tab value="library">{t('library')}</Tabs.Tab>{mayWrite && <Tabs.Tab value="new">{t('new')}</Tabs.Tab>}</Tabs.List>
        <Tabs.Panel value="library"><ImageGrid verb="take" onChoose={onTake} empty={<EmptyState title={t('empty')}>{t('pickHelp')}</EmptyState>} /></Tabs.Panel>
        <Tabs.Panel value="new"><AddImages {...(language !== undefined && { language })} onAdded={([first]) => first && onTake(first)} /></Tabs.Panel>
      </Tabs>
    </Modal>
  );
}
