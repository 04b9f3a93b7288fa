'use client';
/** Adds a contract, or changes one: what it is, its number, and from when to when it runs. */
import { Group, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { ContractRow } from '#components/customers/customer-types.ts';
import { RowModal } from '#components/customers/row-modal.tsx';
import type { RowFormProps } from '#components/customers/rows-panel.tsx';

export function ContractForm({ row, busy, problem, onSave, onClose }: RowFormProps<ContractRow>) {
  const t = useTranslations('customers.rows');
  const [draft, setDraft] = useState({ kind: row?.kind ?? '', reference: row?.reference ?? '', startsOn: row?.startsOn ?? '', endsOn: row?.endsOn ?? '', status: row?.status ?? 'active' });
  const set = (name: keyof typeof draft) => ({ currentTarget: { value } }: { currentTarget: { value: string } }): void => setDraft({ ...draft, [name]: value });
  const inOrder = !draft.endsOn || draft.startsOn <= draft.endsOn;
  const reference = draft.reference.trim();
  const save = (): void => onSave({ kind: draft.kind.trim(), startsOn: draft.startsOn, status: draft.status, ...(reference && { reference }), ...(draft.endsOn && { endsOn: draft.endsOn }) });
  return (
    <RowModal title={t(row ? 'contracts.change' : 'contracts.add')} action={t(row ? 'save' : 'contracts.add')} ready={draft.kind.trim() !== '' && draft.startsOn !== '' && inOrder} busy={busy} problem={problem} onSave={save} onClose={onClose}>
      <TextInput label={t('contracts.kind')} description={t('contracts.kindHelp')} data-autofocus maxLength={60} value={draft.kind} onChange={set('kind')} />
      <TextInput label={t('contracts.reference')} maxLength={120} value={draft.reference} onChange={set('reference')} />
      <Group grow align="flex-start">
        <TextInput type="date" label={t('contracts.startsOn')} value={draft.startsOn} onChange={set('startsOn')} />
        <TextInput type="date" label={t('contracts.endsOn')} value={draft.endsOn} onChange={set('endsOn')} error={inOrder ? null : t('contracts.wrongOrder')} />
      </Group>
      {row && <SegmentedControl aria-label={t('contracts.status')} value={draft.status} onChange={(status) => setDraft({ ...draft, status })} data={(['active', 'ended'] as const).map((value) => ({ value, label: t(`contracts.statuses.${value}`) }))} />}
    </RowModal>
  );
}
