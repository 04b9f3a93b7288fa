'use client';
/** A time of day; what is being typed and is no time yet stays in the field. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

export function TimeField({ label, value, onChange }: { label: string; value: string; onChange: (time: string) => void }) {
  const [time, setTime] = useState(value);
  useEffect(() => setTime(value), [value]);
  return <TextInput type="time" label={label} value={time} w={140} onChange={({ currentTarget: { value: typed } }) => { setTime(typed); if (typed) onChange(typed); }} />;
}
