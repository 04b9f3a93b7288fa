'use client';
/** In the place of a page that has stopped while it was drawn. */
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { EmptyState } from '#components/ui/states.tsx';

export function BrokenPage({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('ui');
  return <div role="alert"><EmptyState title={t('broke')} action={<Button variant="default" onClick={onRetry}>{t('retry')}</Button>}>{t('brokeHelp')}</EmptyState></div>;
}
