'use client';
/** Edits the branches of a random split, their weights, and the test between them. */
import { ActionIcon, Button, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { RandomSplitSettings } from '#domain/journeys/nodes/random-split.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';

const SplitTestFields = dynamic(() => import('./split-test-fields.tsx').then((loaded) => loaded.SplitTestFields), { ssr: false });

type Branch = RandomSplitSettings['branches'][number];

function BranchFields({ branch, removable, onChange, onRemove }: { branch: Branch; removable: boolean; onChange: (branch: Branch) => boolean; onRemove: () => void }) {
  const { words } = useSpeech();
  const [key, setKey] = useState(branch.key);
  const [refused, setRefused] = useState(false);
  useEffect(() => setKey(branch.key), [branch.key]);
  return (
    <Group gap={8} wrap="nowrap" align="end">
      <TextInput label={words('form.branchKey')} value={key} error={refused} maxLength={30} flex={1} onChange={({ currentTarget: { value } }) => { setKey(value); setRefused(!onChange({ ...branch, key: value })); }} />
      <NumberInput label={words('form.weight')} value={branch.weight} min={0} max={1_000} allowDecimal={false} w={84} onChange={(weight) => weight !== '' && onChange({ ...branch, weight: Number(weight) })} />
      <ActionIcon mb={4} disabled={!removable} aria-label={words('form.removeBranch', { key: branch.key })} onClick={onRemove}><IconX size={16} aria-hidden /></ActionIcon>
    </Group>
  );
}

export function RandomSplitForm({ settings, onChange }: FormProps<RandomSplitSettings>) {
  const { words } = useSpeech();
  const { branches, test } = settings;
  const change = (next: Branch[]): boolean => {
    const parsed = RandomSplitSettings.safeParse({ ...settings, branches: next });
    if (parsed.success) onChange(parsed.data);
    return parsed.success;
  };
  const free = 'abcdefghijklmnop'.split('').find((letter) => !branches.some(({ key }) => key === letter)) ?? 'z';
  const { test: _test, ...untested } = settings;
  return (
    <>
      <Stack gap={8} component="fieldset" style={{ border: 0, padding: 0, margin: 0 }}>
        <Text component="legend" fw={500} size="sm">{words('form.branches')}</Text>
        {branches.map((branch, index) => (
          <BranchFields key={index} branch={branch} removable={branches.length > 2} onChange={(next) => change(branches.with(index, next))} onRemove={() => change(branches.toSpliced(index, 1))} />
        ))}
        <Text size="xs" c="dimmed">{words('form.branchHelp')}</Text>
        <Button variant="subtle" size="xs" disabled={branches.length >= 10} leftSection={<IconPlus size={14} aria-hidden />} onClick={() => change([...branches, { key: free, weight: 50 }])}>{words('form.addBranch')}</Button>
      </Stack>
      <SplitTestFields value={test} onChange={(next) => onChange(next ? { ...settings, test: next } : untested)} />
    </>
  );
}
