'use client';
/** Invites somebody by mail. Where no mail can leave, the link is shown once, to hand over by oneself. */
import { Alert, Button, Group, Modal, MultiSelect, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ROLES, type Role, type SentInvitation, type Store } from '#components/settings/settings-types.ts';
import { ShownOnce } from '#components/settings/shown-once.tsx';
import { LANGUAGES } from '#components/words/languages.ts';

/** The link of an invitation whose mail did not leave, and why. */
export function InvitationLink({ email, sent, onClose }: { email: string; sent: SentInvitation; onClose: () => void }) {
  const t = useTranslations('settings.members.invite');
  const ui = useTranslations('ui');
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={false} title={<Text fw={600}>{t('linkTitle')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Alert color="warning" mb="sm">{t(`mails.${sent.mail}`)}</Alert>
      <ShownOnce title={t('link')} help={t('linkHelp', { email })} secret={sent.link ?? ''} />
      <Group justify="flex-end" mt="md"><Button onClick={onClose}>{t('handedOver')}</Button></Group>
    </Modal>
  );
}

export function InviteForm({ stores, canMail, onClose }: { stores: Store[]; canMail: boolean; onClose: () => void }) {
  const t = useTranslations('settings.members.invite');
  const members = useTranslations('settings.members');
  const roles = useTranslations('frame.roles');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const spoken = useLocale();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('marketer');
  const [storeIds, setStoreIds] = useState<string[]>([]);
  const [language, setLanguage] = useState(spoken);
  const sending = useMutation({
    mutationFn: () => api.post<SentInvitation>('/invitations', { email: email.trim(), role, language, storeIds: role === 'merchant' ? storeIds : [] }),
    onSuccess: async ({ link }) => {
      await queries.invalidateQueries({ queryKey: ['invitations'] });
      if (link !== null) return;
      notifications.show({ color: 'live', message: t('sent', { email: email.trim() }) });
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    sending.mutate();
  };
  if (sending.data?.link) return <InvitationLink email={email.trim()} sent={sending.data} onClose={onClose} />;
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{t('title')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form onSubmit={submit}>
        {!canMail && <Alert color="warning" mb="sm">{t('noSender')}</Alert>}
        <TextInput label={members('email')} type="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} mb="sm" data-autofocus autoComplete="off" />
        <Select label={members('role')} description={members(`about.${role}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} allowDeselect={false} value={role} onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)} data={ROLES.map((value) => ({ value, label: roles(value) }))} mb="sm" />
        {role === 'merchant' && <MultiSelect label={members('stores')} required searchable value={storeIds} onChange={setStoreIds} data={stores.map(({ id, name: label }) => ({ value: id, label }))} mb="sm" />}
        <Select label={t('language')} allowDeselect={false} value={language} onChange={(value) => value && setLanguage(value)} data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} mb="sm" />
        {sending.isError && <Alert color="danger" role="alert">{sentence(sending.error)}</Alert>}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" loading={sending.isPending} disabled={email.trim() === '' || (role === 'merchant' && storeIds.length === 0)}>{t(canMail ? 'action' : 'actionLink')}</Button>
        </Group>
      </form>
    </Modal>
  );
}
