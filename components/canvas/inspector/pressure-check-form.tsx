'use client';
/** Edits a pressure check: for a message of which category, by which channel. */
import { SegmentedControl, Input } from '@mantine/core';
import type { PressureCheckSettings } from '#domain/journeys/nodes/pressure-check.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';
import { PriorityField } from './priority-field.tsx';

export function PressureCheckForm({ settings, onChange }: FormProps<PressureCheckSettings>) {
  const { words } = useSpeech();
  const { categories } = useNamedCatalogue();
  const { priority: _, ...usual } = settings;
  return (
    <>
      <KeyField label={words('form.category')} options={categories} value={settings.category} onChange={(category) => onChange({ ...settings, category })} />
      <Input.Wrapper label={words('form.channel')} labelElement="div">
        <SegmentedControl fullWidth mt={4} aria-label={words('form.channel')} value={settings.channel} onChange={(channel) => onChange({ ...settings, channel: channel === 'sms' ? 'sms' : 'email' })}
          data={[{ value: 'email', label: words('form.channelEmail') }, { value: 'sms', label: words('form.channelSms') }]} />
      </Input.Wrapper>
      <PriorityField value={settings.priority} onChange={(priority) => onChange(priority === undefined ? usual : { ...settings, priority })} />
    </>
  );
}
