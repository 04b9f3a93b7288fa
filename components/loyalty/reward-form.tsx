'use client';
/** A reward: its name, what it costs, and the offer that it gives. */
import { ActionIcon, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { Reward } from '#domain/loyalty/programme.ts';
import classes from '#components/content/content.module.css';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';

type Props = { reward: Reward; offers: { key: string; name: string }[]; readOnly: boolean; onReward: (reward: Reward) => void; onRemove: () => void };

export function RewardForm({ reward, offers, readOnly, onReward, onRemove }: Props) {
  const t = useTranslations('loyalty.reward');
  return (
    <div className={classes.rule} role="group" aria-label={t('label', { key: reward.key })}>
      <div className={classes.ruleHead}><h3>{reward.key}</h3>{!readOnly && <ActionIcon aria-label={t('remove', { key: reward.key })} onClick={onRemove}><IconTrash size={16} /></ActionIcon>}</div>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('key')} value={reward.key} readOnly={readOnly} onChange={(event) => onReward({ ...reward, key: event.currentTarget.value })} w={160} />
        <NumberInput label={t('cost')} min={1} allowDecimal={false} hideControls readOnly={readOnly} value={reward.costPoints} onChange={(value) => typeof value === 'number' && onReward({ ...reward, costPoints: value })} w={120} />
        <Select label={t('offer')} allowDeselect={false} searchable readOnly={readOnly} value={reward.offerKey || null} onChange={(offerKey) => onReward({ ...reward, offerKey: offerKey ?? '' })} data={offers.map(({ key, name }) => ({ value: key, label: name }))} style={{ flex: '1 1 200px' }} />
      </Group>
      <TextVariantsInput label={t('name')} value={reward.name} readOnly={readOnly} onChange={(name) => onReward({ ...reward, name })} />
    </div>
  );
}
