'use client';
/** The way to the image library from a field that names a picture, and back to an address that is written by hand. */
import { Button, Group } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { altOf } from '#components/images/image-types.ts';
import { useSession } from '#components/session.tsx';
import { useEditedLanguage } from './edited-language.ts';

const ImagePicker = dynamic(() => import('#components/images/image-picker.tsx').then((loaded) => loaded.ImagePicker), { ssr: false });

type Props = { /** With what is said of it in the language that is written. */ onTake: (path: string, alt: string) => void; /** Null where an address is written already. */ onWrite: (() => void) | null };

export function TakePicture({ onTake, onWrite }: Props) {
  const t = useTranslations('blocks.picture');
  const { workspace } = useSession();
  const language = useEditedLanguage();
  const [picks, setPicks] = useState(false);
  return (
    <Group gap={4}>
      <Button variant="default" size="xs" leftSection={<IconPhoto size={14} aria-hidden />} onClick={() => setPicks(true)}>{t('library')}</Button>
      {onWrite && <Button variant="subtle" size="xs" onClick={onWrite}>{t('byAddress')}</Button>}
      {picks && <ImagePicker {...(language !== null && { language })} onClose={() => setPicks(false)} onTake={(image) => { setPicks(false); onTake(image.path, altOf(image, language ?? workspace.language, workspace.language)); }} />}
    </Group>
  );
}
