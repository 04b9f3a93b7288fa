'use client';
/** Edits the event that a journey makes: its type, and properties that conditions can read. */
import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { EmitEventSettings } from '#domain/journeys/nodes/emit-event.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';

type Pair = [string, EmitEventSettings['properties'][string]];

export function EmitEventForm({ settings, onChange }: FormProps<EmitEventSettings>) {
  const { words } = useSpeech();
  const [type, setType] = useState(settings.type);
  const [pairs, setPairs] = useState<Pair[]>(Object.entries(settings.properties));
  useEffect(() => setType(settings.type), [settings.type]);
  const fits = EmitEventSettings.shape.type.safeParse(type).success;
  const write = (next: Pair[]): void => {
    setPairs(next);
    const parsed = EmitEventSettings.safeParse({ ...settings, properties: Object.fromEntries(next.filter(([name]) => name !== '')) });
    if (parsed.success) onChange(parsed.data);
  };
  return (
    <>
      <TextInput label={words('form.emitType')} description={words('form.emitHelp')} value={type} error={!fits} maxLength={100}
        onChange={({ currentTarget: { value } }) => { setType(value); if (EmitEventSettings.shape.type.safeParse(value).success) onChange({ ...settings, type: value }); }} />
      {pairs.map(([name, value], index) => (
        <Group key={index} gap={8} wrap="nowrap" align="end">
          <TextInput size="xs" flex={1} label={words('form.property')} value={name} maxLength={64} onChange={(event) => write(pairs.with(index, [event.currentTarget.value.replace(/[^A-Za-z0-9_]/g, ''), value]))} />
          <TextInput size="xs" flex={1} label={words('form.value')} value={String(value)} maxLength={500} onChange={(event) => write(pairs.with(index, [name, event.currentTarget.value]))} />
          <ActionIcon mb={2} aria-label={words('form.removeProperty', { name })} onClick={() => write(pairs.toSpliced(index, 1))}><IconX size={16} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {pairs.length < 20 && <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setPairs([...pairs, ['', '']])}>{words('form.addProperty')}</Button>}
    </>
  );
}
