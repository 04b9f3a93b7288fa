'use client';
/** What is saved: always visible. A part that two people changed is a question, part by part. */
import { Alert, Button } from '@mantine/core';
import { IconCloudCheck, IconCloudOff, IconCloudUp } from '@tabler/icons-react';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from './canvas-store.ts';
import classes from './canvas.module.css';
import { MeetingNotice } from './meeting-notice.tsx';
import { useSpeech } from './speech-context.tsx';

export function SavingState({ onRetry }: { onRetry: () => void }) {
  const { words } = useSpeech();
  const { time } = useFormats();
  const saving = useCanvas((state) => state.saving);
  const bad = saving.kind === 'offline' || saving.kind === 'failed' || saving.kind === 'conflict';
  const Icon = saving.kind === 'saved' ? IconCloudCheck : bad ? IconCloudOff : IconCloudUp;
  const text = saving.kind === 'saved' ? words('saving.saved', { time: time(saving.at) }) : saving.kind === 'saving' ? words('saving.saving') : words('saving.unsaved');
  const why = saving.kind === 'failed' ? words('saving.failed', { message: saving.message }) : saving.kind === 'offline' ? words('saving.offline') : null;
  return (
    <span className={classes.saving} role="status" data-saving={saving.kind} title={why ?? undefined}>
      <Icon size={16} stroke={1.6} aria-hidden /> <span>{text}</span>
      {(saving.kind === 'failed' || saving.kind === 'offline') && <Button variant="subtle" size="compact-xs" onClick={onRetry}>{words('saving.retry')}</Button>}
    </span>
  );
}

export function SavingNotice() {
  const { words } = useSpeech();
  const saving = useCanvas((state) => state.saving);
  const readOnly = useCanvas((state) => state.readOnly);
  if (readOnly) return <Alert color="gray" radius={0} py={6} className={classes.notice}>{words('saving.readOnly')}</Alert>;
  if (saving.kind === 'offline' || saving.kind === 'failed') {
    return <Alert color="warning" radius={0} py={6} role="alert" className={classes.notice}>{saving.kind === 'offline' ? words('saving.offline') : words('saving.failed', { message: saving.message })}</Alert>;
  }
  return saving.kind === 'conflict' ? <MeetingNotice /> : null;
}
