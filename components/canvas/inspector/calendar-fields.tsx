'use client';
/** Edits what comes by the calendar: a date with its offset, or a recurring moment; always at a time of day by the customer's clock. */
import { Chip, Group, Input, NativeSelect, NumberInput } from '@mantine/core';
import type { TimedTrigger, Trigger } from '#domain/journeys/trigger.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { DateSourceFields, CustomerDateField } from './date-source-fields.tsx';
import { MonthDaysField, YearDaysField } from './recurrence-days.tsx';
import { TimeField } from './time-field.tsx';

type DateTrigger = Extract<Trigger, { kind: 'date' }>;
type RecurringTrigger = Extract<Trigger, { kind: 'recurring' }>;
const UNITS = ['calendarDays', 'calendarWeeks', 'calendarMonths'] as const;
const DIRECTIONS = ['on', 'before', 'after'] as const;
const LEAP_DAYS = ['february28', 'march1'] as const;
const FREQUENCIES = ['weekly', 'monthly', 'yearly'] as const;
const REPEATS = ['yearly', 'once'] as const;

function LeapDayField({ value, onChange }: { value: (typeof LEAP_DAYS)[number]; onChange: (leapDay: (typeof LEAP_DAYS)[number]) => void }) {
  const { words } = useSpeech();
  return (
    <NativeSelect label={words('calendar.leapDay')} value={value} data={LEAP_DAYS.map((each) => ({ value: each, label: words(`calendar.leap.${each}`) }))}
      onChange={({ currentTarget: { value: chosen } }) => onChange(LEAP_DAYS.find((each) => each === chosen) ?? value)} />
  );
}

function OffsetFields({ trigger, onChange }: { trigger: DateTrigger; onChange: (trigger: DateTrigger) => void }) {
  const { words } = useSpeech();
  const { offset, ...onTheDay } = trigger;
  const usual = offset ?? { amount: 7, unit: 'calendarDays' as const, direction: 'before' as const };
  const direct = (value: string): void => {
    const direction = DIRECTIONS.find((each) => each === value);
    if (direction) onChange(direction === 'on' ? onTheDay : { ...trigger, offset: { ...usual, direction } });
  };
  return (
    <>
      <NativeSelect label={words('calendar.when')} value={offset?.direction ?? 'on'} data={DIRECTIONS.map((each) => ({ value: each, label: words(`calendar.direction.${each}`) }))} onChange={({ currentTarget: { value } }) => direct(value)} />
      {offset && (
        <Group gap={8} wrap="nowrap" align="end">
          <NumberInput label={words('calendar.offset')} min={1} max={3_650} allowDecimal={false} w={96} value={offset.amount} onChange={(amount) => Number(amount) >= 1 && onChange({ ...trigger, offset: { ...offset, amount: Number(amount) } })} />
          <NativeSelect aria-label={words('form.offsetUnit')} flex={1} value={offset.unit} data={UNITS.map((unit) => ({ value: unit, label: words(`unit.${unit}`) }))}
            onChange={({ currentTarget: { value } }) => onChange({ ...trigger, offset: { ...offset, unit: UNITS.find((each) => each === value) ?? offset.unit } })} />
        </Group>
      )}
    </>
  );
}

function DateFields({ trigger, onChange }: { trigger: DateTrigger; onChange: (trigger: DateTrigger) => void }) {
  const { words } = useSpeech();
  return (
    <>
      <DateSourceFields value={trigger.of} onChange={(of) => onChange({ ...trigger, of })} />
      <NativeSelect label={words('calendar.repeats')} value={trigger.repeats} data={REPEATS.map((each) => ({ value: each, label: words(`calendar.repeat.${each}`) }))}
        onChange={({ currentTarget: { value } }) => onChange({ ...trigger, repeats: value === 'once' ? 'once' : 'yearly' })} />
      <OffsetFields trigger={trigger} onChange={onChange} />
      <TimeField label={words('form.timeOfDay')} value={trigger.timeOfDay} onChange={(timeOfDay) => onChange({ ...trigger, timeOfDay })} />
      {trigger.repeats === 'yearly' && <LeapDayField value={trigger.leapDay} onChange={(leapDay) => onChange({ ...trigger, leapDay })} />}
    </>
  );
}

function WeekdayChips({ value, onChange }: { value: number[] | undefined; onChange: (days: number[] | undefined) => void }) {
  const { words } = useSpeech();
  return (
    <Input.Wrapper label={words('form.weekdays')} description={words('calendar.sameDay')} labelElement="div">
      <Chip.Group multiple value={(value ?? []).map(String)} onChange={(days: string[]) => onChange(days.length > 0 ? days.map(Number).sort() : undefined)}>
        <Group gap={4} mt={6}>{[1, 2, 3, 4, 5, 6, 7].map((day) => <Chip key={day} value={String(day)} size="xs">{words(`weekday.${day}`).slice(0, 3)}</Chip>)}</Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

function RecurringFields({ trigger, onChange }: { trigger: RecurringTrigger; onChange: (trigger: RecurringTrigger) => void }) {
  const { words } = useSpeech();
  const { every } = trigger;
  const change = (next: RecurringTrigger['every']): void => onChange({ ...trigger, every: next });
  return (
    <>
      <Group gap={8} wrap="nowrap" align="end">
        <NumberInput label={words('calendar.interval')} min={1} max={100} allowDecimal={false} w={96} value={every.interval} onChange={(interval) => Number(interval) >= 1 && change({ ...every, interval: Number(interval) })} />
        <NativeSelect aria-label={words('calendar.frequency')} flex={1} value={every.freq} data={FREQUENCIES.map((each) => ({ value: each, label: words(`calendar.freq.${each}`) }))}
          onChange={({ currentTarget: { value } }) => { const freq = FREQUENCIES.find((each) => each === value); if (freq) change({ freq, interval: every.interval }); }} />
      </Group>
      {every.freq === 'weekly' && <WeekdayChips value={every.weekdays} onChange={(weekdays) => change({ freq: 'weekly', interval: every.interval, ...(weekdays && { weekdays }) })} />}
      {every.freq === 'monthly' && <MonthDaysField value={every.monthDays} onChange={(monthDays) => change({ freq: 'monthly', interval: every.interval, ...(monthDays && { monthDays }) })} />}
      {every.freq === 'yearly' && <YearDaysField value={every.days} onChange={(days) => change({ freq: 'yearly', interval: every.interval, ...(days && { days }) })} />}
      <CustomerDateField label={words('calendar.anchor')} value={trigger.anchor} onChange={(anchor) => onChange({ ...trigger, anchor })} />
      <TimeField label={words('form.timeOfDay')} value={trigger.timeOfDay} onChange={(timeOfDay) => onChange({ ...trigger, timeOfDay })} />
      {every.freq === 'yearly' && <LeapDayField value={trigger.leapDay} onChange={(leapDay) => onChange({ ...trigger, leapDay })} />}
    </>
  );
}

export function CalendarFields({ trigger, onChange }: { trigger: TimedTrigger; onChange: (trigger: TimedTrigger) => void }) {
  return trigger.kind === 'date' ? <DateFields trigger={trigger} onChange={onChange} /> : <RecurringFields trigger={trigger} onChange={onChange} />;
}
