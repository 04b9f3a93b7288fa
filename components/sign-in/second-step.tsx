'use client';
/** The second step of a sign-in: six digits of the authenticator app, or a recovery code. */
import { Alert, Anchor, Button, Checkbox, Text, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { askSignIn, type SignInFailure } from '#components/account/ask-sign-in.ts';

const DIGITS = 6;

export function SecondStep({ onIn, onAgain }: { onIn: () => void; onAgain: () => void }) {
  const t = useTranslations('signIn.second');
  const failures = useTranslations('account.failures');
  const [recovering, setRecovering] = useState(false);
  const [code, setCode] = useState('');
  const [trusts, setTrusts] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const asked = await askSignIn(recovering ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp', { code, trustDevice: trusts });
    if (asked.ok) return onIn();
    setBusy(false);
    setFailure(asked.failure);
  };
  const change = (): void => {
    setRecovering(!recovering);
    setCode('');
    setFailure(null);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Text c="dimmed" mb="lg">{t(recovering ? 'aboutRecovery' : 'about')}</Text>
      {failure && <Alert color="danger" mb="sm" role="alert">{failure === 'wrong' ? t(recovering ? 'wrongRecovery' : 'wrong') : failures(failure)}</Alert>}
      {recovering
        ? <TextInput key="recovery" label={t('recovery')} required autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={40} value={code} onChange={(event) => setCode(event.currentTarget.value)} mb="sm" autoFocus />
        : <TextInput key="digits" label={t('digits')} required inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(event) => setCode(event.currentTarget.value.replace(/\D/g, '').slice(0, DIGITS))} mb="sm" autoFocus />}
      <Checkbox label={t('trust')} checked={trusts} onChange={(event) => setTrusts(event.currentTarget.checked)} mb="md" />
      <Button type="submit" fullWidth loading={busy} disabled={recovering ? code.trim() === '' : code.length < DIGITS}>{t('enter')}</Button>
      <div style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: '8px 16px', marginTop: 16 }}>
        <Anchor component="button" type="button" size="sm" onClick={change}>{t(recovering ? 'useDigits' : 'useRecovery')}</Anchor>
        <Anchor component="button" type="button" size="sm" onClick={onAgain}>{t('again')}</Anchor>
      </div>
    </form>
  );
}
