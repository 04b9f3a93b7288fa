'use client';
/** For whom a block is shown. */
import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { BlockCondition } from '#domain/messages/email-blocks.ts';
import { useLoyaltyNames, useVariables } from '#components/templates/use-variables.ts';

const KINDS = ['everyone', 'known', 'unknown', 'equals', 'points', 'voucher'] as const;
type Kind = (typeof KINDS)[number];

type Props = { value: BlockCondition | undefined; onChange: (value: BlockCondition | undefined) => void };

export function BlockConditionFields({ value, onChange }: Props) {
  const t = useTranslations('blocks.when');
  const { programmes, offers } = useLoyaltyNames();
  const groups = useVariables();
  const offered = KINDS.filter((kind) => (kind !== 'points' || programmes.length > 0) && (kind !== 'voucher' || offers.length > 0));
  const begin = (kind: Kind): BlockCondition | undefined => {
    const variable = value && 'variable' in value ? value.variable : 'customer.firstName';
    switch (kind) {
      case 'everyone': return undefined;
      case 'known':
      case 'unknown': return { kind, variable };
      case 'equals': return { kind, variable, value: '?' };
      case 'points': return { kind, programme: programmes[0]?.key ?? '', atLeast: 100 };
      case 'voucher': return { kind, offer: offers[0]?.key ?? '' };
    }
  };
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect label={t('label')} value={value?.kind ?? 'everyone'} data={offered.map((kind) => ({ value: kind, label: t(kind) }))}
        onChange={({ currentTarget }) => { const kind = KINDS.find((one) => one === currentTarget.value); if (kind) onChange(begin(kind)); }} />
      {value && 'variable' in value && (
        <NativeSelect label={t('variable')} value={value.variable} data={groups.map(({ label, variables }) => ({ group: label, items: variables.map((one) => ({ value: one.name, label: one.label })) }))} onChange={({ currentTarget }) => onChange({ ...value, variable: currentTarget.value })} />
      )}
      {value?.kind === 'equals' && <TextInput label={t('value')} value={value.value} maxLength={100} onChange={({ currentTarget }) => currentTarget.value !== '' && onChange({ ...value, value: currentTarget.value.replace(/["{}%]/g, '') || '?' })} w={160} />}
      {value?.kind === 'points' && (
        <>
          <NativeSelect label={t('programme')} value={value.programme} data={programmes.map(({ key, name }) => ({ value: key, label: name }))} onChange={({ currentTarget }) => onChange({ ...value, programme: currentTarget.value })} />
          <NumberInput label={t('atLeast')} min={1} max={10_000_000} allowDecimal={false} hideControls value={value.atLeast} onChange={(points) => typeof points === 'number' && points >= 1 && onChange({ ...value, atLeast: points })} w={120} />
        </>
      )}
      {value?.kind === 'voucher' && <NativeSelect label={t('offer')} value={value.offer} data={offers.map(({ key, name }) => ({ value: key, label: name }))} onChange={({ currentTarget }) => onChange({ ...value, offer: currentTarget.value })} />}
    </Group>
  );
}
