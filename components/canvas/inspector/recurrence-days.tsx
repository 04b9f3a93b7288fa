'use client';
/** The days of a month, or of the year, on which a recurring moment comes; none means the day of the date it is counted from. */
import { ActionIcon, Button, Group, MultiSelect, NativeSelect } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useLocale } from 'next-intl';
import { useSpeech } from '#components/canvas/speech-context.tsx';

const LAST = -1;
const MONTH_DAYS = [...Array.from({ length: 31 }, (_, index) => index + 1), LAST];
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
/** The first of a month comes first, its last day last. */
const byDay = (a: number, b: number): number => (a < 0 ? a + 100 : a) - (b < 0 ? b + 100 : b);

function useDayName(): (day: number) => string {
  const { words } = useSpeech();
  return (day) => (day === LAST ? words('calendar.lastDay') : day < 0 ? words('trigger.fromLast', { day: -day }) : String(day));
}

export function MonthDaysField({ value, onChange }: { value: number[] | undefined; onChange: (days: number[] | undefined) => void }) {
  const { words } = useSpeech();
  const dayName = useDayName();
  const known = [...new Set([...MONTH_DAYS, ...(value ?? [])])];
  return (
    <MultiSelect label={words('calendar.monthDays')} description={words('calendar.sameDay')} searchable clearable clearButtonProps={{ 'aria-label': words('calendar.clear') }} value={(value ?? []).map(String)} data={known.map((day) => ({ value: String(day), label: dayName(day) }))}
      onChange={(days) => onChange(days.length > 0 ? days.map(Number).sort(byDay) : undefined)} />
  );
}

type YearDay = { month: number; day: number };

export function YearDaysField({ value, onChange }: { value: YearDay[] | undefined; onChange: (days: YearDay[] | undefined) => void }) {
  const { words } = useSpeech();
  const dayName = useDayName();
  const locale = useLocale();
  const monthName = (month: number): string => new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, month - 1, 15)));
  const days = value ?? [];
  const put = (index: number, changed: YearDay): void => onChange(days.map((each, at) => (at === index ? changed : each)));
  const remove = (index: number): void => onChange(days.length === 1 ? undefined : days.filter((_, at) => at !== index));
  return (
    <>
      {days.map(({ month, day }, index) => (
        <Group key={index} gap={8} wrap="nowrap" align="end">
          <NativeSelect aria-label={words('calendar.dayOfMonth')} w={120} value={String(day)} data={[...new Set([...MONTH_DAYS, day])].map((each) => ({ value: String(each), label: dayName(each) }))} onChange={({ currentTarget }) => put(index, { month, day: Number(currentTarget.value) })} />
          <NativeSelect aria-label={words('calendar.month')} flex={1} value={String(month)} data={MONTHS.map((each) => ({ value: String(each), label: monthName(each) }))} onChange={({ currentTarget }) => put(index, { month: Number(currentTarget.value), day })} />
          <ActionIcon aria-label={words('calendar.removeDay')} onClick={() => remove(index)}><IconX size={16} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {days.length < 24 && <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange([...days, { month: 1, day: 1 }])}>{words('calendar.addDay')}</Button>}
    </>
  );
}
