'use client';
/** What the messages of all channels share: template, category, what happens when the customer has had enough, how long the message is useful. */
import { Button, NumberInput, Select } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { CHANNELS } from '#domain/customers/channels.ts';
import type { MessageChannel, SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import { useCanvas } from '#components/canvas/canvas-store.ts';
import { useCan } from '#components/session.tsx';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { OptionalDurationField } from './duration-field.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';
import { PriorityField } from './priority-field.tsx';

const ProofDialog = dynamic(() => import('#components/proofs/proof-dialog.tsx').then((loaded) => loaded.ProofDialog), { ssr: false });

const HOUR_SECONDS = 3_600;
/** The channels of which a proof can be sent. */
const PROOFED: readonly MessageChannel[] = ['email', 'sms', 'whatsapp'];
/** What can become of a capped message (§5.8). */
const CHOICES = ['skip', 'hold', 'otherChannel', 'branch', 'exit'] as const;

/** The message of this step, to those who look at it before customers do (§9.8). */
function ProofOfStep({ templateKey }: { templateKey: string }) {
  const t = useTranslations('proofs');
  const journeyId = useCanvas((state) => state.journeyId);
  const nodeId = useCanvas((state) => state.selected[0] ?? '');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconChecklist size={14} stroke={1.6} aria-hidden />} onClick={() => setOpen(true)} style={{ justifySelf: 'start', alignSelf: 'flex-start' }}>{t('open')}</Button>
      {open && <ProofDialog templateKey={templateKey} content={null} step={{ journeyId, nodeId }} onClose={() => setOpen(false)} />}
    </>
  );
}

export function SendMessageFields({ channel, settings, onChange }: FormProps<SendMessageSettings> & { channel: MessageChannel }) {
  const { words } = useSpeech();
  const { templates, categories } = useNamedCatalogue();
  const { whenCapped } = settings;
  const mayProve = useCan('content:write') && PROOFED.includes(channel) && templates.some(({ key }) => key === settings.templateKey);
  const elsewhere = templates.flatMap((template) => CHANNELS.flatMap((other) => (other === template.channel && other !== channel ? [{ ...template, channel: other }] : [])));
  const { priority: _priority, ...usual } = settings;
  const { expiresAfter: _expiresAfter, ...lasting } = settings;
  const hold = (hours: number): void => onChange({ ...settings, whenCapped: { kind: 'hold', expiresAfterSeconds: Math.min(Math.max(1, hours), 366 * 24) * HOUR_SECONDS } });
  return (
    <>
      <KeyField label={words('form.template')} empty={words('form.noTemplates')} options={templates.filter((template) => template.channel === channel)} value={settings.templateKey} onChange={(templateKey) => onChange({ ...settings, templateKey })} />
      {mayProve && <ProofOfStep templateKey={settings.templateKey} />}
      <KeyField label={words('form.category')} options={categories} value={settings.category} onChange={(category) => onChange({ ...settings, category })} />
      <Select label={words('form.whenCapped')} value={whenCapped.kind} allowDeselect={false} comboboxProps={{ withinPortal: true }} data={CHOICES.map((kind) => ({ value: kind, label: words(`form.capped${kind.charAt(0).toUpperCase()}${kind.slice(1)}`) }))}
        onChange={(chosen) => {
          const kind = CHOICES.find((choice) => choice === chosen);
          if (kind === 'hold') hold(48);
          else if (kind === 'otherChannel') onChange({ ...settings, whenCapped: { kind, channel: elsewhere[0]?.channel ?? CHANNELS.find((other) => other !== channel) ?? channel, templateKey: elsewhere[0]?.key ?? '' } });
          else if (kind) onChange({ ...settings, whenCapped: { kind } });
        }} />
      {whenCapped.kind === 'otherChannel' && (
        <KeyField label={words('form.otherTemplate')} empty={words('form.noTemplates')} options={elsewhere} value={whenCapped.templateKey} onChange={(templateKey) => {
          const chosen = elsewhere.find(({ key }) => key === templateKey);
          if (chosen) onChange({ ...settings, whenCapped: { kind: 'otherChannel', channel: chosen.channel, templateKey } });
        }} />
      )}
      {whenCapped.kind === 'hold' && <NumberInput label={words('form.holdHours')} value={whenCapped.expiresAfterSeconds / HOUR_SECONDS} min={1} max={366 * 24} allowDecimal={false} onChange={(hours) => Number(hours) >= 1 && hold(Number(hours))} />}
      <OptionalDurationField switchLabel={words('form.expires')} label={words('form.expiresAfter')} value={settings.expiresAfter} usual={{ amount: 2, unit: 'calendarDays' }} onChange={(expiresAfter) => onChange(expiresAfter ? { ...settings, expiresAfter } : lasting)} />
      <PriorityField value={settings.priority} onChange={(priority) => onChange(priority === undefined ? usual : { ...settings, priority })} />
    </>
  );
}
