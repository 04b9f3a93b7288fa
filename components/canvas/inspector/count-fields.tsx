'use client';
/** How often an event happened: which, how many times, in how many days, and of what kind. */
import { Button, Group, NumberInput, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Condition, EventCondition, EventCount } from '#domain/audiences/condition.ts';
import type { ReactNode } from 'react';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { EventTypeField } from './event-type-field.tsx';

const COUNT_KINDS = ['atLeast', 'atMost', 'exactly'] as const;
type CountKind = (typeof COUNT_KINDS)[number];
const readCount = (count: EventCount): { kind: CountKind; times: number } =>
  'atLeast' in count ? { kind: 'atLeast', times: count.atLeast } : 'atMost' in count ? { kind: 'atMost', times: count.atMost } : { kind: 'exactly', times: count.exactly };
const writeCount = (kind: CountKind, times: number): EventCount => (kind === 'atLeast' ? { atLeast: times } : kind === 'atMost' ? { atMost: times } : { exactly: times });

/** `renderWhere` draws the condition on the counted events; handed in, because conditions hold counts and counts hold conditions. */
export function CountFields({ value, onChange, renderWhere }: { value: EventCondition; onChange: (condition: EventCondition) => void; renderWhere: (where: Condition, onWhere: (where: Condition) => void) => ReactNode }) {
  const { words } = useSpeech();
  const { kind, times } = readCount(value.count);
  const { withinDays: _days, ...ever } = value;
  const { where: _where, ...any } = value;
  return (
    <>
      <EventTypeField label={words('condition.event')} value={value.event} onChange={(event) => onChange({ ...value, event })} />
      <Group gap={6} wrap="nowrap">
        <Select size="xs" aria-label={words('condition.countKind')} allowDeselect={false} flex={1} value={kind} data={COUNT_KINDS.map((each) => ({ value: each, label: words(`condition.countName.${each}`) }))}
          onChange={(chosen) => onChange({ ...value, count: writeCount(COUNT_KINDS.find((each) => each === chosen) ?? kind, times) })} />
        <NumberInput size="xs" w={72} aria-label={words('condition.times')} min={0} allowDecimal={false} value={times} onChange={(number) => number !== '' && onChange({ ...value, count: writeCount(kind, Number(number)) })} />
      </Group>
      <NumberInput size="xs" label={words('condition.withinDays')} placeholder={words('condition.ever')} min={1} max={36_525} value={value.withinDays ?? ''} onChange={(days) => onChange(days === '' ? ever : { ...value, withinDays: Math.max(1, Number(days)) })} />
      {value.where ? (
        <>
          {renderWhere(value.where, (where) => onChange({ ...value, where }))}
          <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconX size={12} aria-hidden />} onClick={() => onChange(any)}>{words('form.removeWhere')}</Button>
        </>
      ) : <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => onChange({ ...value, where: { field: 'properties.', is: 'exists' } })}>{words('form.addWhere')}</Button>}
    </>
  );
}
