'use client';
/** Chooses a date: of the customer, of each relative of a relation, or of each contract. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { CustomerDate, DateSource } from '#domain/journeys/trigger.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { dateName } from '#components/canvas/trigger-sentence.ts';

const ATTRIBUTES = 'attributes.';
const CUSTOMER_DATES = ['birthDate', 'createdAt', 'firstPurchaseAt', 'consents.marketing.email', 'consents.marketing.sms'] as const;
const RELATIONS = ['any', 'child', 'spouse', 'parent', 'other'] as const;
const CONTRACT_DATES = ['startsOn', 'endsOn'] as const;

const isAttribute = (field: CustomerDate): boolean => field.startsWith(ATTRIBUTES);
const nameIn = (text: string): string => text.replace(/[^A-Za-z0-9_]/g, '').replace(/^[^A-Za-z]+/, '').slice(0, 64);

function AttributeName({ value, onChange }: { value: CustomerDate; onChange: (field: CustomerDate) => void }) {
  const { words } = useSpeech();
  return <TextInput label={words('form.dateName')} maxLength={64} value={value.slice(ATTRIBUTES.length)} onChange={({ currentTarget: { value: typed } }) => nameIn(typed) !== '' && onChange(`${ATTRIBUTES}${nameIn(typed)}`)} />;
}

export function CustomerDateField({ label, value, onChange }: { label: string; value: CustomerDate; onChange: (field: CustomerDate) => void }) {
  const speech = useSpeech();
  const known = [...new Set([...CUSTOMER_DATES, ...(isAttribute(value) ? [] : [value])])];
  return (
    <>
      <NativeSelect label={label} value={isAttribute(value) ? ATTRIBUTES : value} onChange={({ currentTarget: { value: chosen } }) => onChange(chosen === ATTRIBUTES ? `${ATTRIBUTES}date` : chosen)}
        data={[...known.map((field) => ({ value: field, label: dateName({ whose: 'customer', field }, 'once', speech) })), { value: ATTRIBUTES, label: speech.words('calendar.attribute') }]} />
      {isAttribute(value) && <AttributeName value={value} onChange={onChange} />}
    </>
  );
}

const codeOf = (of: DateSource): string => (of.whose === 'customer' ? `customer:${isAttribute(of.field) ? ATTRIBUTES : of.field}` : of.whose === 'relative' ? `relative:${of.relation ?? 'any'}` : `contract:${of.date}`);

function sourceOf(code: string, before: DateSource): DateSource {
  const [whose, what = ''] = code.split(':');
  const relation = RELATIONS.find((each) => each === what);
  if (whose === 'relative' && relation) return { whose: 'relative', date: 'birthDate', ...(relation === 'any' ? {} : { relation }) };
  if (whose === 'contract') return { whose: 'contract', date: what === 'endsOn' ? 'endsOn' : 'startsOn', ...(before.whose === 'contract' && before.contractKind ? { contractKind: before.contractKind } : {}) };
  return { whose: 'customer', field: what === ATTRIBUTES ? `${ATTRIBUTES}date` : what };
}

export function DateSourceFields({ value, onChange }: { value: DateSource; onChange: (of: DateSource) => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const own = [...new Set<string>([...CUSTOMER_DATES, ...(value.whose === 'customer' && !isAttribute(value.field) ? [value.field] : [])])];
  const name = (of: DateSource): string => dateName(of, 'once', speech);
  const groups = [
    { group: words('calendar.ofCustomer'), items: [...own.map((field) => ({ value: `customer:${field}`, label: name({ whose: 'customer', field }) })), { value: `customer:${ATTRIBUTES}`, label: words('calendar.attribute') }] },
    { group: words('calendar.ofRelative'), items: RELATIONS.map((relation) => ({ value: `relative:${relation}`, label: words(`calendar.relation.${relation}`) })) },
    { group: words('calendar.ofContract'), items: CONTRACT_DATES.map((date) => ({ value: `contract:${date}`, label: name({ whose: 'contract', date }) })) },
  ];
  return (
    <>
      <NativeSelect label={words('calendar.date')} value={codeOf(value)} data={groups} onChange={({ currentTarget: { value: code } }) => onChange(sourceOf(code, value))} />
      {value.whose === 'customer' && isAttribute(value.field) && <AttributeName value={value.field} onChange={(field) => onChange({ whose: 'customer', field })} />}
      {value.whose === 'contract' && (
        <TextInput label={words('calendar.contractKind')} description={words('calendar.contractKindHelp')} maxLength={60} value={value.contractKind ?? ''}
          onChange={({ currentTarget: { value: kind } }) => onChange({ whose: 'contract', date: value.date, ...(kind.trim() && { contractKind: kind }) })} />
      )}
    </>
  );
}
