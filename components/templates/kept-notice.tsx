'use client';
/** Says that an earlier visit left something unsaved, and offers it. */
import { Alert, Button, Group } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useFormats } from '#components/use-formats.ts';

export function KeptNotice({ at, onTake, onDiscard }: { at: number; onTake: () => void; onDiscard: () => void }) {
  const t = useTranslations('templates.kept');
  const formats = useFormats();
  return (
    <Alert color="warning" mb="md" title={t('title', { when: formats.dateTime(at) })}>
      <Group gap="xs"><Button size="xs" onClick={onTake}>{t('take')}</Button><Button size="xs" variant="default" onClick={onDiscard}>{t('discard')}</Button></Group>
    </Alert>
  );
}
