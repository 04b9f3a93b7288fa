'use client';
/** Chooses an event: a type, seen or written by hand, and a condition on it when one is wanted. */
import { Autocomplete, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { EventMatcher } from '#domain/events/customer-event.ts';
import { knownEventTypes } from '#components/canvas/journey-api.ts';
import { eventName } from '#components/canvas/speech.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { ConditionBuilder } from './condition-builder.tsx';

/** The type alone. */
export function EventTypeField({ label, value, onChange, description }: { label: string; value: string; onChange: (type: string) => void; description?: string }) {
  const speech = useSpeech();
  const catalogue = useNamedCatalogue();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Autocomplete label={label} description={description} value={typed} data={knownEventTypes(catalogue)} maxLength={120} limit={40} comboboxProps={{ withinPortal: true }}
      onChange={(type) => { setTyped(type); if (type.trim()) onChange(type.trim()); }} onBlur={() => setTyped(value)}
      renderOption={({ option }) => <span><span className="code">{option.value}</span> <span className="quiet">{eventName(speech, option.value)}</span></span>} />
  );
}

export function EventField({ label, value, onChange }: { label: string; value: EventMatcher; onChange: (matcher: EventMatcher) => void }) {
  const { words } = useSpeech();
  return (
    <>
      <EventTypeField label={label} description={words('form.eventHelp')} value={value.type} onChange={(type) => onChange({ ...value, type })} />
      {value.where ? (
        <>
          <ConditionBuilder label={words('form.where')} value={value.where} eventType={value.type} onChange={(where) => onChange({ ...value, where })} />
          <Button variant="subtle" color="gray" size="xs" leftSection={<IconX size={14} aria-hidden />} onClick={() => onChange({ type: value.type })}>{words('form.removeWhere')}</Button>
        </>
      ) : (
        <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ ...value, where: { field: 'event.properties.orderId', is: 'exists' } })}>{words('form.addWhere')}</Button>
      )}
    </>
  );
}
