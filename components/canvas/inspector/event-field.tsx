'use client';
/** Chooses an event: a type, seen or written by hand, and a condition on it when one is wanted. */
import { Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { EventMatcher } from '#domain/events/customer-event.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import { EventTypeField } from './event-type-field.tsx';

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
