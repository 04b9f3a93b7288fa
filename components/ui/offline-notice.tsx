'use client';
/** Says that the network is gone and that what stands on the screen stays. */
import { useNetwork } from '@mantine/hooks';
import { useTranslations } from 'next-intl';
import classes from '#components/ui/ui.module.css';

export function OfflineNotice() {
  const t = useTranslations('ui');
  const { online } = useNetwork();
  return online ? null : <div role="status" className={classes.offline}>{t('offline')}</div>;
}
