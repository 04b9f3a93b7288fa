'use client';
/** Edits a wait: for a duration, or until a time of day, a window, a date, or the customer's best hour. */
import { Chip, Group, Input, NativeSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { OFFSET_UNITS, WHEN_PAST, type WaitSettings } from '#domain/journeys/nodes/wait.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { DurationField, LabelledSwitch, OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';
import { TimeField } from './time-field.tsx';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const BEGINNINGS: { [M in WaitSettings['mode']]: Extract<WaitSettings, { mode: M }> } = {
  duration: { mode: 'duration', duration: { amount: 1, unit: 'calendarDays' } },
  untilTimeOfDay: { mode: 'untilTimeOfDay', timeOfDay: '09:00' },
  untilWindow: { mode: 'untilWindow', from: '09:00', to: '19:00' },
  untilDate: { mode: 'untilDate', date: 'customer.birthDate', timeOfDay: '09:00', yearly: true, whenPast: 'continue' },
  untilBestHour: { mode: 'untilBestHour', otherwise: '09:00' },
};
const MODES = ['duration', 'untilTimeOfDay', 'untilWindow', 'untilDate', 'untilBestHour'] as const;

function WeekdaysField({ value, onChange }: { value: number[] | undefined; onChange: (days: number[] | undefined) => void }) {
  const { words } = useSpeech();
  return (
    <Input.Wrapper label={words('form.weekdays')} description={words('form.anyDay')} labelElement="div">
      <Chip.Group multiple value={(value ?? []).map(String)} onChange={(days: string[]) => onChange(days.length > 0 ? days.map(Number).sort() : undefined)}>
        <Group gap={4} mt={6}>{DAYS.map((day) => <Chip key={day} value={String(day)} size="xs">{words(`weekday.${day}`).slice(0, 3)}</Chip>)}</Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

/** Without the parts that are not given, which a definition leaves out. */
const lean = <T extends object>(settings: T): T => Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as T;

type DateSettings = Extract<WaitSettings, { mode: 'untilDate' }>;
const PREFIXES = ['customer.birthDate', 'customer.attributes.', 'event.properties.'] as const;

function DateFields({ settings, onChange }: { settings: DateSettings; onChange: (settings: DateSettings) => void }) {
  const { words } = useSpeech();
  const prefix = PREFIXES.find((each) => settings.date.startsWith(each)) ?? PREFIXES[0];
  const { amount, unit } = settings.offset ?? { amount: 0, unit: 'calendarDays' as const };
  const shift = (next: { amount?: number; unit?: (typeof OFFSET_UNITS)[number] }): void => {
    const offset = { amount, unit, ...next };
    onChange(lean({ ...settings, offset: offset.amount === 0 && next.unit === undefined ? undefined : offset }));
  };
  return (
    <>
      <Select label={words('form.dateField')} value={prefix} allowDeselect={false} comboboxProps={{ withinPortal: true }} data={PREFIXES.map((each, index) => ({ value: each, label: words(`form.dateField${index}`) }))}
        onChange={(next) => next !== null && onChange({ ...settings, date: next.endsWith('.') ? `${next}date` : next })} />
      {prefix.endsWith('.') && (
        <TextInput label={words('form.dateName')} value={settings.date.slice(prefix.length)} maxLength={64}
          onChange={({ currentTarget: { value } }) => onChange({ ...settings, date: `${prefix}${value.replace(/[^A-Za-z0-9_-]/g, '')}` })} />
      )}
      <Group gap={8} wrap="nowrap" align="end">
        <NumberInput label={words('form.offset')} description={words('form.offsetHelp')} value={amount} min={-3_650} max={3_650} allowDecimal={false} w={150} onChange={(next) => next !== '' && shift({ amount: Number(next) })} />
        <Select aria-label={words('form.offsetUnit')} value={unit} allowDeselect={false} flex={1} data={OFFSET_UNITS.map((each) => ({ value: each, label: words(`unit.${each}`) }))} onChange={(next) => { const chosen = OFFSET_UNITS.find((each) => each === next); if (chosen) shift({ unit: chosen }); }} />
      </Group>
      <TimeField label={words('form.timeOfDay')} value={settings.timeOfDay} onChange={(timeOfDay) => onChange({ ...settings, timeOfDay })} />
      <LabelledSwitch label={words('form.yearly')} checked={settings.yearly} onChange={(yearly) => onChange({ ...settings, yearly })} />
      <Select label={words('form.whenPast')} value={settings.whenPast} allowDeselect={false} comboboxProps={{ withinPortal: true }} data={WHEN_PAST.map((each) => ({ value: each, label: words(`form.past${each.charAt(0).toUpperCase()}${each.slice(1)}`) }))}
        onChange={(next) => { const whenPast = WHEN_PAST.find((each) => each === next); if (whenPast) onChange({ ...settings, whenPast }); }} />
    </>
  );
}

function ModeFields({ settings, onChange }: FormProps<WaitSettings>) {
  const { words } = useSpeech();
  switch (settings.mode) {
    case 'duration': return <DurationField label={words('form.waitMode')} value={settings.duration} onChange={(duration) => onChange({ mode: 'duration', duration })} />;
    case 'untilDate': return <DateFields settings={settings} onChange={onChange} />;
    case 'untilBestHour': return (
      <>
        <TimeField label={words('form.otherwise')} value={settings.otherwise} onChange={(otherwise) => onChange({ ...settings, otherwise })} />
        <WeekdaysField value={settings.weekdays} onChange={(weekdays) => onChange(lean({ ...settings, weekdays }))} />
      </>
    );
    default: return (
      <>
        {settings.mode === 'untilTimeOfDay' ? <TimeField label={words('form.timeOfDay')} value={settings.timeOfDay} onChange={(timeOfDay) => onChange({ ...settings, timeOfDay })} /> : (
          <Group gap={8}>
            <TimeField label={words('form.windowFrom')} value={settings.from} onChange={(from) => onChange({ ...settings, from })} />
            <TimeField label={words('form.windowTo')} value={settings.to} onChange={(to) => onChange({ ...settings, to })} />
          </Group>
        )}
        <WeekdaysField value={settings.weekdays} onChange={(weekdays) => onChange(lean({ ...settings, weekdays }))} />
        <OptionalDurationField switchLabel={words('form.afterOn')} label={words('form.after')} value={settings.after} onChange={(after) => onChange(lean({ ...settings, after }))} />
      </>
    );
  }
}

export function WaitForm({ settings, onChange }: FormProps<WaitSettings>) {
  const { words } = useSpeech();
  return (
    <>
      <NativeSelect label={words('form.waitMode')} value={settings.mode} data={MODES.map((mode) => ({ value: mode, label: words(`form.waitMode_${mode}`) }))}
        onChange={({ currentTarget: { value } }) => { const mode = MODES.find((each) => each === value); if (mode) onChange(BEGINNINGS[mode]); }} />
      <ModeFields settings={settings} onChange={onChange} />
    </>
  );
}
