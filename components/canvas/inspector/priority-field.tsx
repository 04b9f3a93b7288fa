'use client';
/** A priority from 0 to 100, or that of the category. */
import { NumberInput } from '@mantine/core';
import { useSpeech } from '#components/canvas/speech-context.tsx';

export function PriorityField({ value, onChange }: { value: number | undefined; onChange: (priority: number | undefined) => void }) {
  const { words } = useSpeech();
  return <NumberInput label={words('form.priority')} description={words('form.priorityHelp')} value={value ?? ''} min={0} max={100} allowDecimal={false} clampBehavior="strict" onChange={(priority) => onChange(priority === '' ? undefined : Number(priority))} />;
}
