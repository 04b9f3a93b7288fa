'use client';
/** One comparison: a field, an operator that fits it, and a value of its type. */
import { Autocomplete, NumberInput, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { FieldCondition } from '#domain/audiences/condition.ts';
import { fieldType } from '#domain/audiences/fields.ts';
import { OPERATORS, OPERATOR_NAMES } from '#domain/audiences/operators.ts';
import { fieldName } from '#components/canvas/condition-sentence.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import classes from '#components/canvas/inspector/inspector.module.css';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { beginField, fieldOptions, operatorsFor, prefixOf, readTyped, type Scope } from './condition-tree.ts';
import { useSeenValues } from './use-seen-values.ts';

type Props = { value: FieldCondition; onChange: (condition: FieldCondition) => void; scope: Scope; eventType: string | undefined };

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** A text among those seen; another may be written. */
function SeenField({ value, label, onChange, ...of }: { value: string; label: string; onChange: (text: string) => void; field: string; event: string | undefined }) {
  const [isOpen, setOpen] = useState(false);
  const { number } = useFormats();
  const seen = useSeenValues(of.field, of.event, value, isOpen);
  const counts = new Map(seen.map((one) => [String(one.value), one.count]));
  return (
    <Autocomplete size="xs" aria-label={label} maxLength={500} value={value} onChange={onChange} data={[...counts.keys()]} filter={({ options }) => options} onDropdownOpen={() => setOpen(true)} onDropdownClose={() => setOpen(false)} maxDropdownHeight={240}
      renderOption={({ option }) => <span className={classes.seen}><span>{option.value}</span><span className="quiet">{number(counts.get(option.value) ?? 0)}</span></span>} />
  );
}

/** Several of them. */
function SeenList({ value, onChange, ...of }: { value: string[]; onChange: (texts: string[]) => void; field: string; event: string | undefined }) {
  const { words } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const seen = useSeenValues(of.field, of.event, typed, isOpen);
  return <TagsInput size="xs" aria-label={words('condition.values')} description={words('condition.valuesHelp')} value={value} onChange={onChange} searchValue={typed} onSearchChange={setTyped} data={[...new Set(seen.map((one) => String(one.value)))]} onDropdownOpen={() => setOpen(true)} onDropdownClose={() => setOpen(false)} />;
}

function ValueField({ value: condition, onChange, scope, eventType }: Props) {
  const { words } = useSpeech();
  const { stores } = useNamedCatalogue();
  const { workspace } = useSession();
  const { field, is, value } = condition;
  const kind = OPERATORS[is].value;
  const type = fieldType(field, scope) ?? 'any';
  const label = words('condition.value');
  const set = (next: unknown): void => onChange({ ...condition, value: next });
  if (kind === 'none') return null;
  if (kind === 'list') return <SeenList field={field} event={eventType} value={Array.isArray(value) ? value.map(String) : []} onChange={(values) => set(type === 'text' ? values : values.map(readTyped))} />;
  if (kind === 'days' || kind === 'number' || (kind === 'scalar' && type === 'number')) {
    const per = field.endsWith('Minor') ? 10 ** workspace.currencyExponent : 1;
    return <NumberInput size="xs" aria-label={label} value={typeof value === 'number' ? value / per : ''} decimalScale={per === 1 ? 6 : workspace.currencyExponent} suffix={per === 1 ? '' : ` ${workspace.currency}`} min={kind === 'days' ? 0 : undefined}
      onChange={(number) => number !== '' && set(Math.round(Number(number) * per * 1e6) / 1e6)} />;
  }
  if (kind === 'date') return <TextInput size="xs" type="date" aria-label={label} value={typeof value === 'string' ? value.slice(0, 10) : ''} onChange={(event) => set(event.currentTarget.value)} />;
  if (type === 'boolean') return <SegmentedControl size="xs" aria-label={label} value={value === false ? 'no' : 'yes'} onChange={(chosen) => set(chosen === 'yes')} data={[{ value: 'yes', label: words('value.yes') }, { value: 'no', label: words('value.no') }]} />;
  if (field.endsWith('.storeId') && stores.length > 0) return <Select size="xs" aria-label={label} placeholder={words('form.choose')} searchable value={typeof value === 'string' && value ? value : null} data={stores.map(({ id, name }) => ({ value: id, label: name }))} onChange={(id) => set(id ?? '')} />;
  return <SeenField field={field} event={eventType} label={label} value={value === undefined || value === null ? '' : String(value)} onChange={(text) => set(type === 'any' && kind === 'scalar' ? readTyped(text) : text)} />;
}

export function FieldFields({ value, onChange, scope, eventType }: Props) {
  const speech = useSpeech();
  const { words } = speech;
  const catalogue = useNamedCatalogue();
  const options = useMemo(() => fieldOptions(scope, catalogue, eventType), [scope, catalogue, eventType]);
  const listed = options.some(({ field }) => field === value.field && !field.endsWith('.'));
  const prefix = listed ? null : prefixOf(value.field);
  const groups = [...new Set(options.map(({ group }) => group))];
  const data = groups.map((group) => ({
    group: words(`fieldGroup.${group}`),
    items: options.filter((option) => option.group === group).map(({ field }) => ({ value: field, label: field.endsWith('.') ? `${words(`fieldGroup.${group}`)}…` : capital(fieldName(speech, field)) })),
  }));
  const operators = operatorsFor(value.field, scope);
  return (
    <>
      <Select size="xs" aria-label={words('condition.field')} searchable openOnFocus={false} allowDeselect={false} data={data} value={prefix ?? value.field} maxDropdownHeight={320} onChange={(field) => field !== null && onChange(beginField(field, scope))} />
      {prefix !== null && <TextInput size="xs" aria-label={words('condition.customName')} placeholder={words('condition.customName')} maxLength={120} value={value.field.slice(prefix.length)} onChange={(event) => onChange({ ...value, field: `${prefix}${event.currentTarget.value.replace(/[^A-Za-z0-9_.-]/g, '')}` })} />}
      <Select size="xs" aria-label={words('condition.operator')} allowDeselect={false} value={value.is} data={operators.map((name) => ({ value: name, label: words(`operatorName.${name}`) }))}
        onChange={(name) => { const is = OPERATOR_NAMES.find((each) => each === name); if (is) onChange(OPERATORS[is].value === OPERATORS[value.is].value ? { ...value, is } : beginField(value.field, scope, is)); }} />
      <ValueField value={value} onChange={onChange} scope={scope} eventType={eventType} />
    </>
  );
}
