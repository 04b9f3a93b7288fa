'use client';
/** Names an end of the journey. */
import { TextInput } from '@mantine/core';
import type { ExitSettings } from '#domain/journeys/nodes/exit.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';

export function ExitForm({ settings, onChange }: FormProps<ExitSettings>) {
  const { words } = useSpeech();
  return <TextInput label={words('form.name')} description={words('form.nameHelp')} maxLength={80} value={settings.name ?? ''} onChange={(event) => onChange(event.currentTarget.value ? { name: event.currentTarget.value } : {})} />;
}
