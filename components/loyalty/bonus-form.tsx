'use client';
/** A bonus: what it gives, how it stacks, and when it counts. */
import { ActionIcon, Button, Chip, Group, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { Bonus, BonusCondition } from '#domain/loyalty/programme.ts';
import classes from '#components/content/content.module.css';
import { MoneyInput } from '#components/content/money-input.tsx';
import { useWeekdays } from '#components/loyalty/use-weekdays.ts';

/** It reckons with calendars, which weigh much. */
const BonusDates = dynamic(() => import('#components/loyalty/bonus-dates.tsx').then((loaded) => loaded.BonusDates), { ssr: false });

type Props = { bonus: Bonus; stores: { externalId: string; name: string }[]; categories: string[]; readOnly: boolean; onBonus: (bonus: Bonus) => void; onRemove: () => void };

/** Only what is said is kept: an empty list is no condition. */
const tidy = (when: { [Name in keyof BonusCondition]: BonusCondition[Name] | undefined }): BonusCondition =>
  Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)));

export function BonusForm({ bonus, stores, categories, readOnly, onBonus, onRemove }: Props) {
  const t = useTranslations('loyalty.bonus');
  const [dates, setDates] = useState(false);
  const weekdays = useWeekdays();
  const { when } = bonus;
  const set = (changes: Partial<Bonus>): void => onBonus({ ...bonus, ...changes });
  const setWhen = (changes: { [Name in keyof BonusCondition]: BonusCondition[Name] | undefined }): void => set({ when: tidy({ ...when, ...changes }) });
  const gives = bonus.factor === undefined ? 'points' : 'factor';
  const stack = (stacking: string | null): void => {
    const { group: _, ...rest } = bonus;
    onBonus(stacking === 'bestOfGroup' ? { ...rest, stacking, group: bonus.group ?? 'group' } : { ...rest, stacking: stacking === 'multiplies' ? 'multiplies' : 'adds' });
  };
  const give = (kind: string | null): void => {
    const { points: _points, factor: _factor, ...rest } = bonus;
    onBonus(kind === 'factor' ? { ...rest, factor: 2 } : { ...rest, points: 10, stacking: rest.stacking === 'multiplies' ? 'adds' : rest.stacking });
  };
  return (
    <div className={classes.rule} role="group" aria-label={t('label', { key: bonus.key })}>
      <div className={classes.ruleHead}><h3>{bonus.key}</h3>{!readOnly && <ActionIcon aria-label={t('remove', { key: bonus.key })} onClick={onRemove}><IconTrash size={16} /></ActionIcon>}</div>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('key')} value={bonus.key} readOnly={readOnly} onChange={(event) => set({ key: event.currentTarget.value })} w={160} />
        <Select label={t('gives')} allowDeselect={false} readOnly={readOnly} value={gives} onChange={give} data={[{ value: 'points', label: t('points') }, { value: 'factor', label: t('factor') }]} w={150} />
        {gives === 'points'
          ? <NumberInput label={t('points')} min={1} allowDecimal={false} hideControls readOnly={readOnly} value={bonus.points ?? ''} onChange={(value) => typeof value === 'number' && set({ points: value })} w={100} />
          : <NumberInput label={t('times')} min={1.01} max={100} step={0.5} decimalScale={2} hideControls readOnly={readOnly} value={bonus.factor ?? ''} onChange={(value) => typeof value === 'number' && set({ factor: value })} w={100} />}
        <Select label={t('stacking')} allowDeselect={false} readOnly={readOnly} value={bonus.stacking} onChange={stack} data={(['adds', 'multiplies', 'bestOfGroup'] as const).map((value) => ({ value, label: t(`stackings.${value}`), disabled: value === 'multiplies' && gives === 'points' }))} w={190} />
        {bonus.stacking === 'bestOfGroup' && <TextInput label={t('group')} readOnly={readOnly} value={bonus.group ?? ''} onChange={(event) => set({ group: event.currentTarget.value })} w={120} />}
        <NumberInput label={t('order')} allowDecimal={false} hideControls readOnly={readOnly} value={bonus.order} onChange={(value) => typeof value === 'number' && set({ order: value })} w={80} />
      </Group>
      <div role="group" aria-label={t('weekdays')}>
        <Chip.Group multiple value={(when.weekdays ?? []).map(String)} onChange={(days) => setWhen({ weekdays: days.map(Number).sort() })}>
          <Group gap={4}>{weekdays.map((name, index) => <Chip key={name} size="xs" value={String(index + 1)} disabled={readOnly}>{name}</Chip>)}</Group>
        </Chip.Group>
      </div>
      <Group gap="sm" align="flex-end">
        <MultiSelect label={t('stores')} placeholder={when.stores ? '' : t('allStores')} readOnly={readOnly} value={when.stores ?? []} onChange={(value) => setWhen({ stores: value })} data={stores.map(({ externalId, name }) => ({ value: externalId, label: name }))} style={{ flex: '1 1 200px' }} />
        <TagsInput label={t('categories')} placeholder={when.categories ? '' : t('allCategories')} readOnly={readOnly} value={when.categories ?? []} onChange={(value) => setWhen({ categories: value })} data={categories} style={{ flex: '1 1 200px' }} />
      </Group>
      <Group gap="sm" align="flex-end">
        {when.from !== undefined || when.to !== undefined || dates
          ? <BonusDates from={when.from} to={when.to} readOnly={readOnly} onChange={setWhen} />
          : !readOnly && <Button variant="default" onClick={() => setDates(true)}>{t('between')}</Button>}
        <MoneyInput label={t('minimumSpend')} readOnly={readOnly} valueMinor={when.minimumSpendMinor ?? null} width={160} onChange={(value) => setWhen({ minimumSpendMinor: value || undefined })} />
      </Group>
    </div>
  );
}
