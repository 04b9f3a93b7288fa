'use client';
/** Chooses the type of an event: seen so far, written by the product, or by hand. */
import { Autocomplete } from '@mantine/core';
import { useEffect, useState } from 'react';
import { knownEventTypes } from '#components/canvas/journey-api.ts';
import { eventName } from '#components/canvas/speech.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';

export function EventTypeField({ label, value, onChange, description }: { label: string; value: string; onChange: (type: string) => void; description?: string }) {
  const speech = useSpeech();
  const catalogue = useNamedCatalogue();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <Autocomplete label={label} description={description} value={typed} data={knownEventTypes(catalogue)} maxLength={120} limit={40} openOnFocus={typed === ''} comboboxProps={{ withinPortal: true }}
      onChange={(type) => { setTyped(type); if (type.trim()) onChange(type.trim()); }} onBlur={() => setTyped(value)}
      renderOption={({ option }) => <span><span className="code">{option.value}</span> <span className="quiet">{eventName(speech, option.value)}</span></span>} />
  );
}
