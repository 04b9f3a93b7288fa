'use client';
/** Edits a wait for events: which ones and their order, how one of them is chosen, and for how long at most. */
import { Button, Fieldset, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { WaitForEventSettings } from '#domain/journeys/nodes/wait-for-event.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { DurationField, LabelledSwitch } from './duration-field.tsx';
import { EventField } from './event-field.tsx';
import type { FormProps } from './form-props.ts';

const USUAL = { amount: 7, unit: 'calendarDays' } as const;
const MOST_OTHERS = 9;

export function WaitForEventForm({ settings, onChange }: FormProps<WaitForEventSettings>) {
  const { words } = useSpeech();
  const { others = [], decide = 'first', timeout } = settings;
  const setOthers = (next: typeof others): void => {
    const { others: _others, decide: _decide, ...alone } = settings;
    onChange(next.length > 0 ? { ...settings, others: next } : alone);
  };
  const freeKey = Array.from({ length: MOST_OTHERS + 1 }, (_, index) => `event-${index + 2}`).find((key) => !others.some((other) => other.key === key)) ?? 'event-x';
  return (
    <>
      <EventField label={words('form.event')} value={settings.event} onChange={(event) => onChange({ ...settings, event })} />
      {others.map((other, index) => (
        <Fieldset key={index} legend={words('form.otherEvent', { number: index + 2 })} p="xs">
          <TextInput size="xs" label={words('form.otherKey')} value={other.key} maxLength={40} onChange={({ currentTarget: { value } }) => setOthers(others.with(index, { ...other, key: value.toLowerCase().replace(/[^a-z0-9-]/g, '-') }))} />
          <EventField label={words('form.event')} value={other.event} onChange={(event) => setOthers(others.with(index, { ...other, event }))} />
          <Button variant="subtle" color="gray" size="xs" leftSection={<IconX size={14} aria-hidden />} onClick={() => setOthers(others.toSpliced(index, 1))}>{words('form.removeOther', { number: index + 2 })}</Button>
        </Fieldset>
      ))}
      {others.length < MOST_OTHERS && <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOthers([...others, { key: freeKey, event: { type: 'purchase' } }])}>{words('form.addOther')}</Button>}
      {others.length > 0 && (
        <SegmentedControl fullWidth aria-label={words('form.decide')} value={decide} data={[{ value: 'first', label: words('form.decideFirst') }, { value: 'ranked', label: words('form.decideRanked') }]}
          onChange={(next) => onChange({ ...settings, decide: next === 'ranked' ? 'ranked' : 'first', ...(next === 'ranked' && timeout === null ? { timeout: USUAL } : {}) })} />
      )}
      {decide === 'first' && <LabelledSwitch label={words('form.hasTimeout')} checked={timeout !== null} onChange={(on) => onChange({ ...settings, timeout: on ? USUAL : null })} />}
      {timeout && <DurationField label={words('form.timeout')} value={timeout} onChange={(next) => onChange({ ...settings, timeout: next })} />}
    </>
  );
}
