'use client';
/** Edits an HTTP request: where it goes, what it carries, how long it waits, and what a sandbox answers in the server's place. */
import { ActionIcon, Button, Fieldset, Group, JsonInput, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { HttpRequestSettings, jsonIn } from '#domain/journeys/nodes/http-request.ts';
import { isAddress } from '#domain/requests/address.ts';
import { HTTP_METHODS } from '#domain/requests/planned-request.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';

type Header = HttpRequestSettings['headers'][number];

function HeaderFields({ headers, onChange }: { headers: Header[]; onChange: (headers: Header[]) => void }) {
  const { words } = useSpeech();
  const [lines, setLines] = useState(headers);
  const write = (next: Header[]): void => {
    setLines(next);
    const parsed = HttpRequestSettings.shape.headers.safeParse(next.filter(({ name }) => name !== ''));
    if (parsed.success) onChange(parsed.data);
  };
  return (
    <Fieldset legend={words('form.headers')} p="xs">
      <Text size="xs" c="dimmed">{words('form.headersHelp')}</Text>
      {lines.map((header, index) => (
        <Group key={index} gap={8} wrap="nowrap" align="end">
          <TextInput size="xs" flex={2} label={words('form.headerName')} value={header.name} maxLength={60} onChange={({ currentTarget: { value } }) => write(lines.with(index, { ...header, name: value.replace(/[^A-Za-z0-9-]/g, '') }))} />
          <TextInput size="xs" flex={3} label={words('form.value')} value={header.value} maxLength={500} onChange={({ currentTarget: { value } }) => write(lines.with(index, { ...header, value }))} />
          <ActionIcon mb={2} aria-label={words('form.removeHeader', { name: header.name })} onClick={() => write(lines.toSpliced(index, 1))}><IconX size={16} aria-hidden /></ActionIcon>
        </Group>
      ))}
      {lines.length < 10 && <Button mt={4} variant="subtle" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setLines([...lines, { name: '', value: '' }])}>{words('form.addHeader')}</Button>}
    </Fieldset>
  );
}

function SandboxFields({ settings, onChange }: FormProps<HttpRequestSettings>) {
  const { words } = useSpeech();
  const answer = settings.sandboxAnswer ?? { status: 200, body: '{}' };
  const isJson = answer.body === '' || jsonIn(answer.body) !== undefined;
  return (
    <Fieldset legend={words('form.sandboxAnswer')} p="xs">
      <Text size="xs" c="dimmed">{words('form.sandboxAnswerHelp')}</Text>
      <NumberInput size="xs" label={words('form.answerStatus')} value={answer.status} min={100} max={599} allowDecimal={false} w={120} onChange={(status) => Number(status) >= 100 && Number(status) <= 599 && onChange({ ...settings, sandboxAnswer: { ...answer, status: Number(status) } })} />
      <JsonInput size="xs" label={words('form.answerBody')} value={answer.body} maxLength={10_000} autosize minRows={2} maxRows={10} error={isJson ? undefined : words('form.notJson')} onChange={(body) => onChange({ ...settings, sandboxAnswer: { ...answer, body } })} />
    </Fieldset>
  );
}

export function HttpRequestForm({ settings, onChange }: FormProps<HttpRequestSettings>) {
  const { words } = useSpeech();
  const [address, setAddress] = useState(settings.address);
  useEffect(() => setAddress(settings.address), [settings.address]);
  const { lateAfter: _lateAfter, ...patient } = settings;
  const { body: _body, ...bare } = settings;
  const body = settings.body ?? '';
  return (
    <>
      <Group gap={8} wrap="nowrap" align="start">
        <NativeSelect label={words('form.method')} value={settings.method} data={[...HTTP_METHODS]} w={104} onChange={({ currentTarget: { value } }) => { const method = HTTP_METHODS.find((each) => each === value); if (method) onChange({ ...settings, method }); }} />
        <TextInput flex={1} type="text" inputMode="url" label={words('form.address')} placeholder="https://shop.example.com/customers/{{ customer.id }}" value={address} maxLength={2_000} error={address === '' || isAddress(address) ? undefined : words('form.addressWrong')}
          onChange={({ currentTarget: { value } }) => { setAddress(value); onChange({ ...settings, address: value.trim() }); }} />
      </Group>
      <Text size="xs" c="dimmed">{words('form.addressHelp')}</Text>
      <HeaderFields headers={settings.headers} onChange={(headers) => onChange({ ...settings, headers })} />
      {settings.method !== 'GET' && (
        <JsonInput label={words('form.body')} description={words('form.bodyHelp')} value={body} maxLength={10_000} autosize minRows={3} maxRows={14} error={body === '' || jsonIn(body) !== undefined ? undefined : words('form.notJson')}
          onChange={(value) => onChange(value === '' ? bare : { ...settings, body: value })} />
      )}
      <NumberInput label={words('form.timeoutSeconds')} description={words('form.timeoutHelp')} value={settings.timeoutSeconds} min={1} max={30} allowDecimal={false} onChange={(value) => Number(value) >= 1 && Number(value) <= 30 && onChange({ ...settings, timeoutSeconds: Number(value) })} />
      <OptionalDurationField switchLabel={words('form.hasLate')} label={words('form.lateAfter')} value={settings.lateAfter} usual={{ amount: 1, unit: 'hours' }} onChange={(lateAfter) => onChange(lateAfter ? { ...settings, lateAfter } : patient)} />
      <SandboxFields settings={settings} onChange={onChange} />
    </>
  );
}
