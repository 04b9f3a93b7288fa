'use client';
/** A new customer in fifteen seconds: the number that was typed, a name if they like, and what they agree to receive. */
import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Channel } from '#domain/customers/consent.ts';
import type { Identifier } from '#domain/customers/identifiers.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import { consentWordingVersion } from '#components/till/consent-wording.ts';
import type { OutgoingBox } from '#components/till/outgoing.ts';
import type { Buyer } from '#components/till/sale.ts';
import classes from '#components/till/till.module.css';
import type { Enrolled } from '#components/till/till-types.ts';
import type { Counter, Missing } from '#components/till/use-counter.ts';

type Fields = { phone: string; email: string; card: string };
type Asked = { identifiers: Partial<Fields>; profile?: { firstName: string }; consent?: { channels: Channel[]; wordingVersion: string }; store?: string };

function fieldsOf({ text, identifiers }: Missing): Fields {
  const kind = identifiers[0]?.kind ?? (text.includes('@') ? 'email' : 'card');
  return { phone: kind === 'phone' ? text : '', email: kind === 'email' ? text : '', card: kind === 'card' || kind === 'externalId' ? text : '' };
}

/** Who it is when nothing can be asked of the server. */
const typedAs = ({ phone, email, card }: Partial<Fields>): Identifier | null =>
  phone ? { kind: 'phone', value: phone } : email ? { kind: 'email', value: email } : card ? { kind: 'card', value: card } : null;

type Props = { missing: Missing; counter: Counter; box: OutgoingBox | null; store: string | null; now: () => number; onEnrolled: () => void };

export function EnrolForm({ missing, counter, box, store, now, onEnrolled }: Props) {
  const t = useTranslations('till.enrol');
  const language = useLocale();
  const { workspace } = useSession();
  const [fields, setFields] = useState(() => fieldsOf(missing));
  const [firstName, setFirstName] = useState('');
  const [granted, setGranted] = useState<Channel[]>([]);
  const given = Object.fromEntries(Object.entries(fields).flatMap(([kind, value]) => (value.trim() ? [[kind, value.trim()]] : []))) as Partial<Fields>;
  const channels = granted.filter((channel) => (channel === 'sms' ? given.phone : given.email));
  const be = (buyer: Buyer): void => {
    counter.setMissing(null);
    counter.setBuyer(buyer);
    onEnrolled();
  };
  const enrol = (): Promise<void> => counter.during(async () => {
    const asked: Asked = {
      identifiers: given, ...(firstName.trim() && { profile: { firstName: firstName.trim() } }), ...(store && { store }),
      ...(channels.length > 0 && { consent: { channels, wordingVersion: consentWordingVersion(language) } }),
    };
    try {
      be({ kind: 'known', customer: (await api.post<Enrolled>('/till/enrol', asked)).customer });
    } catch (error) {
      const identifier = typedAs(given);
      if (!(error instanceof ApiProblem && error.status === 0) || !box || !identifier) throw error;
      await box.send({ id: crypto.randomUUID(), at: now(), path: '/till/enrol', body: asked, amountMinor: null });
      be({ kind: 'typed', identifier });
    }
  });
  const set = (name: keyof Fields) => (event: React.ChangeEvent<HTMLInputElement>) => setFields({ ...fields, [name]: event.currentTarget.value });
  const toggle = (channel: Channel) => (): void => setGranted(granted.includes(channel) ? granted.filter((one) => one !== channel) : [...granted, channel]);
  return (
    <form className={classes.panel} onSubmit={(event) => { event.preventDefault(); void enrol(); }} aria-label={t('title')}>
      <div>
        <h2>{t('title')}</h2>
        <p className="quiet" style={{ margin: '4px 0 0' }}>{missing.offline ? t('offline', { text: missing.text }) : t('notFound', { text: missing.text })}</p>
      </div>
      <TextInput size="lg" type="tel" label={t('phone')} value={fields.phone} onChange={set('phone')} autoComplete="off" />
      <Group grow align="flex-start" preventGrowOverflow={false}>
        <TextInput size="md" label={t('firstName')} value={firstName} onChange={(event) => setFirstName(event.currentTarget.value)} autoComplete="off" />
        <TextInput size="md" type="email" label={t('email')} value={fields.email} onChange={set('email')} autoComplete="off" />
      </Group>
      {fields.card && <TextInput size="md" label={t('card')} value={fields.card} onChange={set('card')} autoComplete="off" />}
      <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 12 }}>
        <legend className="quiet" style={{ padding: 0, marginBottom: 8 }}>{t('consent', { brand: workspace.brand })}</legend>
        <Checkbox size="md" label={t('sms')} checked={channels.includes('sms')} disabled={!given.phone} onChange={toggle('sms')} />
        <Checkbox size="md" label={t('emails')} checked={channels.includes('email')} disabled={!given.email} onChange={toggle('email')} />
      </fieldset>
      <Group>
        <Button type="submit" size="lg" loading={counter.busy} disabled={!typedAs(given)}>{t('action')}</Button>
        <Button size="lg" variant="subtle" color="gray" onClick={() => be({ kind: 'nobody' })}>{t('without')}</Button>
      </Group>
    </form>
  );
}
