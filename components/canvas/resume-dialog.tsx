'use client';
/** Resuming a journey that kept messages which are late by now: skip them, send them all the same, or decide later (§8.4). */
import { Button, Group, Modal, Radio, Text } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { HeldMessages, LateChoice } from './live-api.ts';

const CHOICES: readonly LateChoice[] = ['skip', 'send', 'ask'];

export function ResumeDialog({ held, busy, onResume, onClose }: { held: HeldMessages; busy: boolean; onResume: (late: LateChoice) => void; onClose: () => void }) {
  const t = useTranslations('liveChanges.run');
  const [late, setLate] = useState<LateChoice>('skip');
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{t('resumeTitle')}</Text>} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <Text size="sm" mb="md">{t('resumeBody', { kept: held.kept, late: held.late })}</Text>
      <Radio.Group label={t('late')} value={late} onChange={(value) => setLate(CHOICES.find((choice) => choice === value) ?? 'skip')}>
        {CHOICES.map((choice) => <Radio key={choice} mt="xs" value={choice} label={t(choice)} description={t(`${choice}Help`)} />)}
      </Radio.Group>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>{t('cancel')}</Button>
        <Button loading={busy} onClick={() => onResume(late)} data-autofocus>{t('resume')}</Button>
      </Group>
    </Modal>
  );
}
