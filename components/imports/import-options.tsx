'use client';
/** How the file writes dates and amounts, what becomes of what is known, what its consents rest on, and whether it may start journeys. */
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { KNOWN_POLICIES, type KnownPolicy } from '#domain/imports/known-policy.ts';
import { CONSENT_PREFIX, findField } from '#domain/imports/import-kinds.ts';
import type { DateOrder } from '#domain/imports/read-cell.ts';
import type { ImportFile, Settings } from './import-api.ts';
import classes from './imports.module.css';

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy'];
type Props = { file: ImportFile; fields: ImportFile['fields']; settings: Settings; onChange: (settings: Settings) => void };

export function ImportOptions({ file: { kind, guessed }, fields, settings, onChange }: Props) {
  const t = useTranslations('imports');
  const reads = new Set(fields.flatMap((name) => (name === null ? [] : [findField(kind, name)?.reads])));
  const readsDates = reads.has('date') || reads.has('instant');
  const readsNumbers = reads.has('amount') || reads.has('number') || reads.has('count');
  const saysConsents = kind === 'consents' || fields.some((name) => name?.startsWith(CONSENT_PREFIX));
  const change = (name: keyof Settings, value: string): void => {
    const { [name]: _, ...rest } = settings;
    onChange({ ...rest, ...(value !== '' && { [name]: value }) } as Settings);
  };
  return (
    <section className={classes.panel} aria-label={t('how')}>
      <h2>{t('how')}</h2>
      {readsDates && <Select label={t('dates')} allowDeselect={false} data={ORDERS.map((order) => ({ value: order, label: t(`orders.${order}`) }))} value={settings.dates} onChange={(value) => change('dates', value ?? settings.dates)} description={guessed.datesAreSure ? null : t('datesUnsure')} />}
      {readsNumbers && <Select label={t('decimal')} allowDeselect={false} data={[{ value: ',', label: t('decimals.comma') }, { value: '.', label: t('decimals.point') }]} value={settings.decimal} onChange={(value) => change('decimal', value ?? settings.decimal)} />}
      {['customers', 'relatives', 'products'].includes(kind) && <Select label={t(kind === 'products' ? 'knownProducts' : 'known')} allowDeselect={false} data={KNOWN_POLICIES.map((policy: KnownPolicy) => ({ value: policy, label: t(`policies.${policy}`) }))} value={settings.known} onChange={(value) => change('known', value ?? settings.known)} />}
      {saysConsents && (
        <fieldset className={classes.consents}>
          <legend>{t('consents')}</legend>
          <p className="quiet">{t('consentsHelp')}</p>
          <TextInput type="date" label={t('consentAt')} value={settings.consentAt ?? ''} onChange={({ currentTarget: { value } }) => change('consentAt', value)} />
          <TextInput label={t('consentSource')} maxLength={100} value={settings.consentSource ?? ''} onChange={({ currentTarget: { value } }) => change('consentSource', value)} />
          <TextInput label={t('consentWording')} maxLength={100} value={settings.consentWording ?? ''} onChange={({ currentTarget: { value } }) => change('consentWording', value)} />
        </fieldset>
      )}
      {kind !== 'products' && <Checkbox label={t('startsJourneys')} description={t('startsHelp')} checked={settings.startsJourneys} onChange={({ currentTarget: { checked } }) => onChange({ ...settings, startsJourneys: checked })} />}
    </section>
  );
}
