'use client';
/** Edits what an entry asks for beside its audience: how many may enter, and the consent that must be in force (§1.6). */
import { NumberInput, Select } from '@mantine/core';
import { CHANNELS } from '#domain/customers/channels.ts';
import { CONSENT_PURPOSES } from '#domain/customers/consent.ts';
import type { EntryConsent, JourneyEntry } from '#domain/journeys/definition.ts';
import { CAP_UNITS, type EntryCap } from '#domain/journeys/entry-cap.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { LabelledSwitch } from './duration-field.tsx';

type Entry = Omit<JourneyEntry, 'next'>;

/** What a switch begins with. */
const USUAL_CAP: EntryCap = { maximum: 500, per: 'day' };
const USUAL_CONSENT: EntryConsent = { purpose: 'marketing', channel: 'email' };
const MOST = 10_000_000;

function CapFields({ value, onChange }: { value: EntryCap; onChange: (cap: EntryCap) => void }) {
  const { words } = useSpeech();
  return (
    <>
      <NumberInput label={words('entryForm.capMaximum')} description={words('entryForm.capHelp')} inputWrapperOrder={['label', 'input', 'description']} min={1} max={MOST} allowDecimal={false} value={value.maximum} onChange={(number) => Number(number) >= 1 && onChange({ ...value, maximum: Math.min(MOST, Number(number)) })} />
      <Select label={words('entryForm.capPer')} allowDeselect={false} value={value.per} data={CAP_UNITS.map((unit) => ({ value: unit, label: words(`entryForm.capUnit.${unit}`) }))} onChange={(per) => { const unit = CAP_UNITS.find((each) => each === per); if (unit) onChange({ ...value, per: unit }); }} />
    </>
  );
}

function ConsentFields({ value, onChange }: { value: EntryConsent; onChange: (consent: EntryConsent) => void }) {
  const { words } = useSpeech();
  return (
    <>
      <Select label={words('entryForm.consentPurpose')} description={words(`entryForm.consentHelp.${value.purpose}`)} inputWrapperOrder={['label', 'input', 'description']} allowDeselect={false} value={value.purpose} data={CONSENT_PURPOSES.map((purpose) => ({ value: purpose, label: words(`entryForm.consentTo.${purpose}`) }))} onChange={(chosen) => { const purpose = CONSENT_PURPOSES.find((each) => each === chosen); if (purpose) onChange({ ...value, purpose }); }} />
      <Select label={words('entryForm.consentBy')} allowDeselect={false} value={value.channel} data={CHANNELS.map((channel) => ({ value: channel, label: words(`entry.by.${channel}`) }))} onChange={(chosen) => { const channel = CHANNELS.find((each) => each === chosen); if (channel) onChange({ ...value, channel }); }} />
    </>
  );
}

export function EntryLimits({ entry, onChange }: { entry: Entry; onChange: (entry: Entry) => void }) {
  const { words } = useSpeech();
  const { cap: _cap, ...uncapped } = entry;
  const { consent: _consent, ...unasked } = entry;
  return (
    <>
      <LabelledSwitch label={words('entryForm.capOn')} checked={entry.cap !== undefined} onChange={(on) => onChange(on ? { ...entry, cap: USUAL_CAP } : uncapped)} />
      {entry.cap && <CapFields value={entry.cap} onChange={(cap) => onChange({ ...entry, cap })} />}
      <LabelledSwitch label={words('entryForm.consentOn')} checked={entry.consent !== undefined} onChange={(on) => onChange(on ? { ...entry, consent: USUAL_CONSENT } : unasked)} />
      {entry.consent && <ConsentFields value={entry.consent} onChange={(consent) => onChange({ ...entry, consent })} />}
    </>
  );
}
