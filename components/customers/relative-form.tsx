'use client';
/** Adds a relative, or changes one: who this is to the customer, and when they were born. */
import { Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RELATIONS, type RelativeRow } from '#components/customers/customer-types.ts';
import { RowModal } from '#components/customers/row-modal.tsx';
import type { RowFormProps } from '#components/customers/rows-panel.tsx';

export function RelativeForm({ row, busy, problem, onSave, onClose }: RowFormProps<RelativeRow>) {
  const t = useTranslations('customers.rows');
  const [draft, setDraft] = useState({ relation: row?.relation ?? 'child', firstName: row?.firstName ?? '', birthDate: row?.birthDate ?? '' });
  const firstName = draft.firstName.trim();
  const save = (): void => onSave({ relation: draft.relation, ...(firstName && { firstName }), ...(draft.birthDate && { birthDate: draft.birthDate }) });
  return (
    <RowModal title={t(row ? 'relatives.change' : 'relatives.add')} action={t(row ? 'save' : 'relatives.add')} ready busy={busy} problem={problem} onSave={save} onClose={onClose}>
      <Select label={t('relatives.relation')} data-autofocus allowDeselect={false} value={draft.relation} onChange={(relation) => relation && setDraft({ ...draft, relation })} data={RELATIONS.map((value) => ({ value, label: t(`relatives.of.${value}`) }))} />
      <TextInput label={t('relatives.firstName')} maxLength={200} value={draft.firstName} onChange={({ currentTarget: { value } }) => setDraft({ ...draft, firstName: value })} />
      <TextInput type="date" label={t('relatives.birthDate')} description={t('relatives.birthDateHelp')} value={draft.birthDate} onChange={({ currentTarget: { value } }) => setDraft({ ...draft, birthDate: value })} />
    </RowModal>
  );
}
