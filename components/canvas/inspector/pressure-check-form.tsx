'use client';
/** Edits a pressure check: for a message of which category, by which channel. */
import { Select } from '@mantine/core';
import { CHANNELS, isChannel } from '#domain/customers/channels.ts';
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
      <Select label={words('form.channel')} value={settings.channel} allowDeselect={false} comboboxProps={{ withinPortal: true }} onChange={(channel) => channel && isChannel(channel) && onChange({ ...settings, channel })} data={CHANNELS.map((value) => ({ value, label: words(`form.channels.${value}`) }))} />
      <PriorityField value={settings.priority} onChange={(priority) => onChange(priority === undefined ? usual : { ...settings, priority })} />
    </>
  );
}
