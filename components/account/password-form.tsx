'use client';
/** Asks for the password before something that matters. */
import { Alert, Button, Group, PasswordInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import type { SignInFailure } from '#components/account/ask-sign-in.ts';

/** `onPassword` answers what went wrong, null when nothing did. */
export function PasswordForm({ action, danger = false, onPassword, onCancel }: { action: string; danger?: boolean; onPassword: (password: string) => Promise<SignInFailure | null>; onCancel?: () => void }) {
  const t = useTranslations('account');
  const ui = useTranslations('ui');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const failed = await onPassword(password);
    setBusy(false);
    setFailure(failed);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {failure && <Alert color="danger" mb="sm" role="alert">{t(failure === 'wrong' ? 'wrongPassword' : `failures.${failure}`)}</Alert>}
      <PasswordInput label={t('password')} description={t('passwordWhy')} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} mb="md" maw={420} visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} data-autofocus />
      <Group>
        <Button type="submit" color={danger ? 'danger' : 'ink'} loading={busy} disabled={password === ''}>{action}</Button>
        {onCancel && <Button variant="default" onClick={onCancel}>{ui('cancel')}</Button>}
      </Group>
    </form>
  );
}
