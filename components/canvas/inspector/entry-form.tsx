'use client';
/** Edits the entry: what starts the journey, who may enter, how often, and what makes people leave early. */
import { ActionIcon, Button, Divider, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ExitCriterion, Journey, JourneyEntry, Reentry } from '#domain/journeys/definition.ts';
import { typeInHand } from '#domain/journeys/type-in-hand.ts';
import type { Operation } from '#domain/journeys/operations/operation.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import { DurationField, LabelledSwitch, OptionalDurationField } from './duration-field.tsx';
import { EntryLimits } from './entry-limits.tsx';
import { EventField } from './event-field.tsx';
import { isPerOccurrence, PER_OCCURRENCE, TriggerField } from './trigger-field.tsx';

const BEGINNINGS: { [M in Reentry['mode']]: Reentry } = {
  onceEver: { mode: 'onceEver' },
  afterExit: { mode: 'afterExit', minimumGap: { amount: 30, unit: 'calendarDays' }, gapFrom: 'end' },
  perPeriod: { mode: 'perPeriod', maximumEntries: 1, period: { amount: 1, unit: 'calendarMonths' } },
  perKey: { mode: 'perKey', property: 'orderId' },
};
const isMode = (text: string | null): text is Reentry['mode'] => text !== null && text in BEGINNINGS;

function ReentryFields({ value, comesRound, onChange }: { value: Reentry; comesRound: boolean; onChange: (reentry: Reentry) => void }) {
  const { words } = useSpeech();
  return (
    <>
      <Select label={words('entryForm.reentry')} allowDeselect={false} value={value.mode} onChange={(mode) => isMode(mode) && onChange(mode === 'perKey' && comesRound ? PER_OCCURRENCE : BEGINNINGS[mode])} data={Object.keys(BEGINNINGS).map((mode) => ({ value: mode, label: words(`entryForm.mode.${mode === 'perKey' && comesRound ? 'perOccurrence' : mode}`) }))} />
      {value.mode === 'afterExit' && (
        <>
          <OptionalDurationField switchLabel={words('entryForm.gapOn')} label={words('entryForm.gap')} value={value.minimumGap} onChange={(minimumGap) => onChange({ mode: 'afterExit', gapFrom: value.gapFrom, ...(minimumGap ? { minimumGap } : {}) })} />
          {value.minimumGap && <SegmentedControl aria-label={words('entryForm.gapFrom')} value={value.gapFrom} onChange={(from) => onChange({ ...value, gapFrom: from === 'start' ? 'start' : 'end' })} data={[{ value: 'start', label: words('entryForm.gapFromStart') }, { value: 'end', label: words('entryForm.gapFromEnd') }]} />}
        </>
      )}
      {value.mode === 'perPeriod' && (
        <>
          <NumberInput label={words('entryForm.maximumEntries')} min={1} max={1_000} allowDecimal={false} value={value.maximumEntries} onChange={(number) => Number(number) >= 1 && onChange({ ...value, maximumEntries: Number(number) })} />
          <DurationField label={words('entryForm.period')} value={value.period} onChange={(period) => onChange({ ...value, period })} />
        </>
      )}
      {value.mode === 'perKey' && !(comesRound && isPerOccurrence(value)) && <TextInput label={words('entryForm.property')} description={words('entryForm.propertyHelp')} maxLength={120} value={value.property} onChange={(event) => event.currentTarget.value && onChange({ ...value, property: event.currentTarget.value })} />}
    </>
  );
}

function ExitFields({ exit, onChange, onRemove }: { exit: ExitCriterion; onChange: (exit: ExitCriterion) => void; onRemove: () => void }) {
  const { words } = useSpeech();
  const { name: _, ...unnamed } = exit;
  return (
    <Stack gap={8} p={12} className="surface">
      <Group gap={8} wrap="nowrap" align="end">
        <TextInput flex={1} size="xs" label={words('entryForm.exitName')} maxLength={80} value={exit.name ?? ''} onChange={({ currentTarget: { value } }) => onChange(value ? { ...exit, name: value } : unnamed)} />
        <ActionIcon aria-label={words('entryForm.removeExit')} onClick={onRemove}><IconX size={16} aria-hidden /></ActionIcon>
      </Group>
      {exit.on === 'event' ? <EventField label={words('form.event')} value={exit.event} onChange={(event) => onChange({ ...exit, event })} /> : <ConditionBuilder label={words('form.condition')} value={exit.condition} onChange={(condition) => onChange({ ...exit, condition })} />}
    </Stack>
  );
}

export function EntryForm({ journey, act }: { journey: Journey; act: (operation: Operation, options?: { merge?: boolean }) => void }) {
  const { words } = useSpeech();
  const { next: _next, ...entry } = journey.entry;
  const change = (changed: Omit<JourneyEntry, 'next'>): void => act({ kind: 'changeEntry', entry: changed }, { merge: true });
  const { audience: _audience, ...everyone } = entry;
  return (
    <>
      <TriggerField entry={entry} onChange={change} />
      <LabelledSwitch label={words('entryForm.audienceOn')} checked={entry.audience !== undefined} onChange={(on) => change(on ? { ...entry, audience: { field: 'consent.email', is: 'equals', value: true } } : everyone)} />
      {entry.audience && <ConditionBuilder label={words('entryForm.audience')} value={entry.audience} eventType={typeInHand(entry.trigger)} onChange={(audience) => change({ ...entry, audience })} />}
      <ReentryFields value={entry.reentry} comesRound={!('event' in entry.trigger)} onChange={(reentry) => change({ ...entry, reentry })} />
      <EntryLimits entry={entry} onChange={change} />
      {'event' in entry.trigger && <NumberInput label={words('entryForm.age')} min={1} max={87_600} allowDecimal={false} value={entry.maximumEventAgeHours} onChange={(hours) => Number(hours) >= 1 && change({ ...entry, maximumEventAgeHours: Number(hours) })} />}
      <Divider />
      <Text fw={500} size="sm">{words('entryForm.exits')}</Text>
      {journey.exits.map((exit, index) => (
        <ExitFields key={index} exit={exit} onChange={(changed) => act({ kind: 'changeExit', index, exit: changed }, { merge: true })} onRemove={() => act({ kind: 'removeExit', index })} />
      ))}
      <Group gap={4}>
        <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => act({ kind: 'addExit', exit: { on: 'event', event: { type: 'return' } } })}>{words('entryForm.exitEvent')}</Button>
        <Button variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => act({ kind: 'addExit', exit: { on: 'condition', condition: { field: 'consent.email', is: 'equals', value: false } } })}>{words('entryForm.exitCondition')}</Button>
      </Group>
      <Text size="xs" c="dimmed">{words('entryForm.goalHelp')}</Text>
    </>
  );
}
