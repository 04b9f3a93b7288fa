'use client';
/** Edits which tag is put on the customer or taken off. */
import { SegmentedControl, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ChangeTagSettings } from '#domain/journeys/nodes/change-tag.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';

export function ChangeTagForm({ settings, onChange }: FormProps<ChangeTagSettings>) {
  const { words } = useSpeech();
  const [tag, setTag] = useState(settings.tag);
  useEffect(() => setTag(settings.tag), [settings.tag]);
  return (
    <>
      <TextInput label={words('form.tag')} value={tag} error={tag.trim() === ''} maxLength={200} onChange={({ currentTarget: { value } }) => { setTag(value); if (value.trim()) onChange({ ...settings, tag: value.trim() }); }} />
      <SegmentedControl fullWidth aria-label={words('form.tagDoes')} value={settings.does} onChange={(does) => onChange({ ...settings, does: does === 'remove' ? 'remove' : 'add' })}
        data={[{ value: 'add', label: words('form.tagAdd') }, { value: 'remove', label: words('form.tagRemove') }]} />
    </>
  );
}
