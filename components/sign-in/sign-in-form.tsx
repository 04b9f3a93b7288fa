'use client';
/** E-mail and password, and in a demo one button that needs neither. */
import { Alert, Button, Divider, PasswordInput, Text, TextInput } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { LANGUAGE_COOKIE, LANGUAGES } from '#components/words/languages.ts';
import classes from '#components/sign-in/sign-in.module.css';

type Failure = 'wrong' | 'tooMany' | 'offline';

async function signIn(email: string, password: string): Promise<Failure | null> {
  try {
    const response = await fetch('/api/auth/sign-in/email', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) });
    return response.ok ? null : response.status === 429 ? 'tooMany' : response.status >= 500 ? 'offline' : 'wrong';
  } catch {
    return 'offline';
  }
}

export function SignInForm({ to, demo }: { to: string; demo: { email: string; password: string } | null }) {
  const t = useTranslations('signIn');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const enter = async (asEmail: string, withPassword: string): Promise<void> => {
    setBusy(true);
    const failed = await signIn(asEmail, withPassword);
    setFailure(failed);
    setBusy(failed === null);
    if (failed === null) window.location.assign(to);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void enter(email, password);
  };
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <h1>{t('title')}</h1>
        <Text c="dimmed" mb="lg">{t('about')}</Text>
        {demo && (
          <>
            <Button fullWidth loading={busy} onClick={() => void enter(demo.email, demo.password)}>{t('demo')}</Button>
            <Text size="xs" c="dimmed" mt={6}>{t('demoAbout')}</Text>
            <Divider label={t('or')} my="md" />
          </>
        )}
        <form onSubmit={submit}>
          {failure && <Alert color="danger" mb="sm" role="alert">{t(failure)}</Alert>}
          <TextInput label={t('email')} type="email" name="email" autoComplete="username" required value={email} onChange={(event) => setEmail(event.currentTarget.value)} mb="sm" />
          <PasswordInput label={t('password')} name="password" autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} mb="md" visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }} />
          <Button type="submit" variant={demo ? 'default' : 'filled'} fullWidth loading={busy && !demo}>{t('enter')}</Button>
        </form>
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
