'use client';
/** One message of ours to an address, to see that a sender works. */
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';

/** `store`: in whose name; null for the brand's. */
export function SenderTest({ channel, store, onClose }: { channel: 'email' | 'sms'; store: { externalId: string; store: string } | null; onClose: () => void }) {
  const t = useTranslations('settings.senders');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const [to, setTo] = useState('');
  const send = useMutation({
    mutationFn: () => api.post(`/provider-accounts/${channel}/test`, { to: to.trim(), ...(store && { store: store.externalId }) }),
    onSuccess: () => {
      notifications.show({ color: 'live', message: t('testSent', { to: to.trim() }) });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={`${t('testNamed', { channel: t(`channels.${channel}`) })}${store ? ` · ${store.store}` : ''}`} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (to.trim()) send.mutate(); }}>
        <TextInput label={t(`to.${channel}`)} description={t('testHelp')} data-autofocus value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        {send.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(send.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={send.isPending} disabled={to.trim().length < 3}>{t('sendTest')}</Button></Group>
      </form>
    </Modal>
  );
}
