'use client';
/** Changes the person's own password; other sessions of theirs end by it. */
import { Alert, Button, Group, Modal, PasswordInput, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';

const SHORTEST = 10;
type Failure = 'wrong' | 'tooMany' | 'failed';

async function send(currentPassword: string, newPassword: string): Promise<Failure | null> {
  try {
    const response = await fetch('/api/auth/change-password', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ currentPassword, newPassword, revokeOtherSessions: true }) });
    return response.ok ? null : response.status === 429 ? 'tooMany' : response.status >= 500 ? 'failed' : 'wrong';
  } catch {
    return 'failed';
  }
}

export function ChangePassword({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('frame.password');
  const ui = useTranslations('ui');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const close = (): void => {
    setCurrent('');
    setNext('');
    setFailure(null);
    onClose();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const failed = await send(current, next);
    setBusy(false);
    setFailure(failed);
    if (failed !== null) return;
    notifications.show({ color: 'live', message: t('done') });
    close();
  };
  const toggle = { visibilityToggleButtonProps: { 'aria-label': t('show') } };
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={600}>{t('title')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form onSubmit={(event) => void submit(event)}>
        {failure && <Alert color="danger" mb="sm" role="alert">{t(failure)}</Alert>}
        <PasswordInput label={t('current')} autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.currentTarget.value)} mb="sm" data-autofocus {...toggle} />
        <PasswordInput label={t('next')} description={t('nextHelp', { count: SHORTEST })} autoComplete="new-password" required minLength={SHORTEST} maxLength={200} value={next} onChange={(event) => setNext(event.currentTarget.value)} mb="md" {...toggle} />
        <Group justify="flex-end"><Button variant="default" onClick={close}>{ui('cancel')}</Button><Button type="submit" loading={busy} disabled={current === '' || next.length < SHORTEST}>{t('action')}</Button></Group>
      </form>
    </Modal>
  );
}
