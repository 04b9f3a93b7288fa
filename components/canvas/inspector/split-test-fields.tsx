'use client';
/** Edits the test of a split: the goal, how long it counts, and when the winner is chosen (§4.2). */
import { NumberInput, SegmentedControl, Text } from '@mantine/core';
import { FEWEST_PEOPLE, SplitTest } from '#domain/journeys/split-test.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { LabelledSwitch } from './duration-field.tsx';
import { EventField } from './event-field.tsx';

const USUAL: SplitTest = { goal: { type: 'purchase' }, withinHours: 72, decideAfter: { people: 500 } };
const USUAL_HOURS = 336;

export function SplitTestFields({ value, onChange }: { value: SplitTest | undefined; onChange: (test: SplitTest | undefined) => void }) {
  const { words } = useSpeech();
  const change = (part: Partial<SplitTest>): void => {
    const parsed = SplitTest.safeParse({ ...value, ...part });
    if (parsed.success) onChange(parsed.data);
  };
  const byPeople = value && 'people' in value.decideAfter;
  return (
    <>
      <LabelledSwitch label={words('form.test.on')} checked={value !== undefined} onChange={(on) => onChange(on ? USUAL : undefined)} />
      {value && (
        <>
          <EventField label={words('form.test.goal')} value={value.goal} onChange={(goal) => change({ goal })} />
          <NumberInput label={words('form.test.within')} value={value.withinHours} min={1} max={2_160} allowDecimal={false} suffix={` ${words('form.test.hours')}`} onChange={(hours) => change({ withinHours: Number(hours) })} />
          <SegmentedControl fullWidth size="xs" aria-label={words('form.test.decide')} value={byPeople ? 'people' : 'hours'} data={[{ value: 'people', label: words('form.test.afterPeople') }, { value: 'hours', label: words('form.test.afterHours') }]}
            onChange={(by) => change({ decideAfter: by === 'people' ? { people: 500 } : { hours: Math.max(USUAL_HOURS, value.withinHours + 1) } })} />
          {'people' in value.decideAfter
            ? <NumberInput label={words('form.test.people')} value={value.decideAfter.people} min={FEWEST_PEOPLE} max={1_000_000} allowDecimal={false} onChange={(people) => change({ decideAfter: { people: Number(people) } })} />
            : <NumberInput label={words('form.test.since')} value={value.decideAfter.hours} min={1} max={8_760} allowDecimal={false} suffix={` ${words('form.test.hours')}`} onChange={(hours) => change({ decideAfter: { hours: Number(hours) } })} />}
          <Text size="xs" c="dimmed">{words('form.test.help')}</Text>
        </>
      )}
    </>
  );
}
