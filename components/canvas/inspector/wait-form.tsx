'use client';
/** Edits a wait: for a duration, or until a time of day. */
import { Chip, Group, Input, SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { WaitSettings } from '#domain/journeys/nodes/wait.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { DurationField, OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';

const DAYS = [1, 2, 3, 4, 5, 6, 7];

function UntilFields({ settings, onChange }: FormProps<Extract<WaitSettings, { mode: 'untilTimeOfDay' }>>) {
  const { words } = useSpeech();
  const [time, setTime] = useState(settings.timeOfDay);
  useEffect(() => setTime(settings.timeOfDay), [settings.timeOfDay]);
  const { weekdays, after, ...rest } = settings;
  const build = (days: number[] | undefined, later: typeof after): void => onChange({ ...rest, ...(days && days.length > 0 ? { weekdays: days } : {}), ...(later ? { after: later } : {}) });
  return (
    <>
      <TextInput type="time" label={words('form.timeOfDay')} value={time} w={140} onChange={(event) => { setTime(event.currentTarget.value); if (event.currentTarget.value) onChange({ ...settings, timeOfDay: event.currentTarget.value }); }} />
      <Input.Wrapper label={words('form.weekdays')} description={words('form.anyDay')} labelElement="div">
        <Chip.Group multiple value={(weekdays ?? []).map(String)} onChange={(days: string[]) => build(days.map(Number).sort(), after)}>
          <Group gap={4} mt={6}>{DAYS.map((day) => <Chip key={day} value={String(day)} size="xs">{words(`weekday.${day}`).slice(0, 3)}</Chip>)}</Group>
        </Chip.Group>
      </Input.Wrapper>
      <OptionalDurationField switchLabel={words('form.afterOn')} label={words('form.after')} value={after} onChange={(later) => build(weekdays, later)} />
    </>
  );
}

export function WaitForm({ settings, onChange }: FormProps<WaitSettings>) {
  const { words } = useSpeech();
  const change = (mode: string): void => onChange(mode === 'duration' ? { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } } : { mode: 'untilTimeOfDay', timeOfDay: '09:00' });
  return (
    <>
      <SegmentedControl fullWidth aria-label={words('form.waitMode')} value={settings.mode} onChange={change}
        data={[{ value: 'duration', label: words('form.waitModeDuration') }, { value: 'untilTimeOfDay', label: words('form.waitModeUntil') }]} />
      {settings.mode === 'duration' ? <DurationField label={words('form.waitMode')} value={settings.duration} onChange={(duration) => onChange({ mode: 'duration', duration })} /> : <UntilFields settings={settings} onChange={onChange} />}
    </>
  );
}
