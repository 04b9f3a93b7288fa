'use client';
/** E-mail and password with a second step where it is asked for, or a passkey; in a demo one button that needs neither. */
import { Alert, Button, Divider, PasswordInput, Text, TextInput } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { askSignIn } from '#components/account/ask-sign-in.ts';
import { enterByPasskey, type CeremonyFailure } from '#components/account/passkey-ceremony.ts';
import { SecondStep } from '#components/sign-in/second-step.tsx';
import { LANGUAGE_COOKIE, LANGUAGES } from '#components/words/languages.ts';
import classes from '#components/sign-in/sign-in.module.css';

/** A passkey says why it did not work; a person who closed its window knows. */
const ofPasskey = (failure: CeremonyFailure): Failure | null => (failure === 'cancelled' ? null : failure === 'wrong' || failure === 'known' ? 'noPasskey' : failure);
type Failure = Exclude<CeremonyFailure, 'cancelled' | 'known'> | 'noPasskey';

export function SignInForm({ to, demo, passkeysHere }: { to: string; demo: { email: string; password: string } | null; passkeysHere: boolean }) {
  const t = useTranslations('signIn');
  const failures = useTranslations('account.failures');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState<'password' | 'passkey' | 'demo' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [second, setSecond] = useState(false);
  const goOn = (): void => window.location.assign(to);
  const enter = async (asEmail: string, withPassword: string, by: 'password' | 'demo'): Promise<void> => {
    setBusy(by);
    const asked = await askSignIn('/sign-in/email', { email: asEmail, password: withPassword });
    setFailure(asked.ok ? null : asked.failure);
    if (asked.ok && asked.body['twoFactorRedirect'] !== true) return goOn();
    setSecond(asked.ok);
    setBusy(null);
  };
  const byPasskey = async (): Promise<void> => {
    setBusy('passkey');
    const failed = await enterByPasskey();
    if (failed === null) return goOn();
    setFailure(ofPasskey(failed));
    setBusy(null);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void enter(email, password, 'password');
  };
  const again = (): void => {
    setSecond(false);
    setPassword('');
  };
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <h1>{t('title')}</h1>
        {second ? <SecondStep onIn={goOn} onAgain={again} /> : (
          <>
            <Text c="dimmed" mb="lg">{t('about')}</Text>
            {demo && (
              <>
                <Button fullWidth loading={busy === 'demo'} onClick={() => void enter(demo.email, demo.password, 'demo')}>{t('demo')}</Button>
                <Text size="xs" c="dimmed" mt={6}>{t('demoAbout')}</Text>
                <Divider label={t('or')} my="md" />
              </>
            )}
            {failure && <Alert color="danger" mb="sm" role="alert">{failure === 'wrong' || failure === 'noPasskey' ? t(failure) : failures(failure)}</Alert>}
            <form onSubmit={submit}>
              <TextInput label={t('email')} type="email" name="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} mb="sm" />
              <PasswordInput label={t('password')} name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} mb="md" visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} />
              <Button type="submit" variant={demo ? 'default' : 'filled'} fullWidth loading={busy === 'password'}>{t('enter')}</Button>
            </form>
            {passkeysHere && <Button variant="default" fullWidth mt="sm" leftSection={<IconFingerprint size={16} stroke={1.6} aria-hidden />} loading={busy === 'passkey'} onClick={() => void byPasskey()}>{t('passkey')}</Button>}
          </>
        )}
        <Languages />
      </div>
    </main>
  );
}

function Languages() {
  const router = useRouter();
  const language = useLocale();
  const speak = (code: string): void => {
    document.cookie = `${LANGUAGE_COOKIE}=${code}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  };
  return (
    <div className={classes.languages}>
      {Object.entries(LANGUAGES).map(([code, name]) => <Button key={code} lang={code} variant="subtle" color="gray" size="compact-xs" aria-pressed={code === language} onClick={() => speak(code)}>{name}</Button>)}
    </div>
  );
}
