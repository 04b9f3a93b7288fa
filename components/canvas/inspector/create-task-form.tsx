'use client';
/** Edits a task for the staff: what to do, whose it is, and by when. */
import { Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CreateTaskSettings } from '#domain/journeys/nodes/create-task.ts';
import { ASSIGNEES } from '#domain/tasks/task.ts';
import { api } from '#components/api-client.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { useCan } from '#components/session.tsx';
import { OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';

type Member = { userId: string; name: string };

export function CreateTaskForm({ settings, onChange }: FormProps<CreateTaskSettings>) {
  const { words } = useSpeech();
  const [title, setTitle] = useState(settings.title);
  useEffect(() => setTitle(settings.title), [settings.title]);
  const readsMembers = useCan('settings:read');
  const assignees = ASSIGNEES.filter((each) => each !== 'member' || readsMembers || settings.assignedTo === 'member');
  const members = useQuery({ queryKey: ['members'], enabled: settings.assignedTo === 'member' && readsMembers, queryFn: ({ signal }) => api.get<{ items: Member[] }>('/members', {}, signal), staleTime: 60_000 });
  const { note: _note, ...withoutNote } = settings;
  const { dueIn: _dueIn, ...withoutDue } = settings;
  const { memberId: _memberId, ...unassigned } = settings;
  return (
    <>
      <TextInput label={words('form.taskTitle')} description={words('form.taskTitleHelp')} value={title} error={title.trim() === ''} maxLength={200}
        onChange={({ currentTarget: { value } }) => { setTitle(value); if (value.trim() !== '') onChange({ ...settings, title: value }); }} />
      <Textarea label={words('form.taskNote')} value={settings.note ?? ''} maxLength={2_000} autosize minRows={2} maxRows={8} onChange={({ currentTarget: { value } }) => onChange(value === '' ? withoutNote : { ...settings, note: value })} />
      <Select label={words('form.taskFor')} value={settings.assignedTo} allowDeselect={false} comboboxProps={{ withinPortal: true }} data={assignees.map((each) => ({ value: each, label: words(`form.taskFor_${each}`) }))}
        description={settings.assignedTo === 'store' || settings.assignedTo === 'adviser' ? words(`form.taskFor_${settings.assignedTo}Help`) : undefined}
        onChange={(chosen) => { const assignedTo = ASSIGNEES.find((each) => each === chosen); if (assignedTo) onChange({ ...unassigned, assignedTo }); }} />
      {settings.assignedTo === 'member' && (
        <Select label={words('form.taskMember')} value={settings.memberId ?? null} searchable comboboxProps={{ withinPortal: true }} data={(members.data?.items ?? []).map(({ userId, name }) => ({ value: userId, label: name }))}
          onChange={(memberId) => onChange(memberId === null ? unassigned : { ...settings, memberId })} />
      )}
      <OptionalDurationField switchLabel={words('form.taskDue')} label={words('form.taskDueIn')} value={settings.dueIn} usual={{ amount: 2, unit: 'calendarDays' }} onChange={(dueIn) => onChange(dueIn ? { ...settings, dueIn } : withoutDue)} />
    </>
  );
}
