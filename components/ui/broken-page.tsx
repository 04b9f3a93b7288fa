'use client';
/** In the place of a page that has stopped while it was drawn. */
import { UnstyledButton } from '@mantine/core';
import { useTranslations } from 'next-intl';
import classes from '#components/ui/ui.module.css';

export function BrokenPage({ onRetry }: { onRetry: () => void }) {
  const t = useTranslations('ui');
  return <div role="alert" className={classes.state}><h2>{t('broke')}</h2><p>{t('brokeHelp')}</p><UnstyledButton td="underline" onClick={onRetry}>{t('retry')}</UnstyledButton></div>;
}
