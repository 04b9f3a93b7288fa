'use client';
/** The code of a till, to be typed on its device: large, with the address to open there, until the device has taken it or its time is over. */
import { Button, CopyButton, Group, Modal } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { ShownCode } from '#components/tills/tills-page.tsx';
import classes from '#components/tills/tills.module.css';

/** Seconds that are left, counted on the screen. */
function useSecondsLeft(expiresAt: string): number {
  const [left, setLeft] = useState(() => Date.parse(expiresAt) - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(expiresAt) - Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return Math.max(0, Math.ceil(left / 1_000));
}

export function TillCodeDialog({ code, paired, onClose }: { code: ShownCode; paired: boolean; onClose: () => void }) {
  const t = useTranslations('tills.code');
  const seconds = useSecondsLeft(code.expiresAt);
  const address = `${window.location.host}/till`;
  return (
    <Modal opened onClose={onClose} title={t('title', { name: code.name })} closeButtonProps={{ 'aria-label': t('close') }} closeOnClickOutside={paired}>
      {paired ? (
        <div className={classes.paired} role="status"><IconCheck size={28} stroke={1.6} aria-hidden /><p>{t('paired', { name: code.name })}</p></div>
      ) : (
        <div style={{ display: 'grid', gap: 12 }}>
          <ol className={classes.steps}>
            <li>{t.rich('open', { address: () => <b>{address}</b> })}</li>
            <li>{t('type')}</li>
          </ol>
          <output className={classes.bigCode} data-testid="till-code" aria-label={t('codeIs')}>{code.code}</output>
          <p className="quiet" style={{ margin: 0 }}>{seconds > 0 ? t('left', { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, '0') }) : t('over')}</p>
        </div>
      )}
      <Group justify="flex-end" mt="md">
        {!paired && <CopyButton value={`${window.location.origin}/till#${code.code}`}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'copied' : 'copyLink')}</Button>}</CopyButton>}
        <Button variant={paired ? 'filled' : 'default'} onClick={onClose}>{t(paired ? 'done' : 'close')}</Button>
      </Group>
    </Modal>
  );
}
