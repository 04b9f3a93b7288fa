'use client';
/** Edits a goal: its name, the event that reaches it from anywhere, and what follows. */
import { SegmentedControl, TextInput, Input } from '@mantine/core';
import type { GoalSettings } from '#domain/journeys/nodes/goal.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { LabelledSwitch } from './duration-field.tsx';
import { EventField } from './event-field.tsx';
import type { FormProps } from './form-props.ts';

export function GoalForm({ settings, onChange }: FormProps<GoalSettings>) {
  const { words } = useSpeech();
  const { name: _name, ...unnamed } = settings;
  const { event: _event, ...here } = settings;
  return (
    <>
      <TextInput label={words('form.name')} description={words('form.nameHelp')} maxLength={80} value={settings.name ?? ''} onChange={({ currentTarget: { value } }) => onChange(value ? { ...settings, name: value } : unnamed)} />
      <LabelledSwitch label={words('form.goalEvent')} checked={settings.event !== undefined} onChange={(on) => onChange(on ? { ...settings, event: { type: 'purchase' } } : here)} />
      {settings.event && <EventField label={words('form.event')} value={settings.event} onChange={(event) => onChange({ ...settings, event })} />}
      <Input.Wrapper label={words('form.goalThen')} labelElement="div">
        <SegmentedControl fullWidth orientation="vertical" mt={4} aria-label={words('form.goalThen')} value={settings.then} onChange={(then) => onChange({ ...settings, then: then === 'end' ? 'end' : 'continue' })}
          data={[{ value: 'end', label: words('form.goalEnd') }, { value: 'continue', label: words('form.goalContinue') }]} />
      </Input.Wrapper>
    </>
  );
}
