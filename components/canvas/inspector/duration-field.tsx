'use client';
/** A duration: an amount and a unit, side by side. */
import { Group, NumberInput, Select, Switch } from '@mantine/core';
import { DURATION_UNITS, Duration } from '#domain/journeys/duration.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';

export function DurationField({ label, value, onChange }: { label: string; value: Duration; onChange: (duration: Duration) => void }) {
  const { words } = useSpeech();
  const change = (part: Partial<Duration>): void => {
    const next = Duration.safeParse({ ...value, ...part });
    if (next.success) onChange(next.data);
  };
  return (
    <Group gap={8} wrap="nowrap" align="end">
      <NumberInput label={label} aria-label={`${label}: ${words('form.amount')}`} value={value.amount} min={1} max={1_000_000} allowDecimal={false} w={96} onChange={(amount) => change({ amount: Number(amount) })} />
      <Select aria-label={`${label}: ${words('form.unit')}`} value={value.unit} allowDeselect={false} flex={1} data={DURATION_UNITS.map((unit) => ({ value: unit, label: words(`unit.${unit}`) }))}
        onChange={(unit) => change({ unit: DURATION_UNITS.find((known) => known === unit) ?? value.unit })} />
    </Group>
  );
}

const USUAL: Duration = { amount: 1, unit: 'calendarDays' };

/** A duration that may be left out. */
export function OptionalDurationField({ switchLabel, label, value, onChange, usual = USUAL }: { switchLabel: string; label: string; value: Duration | undefined; onChange: (duration: Duration | undefined) => void; usual?: Duration }) {
  return (
    <>
      <LabelledSwitch label={switchLabel} checked={value !== undefined} onChange={(on) => onChange(on ? usual : undefined)} />
      {value && <DurationField label={label} value={value} onChange={onChange} />}
    </>
  );
}

export function LabelledSwitch({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return <Switch size="sm" label={label} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />;
}
