'use client';
/** Passkeys of one's own account: add one with a name, rename it, remove it. */
import { Alert, Anchor, Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import classes from '#components/account/account.module.css';
import { askSignIn } from '#components/account/ask-sign-in.ts';
import { deviceOf } from '#components/account/device-of.ts';
import { addPasskey, type CeremonyFailure } from '#components/account/passkey-ceremony.ts';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { useFormats } from '#components/use-formats.ts';

/** `keeper` is the app or device that keeps it, when it says so. */
export type Passkey = { id: string; name: string | null; keeper: string | null; createdAt: string | null };

function NameForm({ passkey, elsewhere, onClose, onDone }: { passkey: Passkey | null; elsewhere: string | null; onClose: () => void; onDone: (said: 'added' | 'renamed') => void }) {
  const t = useTranslations('account.passkeys');
  const failures = useTranslations('account.failures');
  const ui = useTranslations('ui');
  const device = useTranslations('account.sessions');
  const { browser, system } = deviceOf(typeof navigator === 'undefined' ? null : navigator.userAgent);
  const [name, setName] = useState(passkey?.name ?? (browser && system ? device('device', { browser, system }) : ''));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CeremonyFailure | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const renamed = passkey && (await askSignIn('/passkey/update-passkey', { id: passkey.id, name: name.trim() }));
    const failed = renamed ? (renamed.ok ? null : renamed.failure) : await addPasskey(name.trim());
    setBusy(false);
    setFailure(failed);
    if (failed === null) onDone(passkey ? 'renamed' : 'added');
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{t(passkey ? 'renameTitle' : 'add')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      {elsewhere !== null && <Alert color="warning">{t.rich('elsewhere', { link: (text) => <Anchor href={elsewhere}>{text}</Anchor>, address: elsewhere })}</Alert>}
      {elsewhere === null && <form onSubmit={(event) => void submit(event)}>
        {failure && <Alert color="danger" mb="sm" role="alert">{failures(failure)}</Alert>}
        <TextInput label={t('name')} description={t('nameHelp')} required maxLength={80} value={name} onChange={(event) => setName(event.currentTarget.value)} mb="md" data-autofocus autoComplete="off" />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={busy} disabled={name.trim() === ''}>{t(passkey ? 'renameAction' : 'addAction')}</Button></Group>
      </form>}
    </Modal>
  );
}

/** `elsewhere`: the address under which passkeys work, when this one cannot have any. */
export function PasskeysSection({ passkeys, elsewhere }: { passkeys: Passkey[]; elsewhere: string | null }) {
  const t = useTranslations('account.passkeys');
  const formats = useFormats();
  const failures = useTranslations('account.failures');
  const router = useRouter();
  const [editing, setEditing] = useState<Passkey | 'new' | null>(null);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const [busy, setBusy] = useState(false);
  const nameOf = (passkey: Passkey): string => passkey.name ?? passkey.keeper ?? t('unnamed');
  const done = (said: 'added' | 'renamed' | 'removed'): void => {
    setEditing(null);
    setRemoving(null);
    notifications.show({ color: 'live', message: t(said) });
    router.refresh();
  };
  const remove = async (passkey: Passkey): Promise<void> => {
    setBusy(true);
    const asked = await askSignIn('/passkey/delete-passkey', { id: passkey.id });
    setBusy(false);
    if (asked.ok) return done('removed');
    notifications.show({ color: 'danger', message: failures(asked.failure) });
  };
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{t('title')}</h2>
      <p className={classes.about}>{t('about')}</p>
      {passkeys.length > 0 && (
        <ul className={classes.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <span className={classes.grow}>{nameOf(passkey)}<small>{[passkey.keeper !== nameOf(passkey) && passkey.keeper, passkey.createdAt && t('since', { at: formats.date(passkey.createdAt) })].filter(Boolean).join(' · ')}</small></span>
              <Button variant="default" size="xs" onClick={() => setEditing(passkey)} aria-label={t('renameNamed', { name: nameOf(passkey) })}>{t('rename')}</Button>
              <Button variant="default" size="xs" onClick={() => setRemoving(passkey)} aria-label={t('removeNamed', { name: nameOf(passkey) })}>{t('remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      <Button variant={passkeys.length > 0 ? 'default' : 'filled'} onClick={() => setEditing('new')}>{t('add')}</Button>
      {editing !== null && <NameForm passkey={editing === 'new' ? null : editing} elsewhere={editing === 'new' ? elsewhere : null} onClose={() => setEditing(null)} onDone={done} />}
      <ConfirmWithNumbers
        confirmation={removing && { title: t('removeTitle', { name: nameOf(removing) }), consequences: [t('removeNow'), t('removeKept')], action: t('removeAction'), danger: true }}
        busy={busy} onClose={() => setRemoving(null)} onConfirm={() => removing && void remove(removing)}
      />
    </section>
  );
}
