'use client';
/** On whom a journey is tried, from when, and what begins it. */
import { Button, Checkbox, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelName } from '#components/use-channel-name.ts';
import { CHANNELS, perChannel } from '#domain/customers/channels.ts';
import { instantOfLocal, localMinute } from '#domain/shared/time.ts';
import type { Supposition } from '#domain/simulation/suppose.ts';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { MoneyInput } from '#components/content/money-input.tsx';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { eventName, nameOf } from '#components/canvas/speech.ts';
import { useSession } from '#components/session.tsx';
import classes from './try.module.css';
import type { Invented } from './trial.ts';

export type Whom = { customerId: string | null; invented: Invented; forgets: boolean };
const USUAL_MINOR = 4_200;

/** The properties as they are typed; null when they are no object in JSON. */
function readProperties(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text.trim() || '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** What an event of this type carries: an amount when something is bought, else what such an event carried when it was last seen. */
export function EventProperties({ type, onChange }: { type: string; onChange: (properties: Record<string, unknown> | null) => void }) {
  const t = useTranslations('try');
  const { workspace } = useSession();
  const catalogue = useNamedCatalogue();
  const seen: unknown = catalogue.eventTypes.find((known) => known.type === type)?.sample;
  const sample = typeof seen === 'object' && seen !== null && 'properties' in seen ? seen.properties : seen;
  const [text, setText] = useState(() => (sample ? JSON.stringify(sample, null, 2) : '{}'));
  if (type === 'purchase') return <MoneyInput label={t('amount')} valueMinor={USUAL_MINOR} onChange={(amountMinor) => onChange(amountMinor === null ? null : { amountMinor, currency: workspace.currency })} />;
  return <Textarea label={t('properties')} description={t('propertiesHelp')} autosize minRows={2} maxRows={10} value={text} error={readProperties(text) === null ? t('propertiesWrong') : null} classNames={{ input: 'code' }} onChange={({ currentTarget: { value } }) => { setText(value); onChange(readProperties(value)); }} />;
}

/** What the form begins with for an event of this type. */
export const firstProperties = (type: string, currency: string, sample: unknown): Record<string, unknown> =>
  type === 'purchase' ? { amountMinor: USUAL_MINOR, currency } : typeof sample === 'object' && sample !== null ? { ...sample } : {};

function InventedFields({ value, onChange }: { value: Invented; onChange: (value: Invented) => void }) {
  const t = useTranslations('try');
  const channelName = useChannelName('many');
  const text = (name: 'firstName' | 'city' | 'language') => ({ label: t(name), value: value[name], onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange({ ...value, [name]: currentTarget.value }) });
  return (
    <>
      <div className={classes.pair}><TextInput {...text('firstName')} maxLength={60} /><TextInput {...text('language')} maxLength={12} /></div>
      <TextInput {...text('city')} maxLength={80} />
      {CHANNELS.map((channel) => <Checkbox key={channel} label={t('agreesTo', { channel: channelName(channel) })} checked={value.agrees[channel]} onChange={({ currentTarget: { checked } }) => onChange({ ...value, agrees: { ...value.agrees, [channel]: checked } })} />)}
    </>
  );
}

/** `stores`: the keys of those in which the journey begins; null when it begins anywhere. */
export function TrySetup({ trigger, stores, now, onBegin }: { trigger: string; stores: readonly string[] | null; now: number; onBegin: (whom: Whom, first: Supposition) => void }) {
  const t = useTranslations('try');
  const speech = useSpeech();
  const { workspace: { timeZone, language, currency } } = useSession();
  const catalogue = useNamedCatalogue();
  const [who, setWho] = useState<'customer' | 'invented'>('customer');
  const [customerId, setCustomerId] = useState<string | null>(null);
  const [invented, setInvented] = useState<Invented>(() => ({ id: crypto.randomUUID(), firstName: 'Camille', city: '', language, agrees: perChannel(() => true) }));
  const [forgets, setForgets] = useState(false);
  const [at, setAt] = useState(() => localMinute(now, timeZone));
  const [properties, setProperties] = useState<Record<string, unknown> | null>(() => firstProperties(trigger, currency, catalogue.eventTypes.find(({ type }) => type === trigger)?.sample));
  const [store, setStore] = useState<string | undefined>(stores?.[0]);
  const moment = instantOfLocal(at, timeZone);
  const ready = moment !== null && properties !== null && (who === 'invented' || customerId !== null);
  const begin = (): void => {
    if (ready && moment !== null && properties !== null) onBegin({ customerId: who === 'customer' ? customerId : null, invented, forgets }, { at: moment, kind: 'event', type: trigger, properties, ...(store !== undefined && { store }) });
  };
  return (
    <form className={classes.form} onSubmit={(event) => { event.preventDefault(); begin(); }}>
      <p className="quiet">{t('lede')}</p>
      <SegmentedControl size="xs" fullWidth aria-label={t('whom')} value={who} onChange={(value) => setWho(value === 'invented' ? 'invented' : 'customer')} data={[{ value: 'customer', label: t('aCustomer') }, { value: 'invented', label: t('anInvented') }]} />
      {who === 'customer' ? (
        <>
          <CustomerPicker label={t('customer')} placeholder={t('find')} nothing={t('nobody')} value={customerId} onChange={setCustomerId} />
          <Checkbox label={t('forgets')} checked={forgets} onChange={({ currentTarget: { checked } }) => setForgets(checked)} />
        </>
      ) : <InventedFields value={invented} onChange={setInvented} />}
      <fieldset className={classes.fields}>
        <legend>{t('begins', { event: eventName(speech, trigger) })}</legend>
        <TextInput type="datetime-local" label={t('at', { zone: timeZone })} value={at} onChange={({ currentTarget: { value } }) => setAt(value)} error={moment === null ? t('atWrong') : null} />
        {stores && stores.length > 1 && <NativeSelect label={t('inStore')} value={store ?? ''} onChange={({ currentTarget: { value } }) => setStore(value)} data={stores.map((key) => ({ value: key, label: nameOf(speech.names.stores, key) }))} />}
        <EventProperties key={trigger} type={trigger} onChange={setProperties} />
      </fieldset>
      <Button type="submit" disabled={!ready}>{t('begin')}</Button>
    </form>
  );
}
