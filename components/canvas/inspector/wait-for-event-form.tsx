'use client';
/** Edits a wait for an event: which one, and for how long at most. */
import type { WaitForEventSettings } from '#domain/journeys/nodes/wait-for-event.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { DurationField } from './duration-field.tsx';
import { EventField } from './event-field.tsx';
import type { FormProps } from './form-props.ts';

export function WaitForEventForm({ settings, onChange }: FormProps<WaitForEventSettings>) {
  const { words } = useSpeech();
  return (
    <>
      <EventField label={words('form.event')} value={settings.event} onChange={(event) => onChange({ ...settings, event })} />
      <DurationField label={words('form.timeout')} value={settings.timeout} onChange={(timeout) => onChange({ ...settings, timeout })} />
    </>
  );
}
