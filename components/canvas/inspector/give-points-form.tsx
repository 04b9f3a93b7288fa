'use client';
/** Edits how many points are given, and of which programme. */
import { NumberInput } from '@mantine/core';
import type { GivePointsSettings } from '#domain/journeys/nodes/give-points.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';

export function GivePointsForm({ settings, onChange }: FormProps<GivePointsSettings>) {
  const { words } = useSpeech();
  const { programmes } = useNamedCatalogue();
  return (
    <>
      <NumberInput label={words('form.points')} value={settings.points} min={1} max={1_000_000} allowDecimal={false} onChange={(points) => Number(points) >= 1 && onChange({ ...settings, points: Number(points) })} />
      <KeyField label={words('form.programme')} empty={words('form.noProgrammes')} options={programmes} value={settings.programmeKey} onChange={(programmeKey) => onChange({ ...settings, programmeKey })} />
    </>
  );
}
