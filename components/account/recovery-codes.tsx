'use client';
/** Recovery codes, shown once, to copy or save before going on. */
import { Alert, Button, CopyButton, Group } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import classes from '#components/account/account.module.css';

function save(codes: string[], name: string): void {
  const address = URL.createObjectURL(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const t = useTranslations('account.recovery');
  const ui = useTranslations('ui');
  return (
    <div className={classes.setup}>
      <Alert color="live" title={t('title')}>{t('about')}</Alert>
      <ul className={classes.codes} data-testid="recovery-codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <Group>
        <CopyButton value={codes.join('\n')}>{({ copied, copy }) => <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>{ui(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => save(codes, 'parcours-recovery-codes.txt')}>{t('save')}</Button>
        <Button onClick={onKept}>{t('kept')}</Button>
      </Group>
    </div>
  );
}
