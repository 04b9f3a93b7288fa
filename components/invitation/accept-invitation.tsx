'use client';
/** What whoever follows the link of an invitation sees: who invites them as what, and the one thing to do. */
import { Alert, Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import classes from '#components/account/account.module.css';
import { askSignIn } from '#components/account/ask-sign-in.ts';
import { ApiProblem, PAGE_HEADERS } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';

const SHORTEST = 10;

export type ShownInvitation = { token: string; workspace: string; brand: string; email: string; role: string; /** `join`: signed in as the person invited. */ step: 'new' | 'signIn' | 'join' | 'otherPerson'; signedInAs: string | null };
type Accepted = { workspaceId: string };

async function accept(token: string, person?: { name: string; password: string }): Promise<Accepted> {
  const response = await fetch('/api/account/invitations', { method: 'POST', headers: { ...PAGE_HEADERS, 'content-type': 'application/json' }, body: JSON.stringify({ token, person }) }).catch(() => null);
  const body: unknown = await response?.json().catch(() => null);
  if (response?.ok) return body as Accepted;
  throw new ApiProblem(response?.status ?? 0, response === null ? 'offline' : typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'internal', '');
}

function enter({ workspaceId }: Accepted): void {
  document.cookie = `parcours.workspace=${workspaceId}; path=/; max-age=31536000; samesite=lax`;
  window.location.assign('/');
}

function NewPerson({ token, email, onFailure }: { token: string; email: string; onFailure: (error: unknown) => void }) {
  const t = useTranslations('invitation');
  const signIn = useTranslations('signIn');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const accepted = await accept(token, { name: name.trim(), password });
      await askSignIn('/sign-in/email', { email, password });
      enter(accepted);
    } catch (error) {
      setBusy(false);
      onFailure(error);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <TextInput label={signIn('email')} type="email" name="email" autoComplete="username" readOnly variant="filled" value={email} mb="sm" />
      <TextInput label={t('name')} name="name" autoComplete="name" required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} mb="sm" />
      <PasswordInput label={t('password')} description={t('passwordHelp', { count: SHORTEST })} name="password" autoComplete="new-password" required minLength={SHORTEST} maxLength={200} value={password} onChange={(event) => setPassword(event.currentTarget.value)} mb="md" visibilityToggleButtonProps={{ 'aria-label': signIn('showPassword') }} />
      <Button type="submit" fullWidth loading={busy} disabled={name.trim() === '' || password.length < SHORTEST}>{t('join')}</Button>
      <Text size="xs" c="dimmed" mt={8}>{t('passkeyLater')}</Text>
    </form>
  );
}

export function AcceptInvitation({ invitation }: { invitation: ShownInvitation }) {
  const t = useTranslations('invitation');
  const frame = useTranslations('frame');
  const sentence = useProblemSentence();
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { token, workspace, brand, email, role, step, signedInAs } = invitation;
  const back = `/invitation/${token}`;
  const join = async (): Promise<void> => {
    setBusy(true);
    await accept(token).then(enter, (error: unknown) => {
      setBusy(false);
      setFailure(error);
    });
  };
  const leave = async (): Promise<void> => {
    await askSignIn('/sign-out', {});
    window.location.reload();
  };
  return (
    <main className={classes.outside}>
      <div className={classes.outsideBox}>
        <h1>{t('title', { workspace })}</h1>
        <p className={classes.about}>{t('about', { brand, role: frame(`roles.${role}`).toLocaleLowerCase(), email })}</p>
        {failure !== null && <Alert color="danger" mb="sm" role="alert">{sentence(failure)}</Alert>}
        {step === 'new' && <NewPerson token={token} email={email} onFailure={setFailure} />}
        {step === 'signIn' && <><Text mb="md">{t('known')}</Text><Button component="a" href={`/sign-in?to=${encodeURIComponent(back)}`} fullWidth>{t('signIn')}</Button></>}
        {step === 'join' && <Button fullWidth loading={busy} onClick={() => void join()}>{t('join')}</Button>}
        {step === 'otherPerson' && <><Alert color="warning" mb="md">{t('otherPerson', { email: signedInAs ?? '' })}</Alert><Button variant="default" fullWidth onClick={() => void leave()}>{frame('signOut')}</Button></>}
      </div>
    </main>
  );
}
