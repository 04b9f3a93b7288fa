'use client';
/** Takes a whole purchase back in two touches: the button, then its reason. */
import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import classes from '#components/till/till.module.css';

export const CANCEL_REASONS = ['wrongAmount', 'wrongCustomer', 'broughtBack', 'changedMind'] as const;

export function CancelSale({ label, busy, onCancel }: { label: string; busy: boolean; onCancel: (reason: (typeof CANCEL_REASONS)[number]) => void }) {
  const t = useTranslations('till.cancel');
  const [asks, setAsks] = useState(false);
  if (!asks) return <Button size="md" h={44} variant="default" leftSection={<IconArrowBackUp size={18} stroke={1.6} aria-hidden />} onClick={() => setAsks(true)}>{label}</Button>;
  return (
    <div role="group" aria-label={t('why')} style={{ display: 'grid', gap: 8 }}>
      <span>{t('why')}</span>
      <div className={classes.reasons}>
        {CANCEL_REASONS.map((reason) => <UnstyledButton key={reason} className={classes.choice} disabled={busy} onClick={() => { setAsks(false); onCancel(reason); }}>{t(`reasons.${reason}`)}</UnstyledButton>)}
      </div>
      <Button variant="subtle" color="gray" h={44} onClick={() => setAsks(false)}>{t('keep')}</Button>
    </div>
  );
}
