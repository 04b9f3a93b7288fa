'use client';
/** Asks before what cannot be undone, with its numbers, and a reason that goes into the log. */
import { Button, Group, List, Modal, Text, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

export type Confirmation = { title: string; consequences: string[]; action: string; asksReason?: boolean; danger?: boolean };

export function ConfirmWithNumbers({ confirmation, busy, onConfirm, onClose }: { confirmation: Confirmation | null; busy: boolean; onConfirm: (reason: string | undefined) => void; onClose: () => void }) {
  const t = useTranslations('ui');
  const [reason, setReason] = useState('');
  const close = (): void => {
    setReason('');
    onClose();
  };
  return (
    <Modal opened={confirmation !== null} onClose={close} title={<Text fw={600}>{confirmation?.title}</Text>} closeButtonProps={{ 'aria-label': t('close') }}>
      <List mb="md" spacing={4}>{confirmation?.consequences.map((line) => <List.Item key={line}>{line}</List.Item>)}</List>
      {confirmation?.asksReason && <TextInput label={t('reason')} description={t('reasonHelp')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} mb="md" data-autofocus />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>{t('cancel')}</Button>
        <Button color={confirmation?.danger ? 'danger' : 'ink'} loading={busy} onClick={() => onConfirm(reason.trim() || undefined)}>{confirmation?.action}</Button>
      </Group>
    </Modal>
  );
}
