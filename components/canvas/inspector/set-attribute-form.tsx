'use client';
/** Edits which attribute is written, and what. */
import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { SetAttributeSettings } from '#domain/journeys/nodes/set-attribute.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';

const BEGINNINGS = { text: '', number: 0, yesNo: true, none: null } as const;
type ValueType = keyof typeof BEGINNINGS;
const typeOf = (value: SetAttributeSettings['value']): ValueType => (value === null ? 'none' : typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'yesNo' : 'text');
const isType = (text: string | null): text is ValueType => text !== null && text in BEGINNINGS;

export function SetAttributeForm({ settings, onChange }: FormProps<SetAttributeSettings>) {
  const { words } = useSpeech();
  const [name, setName] = useState(settings.attribute);
  useEffect(() => setName(settings.attribute), [settings.attribute]);
  const fits = SetAttributeSettings.shape.attribute.safeParse(name).success;
  const { value } = settings;
  return (
    <>
      <TextInput label={words('form.attribute')} description={words('form.attributeHelp')} value={name} error={!fits} maxLength={60}
        onChange={({ currentTarget: { value: typed } }) => { setName(typed); if (SetAttributeSettings.shape.attribute.safeParse(typed).success) onChange({ ...settings, attribute: typed }); }} />
      <Select label={words('form.valueType')} allowDeselect={false} value={typeOf(value)} onChange={(type) => isType(type) && onChange({ ...settings, value: BEGINNINGS[type] })}
        data={[{ value: 'text', label: words('form.typeText') }, { value: 'number', label: words('form.typeNumber') }, { value: 'yesNo', label: words('form.typeYesNo') }, { value: 'none', label: words('form.typeNone') }]} />
      {typeof value === 'string' && <TextInput label={words('form.value')} value={value} maxLength={500} onChange={(event) => onChange({ ...settings, value: event.currentTarget.value })} />}
      {typeof value === 'number' && <NumberInput label={words('form.value')} value={value} onChange={(number) => number !== '' && onChange({ ...settings, value: Number(number) })} />}
      {typeof value === 'boolean' && <SegmentedControl aria-label={words('form.value')} value={value ? 'yes' : 'no'} onChange={(chosen) => onChange({ ...settings, value: chosen === 'yes' })} data={[{ value: 'yes', label: words('value.yes') }, { value: 'no', label: words('value.no') }]} />}
    </>
  );
}
