'use client';
/** Sets an authenticator app up in three steps: the password, the code to scan with its first digits, and the recovery codes. Nothing is in force before the digits were right. */
import { Alert, Button, Code, Group, Text, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type SubmitEvent } from 'react';
import classes from '#components/account/account.module.css';
import { askSignIn, type SignInFailure } from '#components/account/ask-sign-in.ts';
import { PasswordForm } from '#components/account/password-form.tsx';
import { RecoveryCodes } from '#components/account/recovery-codes.tsx';

type Begun = { address: string; codes: string[] };

const DIGITS = 6;
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/** Drawn here, so that the key travels once. */
function QrCode({ address, label }: { address: string; label: string }) {
  const [drawn, setDrawn] = useState('');
  useEffect(() => {
    let gone = false;
    void import('qrcode').then(({ toString }) => toString(address, { type: 'svg', margin: 2 })).then((svg) => gone || setDrawn(svg));
    return () => { gone = true; };
  }, [address]);
  return drawn === '' ? <div className={classes.noCode} /> : <div role="img" aria-label={label} dangerouslySetInnerHTML={{ __html: drawn }} />;
}

function FirstDigits({ begun, onRight, onCancel }: { begun: Begun; onRight: () => void; onCancel?: (() => void) | undefined }) {
  const t = useTranslations('account.twoFactor');
  const failures = useTranslations('account.failures');
  const ui = useTranslations('ui');
  const [digits, setDigits] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SignInFailure | null>(null);
  const secret = new URL(begun.address).searchParams.get('secret') ?? '';
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const asked = await askSignIn('/two-factor/verify-totp', { code: digits });
    setBusy(false);
    if (asked.ok) onRight();
    else setFailure(asked.failure);
  };
  return (
    <form onSubmit={(event) => void submit(event)} className={classes.setup}>
      <div className={classes.code}>
        <QrCode address={begun.address} label={t('qr')} />
        <div className={classes.secret}>
          <Text>{t('scan')}</Text>
          <Text size="sm" c="dimmed" mt="sm">{t('orType')}</Text>
          <Code data-testid="totp-key">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</Code>
        </div>
      </div>
      {failure && <Alert color="danger" role="alert">{failure === 'wrong' ? t('wrong') : failures(failure)}</Alert>}
      <TextInput label={t('digits')} description={t('digitsHelp')} inputMode="numeric" autoComplete="one-time-code" required maw={260} value={digits} onChange={(event) => setDigits(event.currentTarget.value.replace(/\D/g, '').slice(0, DIGITS))} />
      <Group>
        <Button type="submit" loading={busy} disabled={digits.length < DIGITS}>{t('turnOn')}</Button>
        {onCancel && <Button variant="default" onClick={onCancel}>{ui('cancel')}</Button>}
      </Group>
    </form>
  );
}

export function TwoFactorSetup({ onDone, onCancel }: { onDone: () => void; onCancel?: () => void }) {
  const t = useTranslations('account.twoFactor');
  const [begun, setBegun] = useState<Begun | null>(null);
  const [inForce, setInForce] = useState(false);
  const begin = async (password: string): Promise<SignInFailure | null> => {
    const asked = await askSignIn('/two-factor/enable', { password });
    if (!asked.ok) return asked.failure;
    setBegun({ address: String(asked.body['totpURI']), codes: texts(asked.body['backupCodes']) });
    return null;
  };
  if (begun === null) return <PasswordForm action={t('begin')} onPassword={begin} {...(onCancel && { onCancel })} />;
  if (inForce) return <RecoveryCodes codes={begun.codes} onKept={onDone} />;
  return <FirstDigits begun={begun} onRight={() => setInForce(true)} onCancel={onCancel} />;
}
