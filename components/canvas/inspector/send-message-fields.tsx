'use client';
/** What e-mail and SMS share: template, category, what happens when the customer has had enough, how long the message is useful. */
import { Input, NumberInput, SegmentedControl } from '@mantine/core';
import type { MessageChannel, SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';
import { PriorityField } from './priority-field.tsx';

const HOUR_SECONDS = 3_600;

export function SendMessageFields({ channel, settings, onChange }: FormProps<SendMessageSettings> & { channel: MessageChannel }) {
  const { words } = useSpeech();
  const { templates, categories } = useNamedCatalogue();
  const { whenCapped } = settings;
  const { priority: _priority, ...usual } = settings;
  const { expiresAfter: _expiresAfter, ...lasting } = settings;
  const hold = (hours: number): void => onChange({ ...settings, whenCapped: { kind: 'hold', expiresAfterSeconds: Math.min(Math.max(1, hours), 366 * 24) * HOUR_SECONDS } });
  return (
    <>
      <KeyField label={words('form.template')} empty={words('form.noTemplates')} options={templates.filter((template) => template.channel === channel)} value={settings.templateKey} onChange={(templateKey) => onChange({ ...settings, templateKey })} />
      <KeyField label={words('form.category')} options={categories} value={settings.category} onChange={(category) => onChange({ ...settings, category })} />
      <Input.Wrapper label={words('form.whenCapped')} labelElement="div">
        <SegmentedControl fullWidth mt={4} aria-label={words('form.whenCapped')} value={whenCapped.kind} onChange={(kind) => (kind === 'hold' ? hold(48) : onChange({ ...settings, whenCapped: { kind: 'skip' } }))}
          data={[{ value: 'skip', label: words('form.cappedSkip') }, { value: 'hold', label: words('form.cappedHold') }]} />
      </Input.Wrapper>
      {whenCapped.kind === 'hold' && <NumberInput label={words('form.holdHours')} value={whenCapped.expiresAfterSeconds / HOUR_SECONDS} min={1} max={366 * 24} allowDecimal={false} onChange={(hours) => Number(hours) >= 1 && hold(Number(hours))} />}
      <OptionalDurationField switchLabel={words('form.expires')} label={words('form.expiresAfter')} value={settings.expiresAfter} usual={{ amount: 2, unit: 'calendarDays' }} onChange={(expiresAfter) => onChange(expiresAfter ? { ...settings, expiresAfter } : lasting)} />
      <PriorityField value={settings.priority} onChange={(priority) => onChange(priority === undefined ? usual : { ...settings, priority })} />
    </>
  );
}
