'use client';
/** In the place of a page that is not there. */
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { EmptyState } from '#components/ui/states.tsx';

export function NoPage() {
  const t = useTranslations('ui');
  return <main><EmptyState title={t('noPage')} action={<Button component={Link} href="/">{t('toBeginning')}</Button>}>{t('noPageHelp')}</EmptyState></main>;
}
