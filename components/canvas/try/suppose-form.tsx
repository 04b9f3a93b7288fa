'use client';
/** Changes an answer: what somebody does after the moment that the clock shows, to go on from there. */
import { Button, NumberInput, Select } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useChannelName } from '#components/use-channel-name.ts';
import { CHANNELS, isChannel } from '#domain/customers/channels.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import type { Supposition } from '#domain/simulation/suppose.ts';
import { EventTypeField } from '#components/canvas/inspector/event-type-field.tsx';
import { useNamedCatalogue } from '#components/canvas/speech-context.tsx';
import { useSession } from '#components/session.tsx';
import classes from './try.module.css';
import { EventProperties, firstProperties } from './try-setup.tsx';

const UNITS = { minutes: MINUTE_MS, hours: HOUR_MS, days: DAY_MS } as const;
type Unit = keyof typeof UNITS;
const isUnit = (text: string | null): text is Unit => text !== null && text in UNITS;
/** What was said of marketing on a channel: `objects:email`. */
const ACTS = ['buys', 'clicks', 'happens', ...CHANNELS.map((channel) => `objects:${channel}` as const), ...CHANNELS.map((channel) => `agrees:${channel}` as const)] as const;
type Act = (typeof ACTS)[number];

/** `clickable` is the step whose message can be clicked, null when none has left. `until` is when the wait ends by itself. */
export function SupposeForm({ now, until, clickable, onSuppose }: { now: Instant; until: Instant | null; clickable: string | null; onSuppose: (supposed: Supposition) => void }) {
  const t = useTranslations('try');
  const channelName = useChannelName('many');
  const { workspace: { currency } } = useSession();
  const catalogue = useNamedCatalogue();
  const [act, setAct] = useState<Act>(clickable ? 'clicks' : 'buys');
  const [amount, setAmount] = useState<number | string>(1);
  const isShort = until !== null && until - now <= DAY_MS;
  const [unit, setUnit] = useState<Unit>(isShort ? 'minutes' : 'days');
  const [type, setType] = useState('');
  const [properties, setProperties] = useState<Record<string, unknown> | null>(() => firstProperties('purchase', currency, null));
  const labelOf = (value: Act): string => {
    const [does = '', channel] = value.split(':');
    return t(`act.${does}`, channel ? { channel: channelName(channel) } : {});
  };
  const chosen = act === 'clicks' && clickable === null ? 'buys' : act;
  const at = now + Number(amount) * UNITS[unit];
  const choose = (next: Act): void => {
    setAct(next);
    setProperties(next === 'buys' ? firstProperties('purchase', currency, null) : {});
  };
  const supposed = (): Supposition | null => {
    if (!Number.isFinite(at)) return null;
    switch (chosen) {
      case 'buys': return properties && { at, kind: 'event', type: 'purchase', properties };
      case 'happens': return properties && type ? { at, kind: 'event', type, properties } : null;
      case 'clicks': return clickable === null ? null : { at, kind: 'click', nodeId: clickable };
      default: {
        const channel = chosen.split(':')[1] ?? '';
        return isChannel(channel) ? { at, kind: 'consent', channel, state: chosen.startsWith('agrees') ? 'granted' : 'denied' } : null;
      }
    }
  };
  const next = supposed();
  return (
    <details className={classes.suppose}>
      <summary>{t('suppose')}</summary>
      <form className={classes.fields} onSubmit={(event) => { event.preventDefault(); if (next) onSuppose(next); }}>
        <Select label={t('supposeThat')} allowDeselect={false} value={chosen} onChange={(value) => { const found = ACTS.find((known) => known === value); if (found) choose(found); }} data={ACTS.filter((each) => each !== 'clicks' || clickable !== null).map((value) => ({ value, label: labelOf(value) }))} />
        {chosen === 'buys' && <EventProperties type="purchase" onChange={setProperties} />}
        {chosen === 'happens' && <><EventTypeField label={t('eventType')} value={type} onChange={(typed) => { setType(typed); setProperties(firstProperties(typed, currency, catalogue.eventTypes.find((known) => known.type === typed)?.sample)); }} />{type && <EventProperties key={type} type={type} onChange={setProperties} />}</>}
        <div className={classes.pair}>
          <NumberInput label={t('after')} min={0} max={2_000} allowDecimal={false} value={amount} onChange={setAmount} />
          <Select label={t('unit')} allowDeselect={false} value={unit} onChange={(value) => { if (isUnit(value)) setUnit(value); }} data={Object.keys(UNITS).map((value) => ({ value, label: t(`units.${value}`) }))} />
        </div>
        <Button type="submit" variant="default" disabled={!next}>{t('supposeIt')}</Button>
      </form>
    </details>
  );
}
