'use client';
/** Chooses the places whose visits count; none chosen means any of them (§1.10). */
import { MultiSelect } from '@mantine/core';
import Link from 'next/link';
import type { EventMatcher } from '#domain/events/customer-event.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { ANY_PLACE, PLACE_FIELD, placesOf, VISIT_EVENT } from './place-matcher.ts';

export function PlaceField({ value, onChange }: { value: EventMatcher; onChange: (matcher: EventMatcher) => void }) {
  const { words } = useSpeech();
  const { places } = useNamedCatalogue();
  const chosen = placesOf(value) ?? [];
  const data = [...new Map([...chosen.map((key): [string, string] => [key, key]), ...places.map(({ key, name }): [string, string] => [key, name])])].map(([key, label]) => ({ value: key, label }));
  return (
    <>
      <MultiSelect label={words('entryForm.places')} {...(chosen.length === 0 && { placeholder: words('entryForm.anyPlace') })} searchable clearable data={data} value={chosen} comboboxProps={{ withinPortal: true }} clearButtonProps={{ 'aria-label': words('entryForm.anyPlace') }}
        onChange={(keys) => onChange(keys.length === 0 ? ANY_PLACE : { type: VISIT_EVENT, where: { field: PLACE_FIELD, is: 'in', value: keys } })} />
      {places.length === 0 && <p className="quiet" style={{ margin: 0, fontSize: 12 }}>{words('entryForm.noPlaces')} <Link href="/places">{words('entryForm.openPlaces')}</Link></p>}
    </>
  );
}
