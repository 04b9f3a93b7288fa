'use client';
/** Picks something of the workspace by name; what the settings name but is no longer there stays visible. */
import { Select } from '@mantine/core';
import { useSpeech } from '#components/canvas/speech-context.tsx';

export function KeyField({ label, value, options, empty, onChange }: { label: string; value: string; options: readonly { key: string; name: string }[]; empty?: string; onChange: (key: string) => void }) {
  const { words } = useSpeech();
  const known = options.some(({ key }) => key === value) || value === '';
  const data = [...options.map(({ key, name }) => ({ value: key, label: name })), ...(known ? [] : [{ value, label: value }])];
  return (
    <Select label={label} placeholder={words('form.choose')} description={options.length === 0 ? empty : undefined} data={data} value={value || null} openOnFocus={value === ''} searchable={options.length > 7} allowDeselect={false} nothingFoundMessage={words('form.none')}
      comboboxProps={{ withinPortal: true }} onChange={(key) => key !== null && onChange(key)} />
  );
}
