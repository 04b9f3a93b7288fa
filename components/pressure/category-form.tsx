'use client';
/** A category of messages: what one costs, which goes first, and its two switches. */
import { ActionIcon, Checkbox, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { capSwitches, PURPOSES } from '#domain/pressure/category.ts';
import type { MessageCategory } from '#domain/pressure/policy.ts';
import classes from '#components/content/content.module.css';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';

type Props = { category: MessageCategory; readOnly: boolean; mayRemove: boolean; onCategory: (category: MessageCategory) => void; onRemove: () => void };

export function CategoryForm({ category, readOnly, mayRemove, onCategory, onRemove }: Props) {
  const t = useTranslations('pressure.category');
  const set = (changes: Partial<MessageCategory>): void => onCategory({ ...category, ...changes });
  const { ignoresCap, counts } = capSwitches(category);
  const number = (name: 'weight' | 'priority' | 'rank', maximum: number, help: string) => (
    <NumberInput label={t(name)} description={help} min={0} max={maximum} allowDecimal={false} hideControls readOnly={readOnly} value={category[name]} onChange={(value) => typeof value === 'number' && set({ [name]: value })} style={{ flex: '1 1 120px' }} />
  );
  const transactional = (is: boolean): void => {
    const { ignoresCap: _ignores, countsTowardsCap: _counts, ...rest } = category;
    onCategory({ ...rest, transactional: is });
  };
  return (
    <div className={classes.rule} role="group" aria-label={t('label', { key: category.key })}>
      <div className={classes.ruleHead}><h3>{category.key}</h3>{!readOnly && mayRemove && <ActionIcon aria-label={t('remove', { key: category.key })} onClick={onRemove}><IconTrash size={16} /></ActionIcon>}</div>
      <TextVariantsInput label={t('name')} value={category.names} readOnly={readOnly} onChange={(names) => set({ names })} />
      <Group gap="sm" align="flex-end">
        {number('weight', 1_000, t('weightHelp'))}
        {number('priority', 100, t('priorityHelp'))}
        {number('rank', 1_000, t('rankHelp'))}
      </Group>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('key')} value={category.key} readOnly={readOnly} onChange={(event) => set({ key: event.currentTarget.value })} w={160} />
        <NativeSelect label={t('purpose')} disabled={readOnly} value={category.purpose} data={PURPOSES.map((value) => ({ value, label: t(`purposes.${value}`) }))} onChange={({ currentTarget }) => set({ purpose: currentTarget.value === 'service' ? 'service' : 'marketing' })} w={240} />
      </Group>
      <Checkbox label={t('transactional')} checked={category.transactional} disabled={readOnly} onChange={(event) => transactional(event.currentTarget.checked)} />
      <Checkbox label={t('ignoresCap')} checked={ignoresCap} disabled={readOnly} onChange={(event) => set({ ignoresCap: event.currentTarget.checked })} />
      <Checkbox label={t('counts')} checked={counts} disabled={readOnly} onChange={(event) => set({ countsTowardsCap: event.currentTarget.checked })} />
    </div>
  );
}
