'use client';
/** Adds a block of a kind. */
import { Button, Menu } from '@mantine/core';
import { IconColumns2, IconGift, IconLayoutList, IconLetterCase, IconMinus, IconPhoto, IconPlus, IconSquareRoundedArrowRight, IconStar } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { EmailBlock } from '#domain/messages/email-blocks.ts';
import type { Surroundings } from './new-block.ts';

const ICONS = { text: IconLetterCase, picture: IconPhoto, button: IconSquareRoundedArrowRight, products: IconLayoutList, points: IconStar, voucher: IconGift, divider: IconMinus, columns: IconColumns2 } as const;

type Props = { kinds: readonly EmailBlock['kind'][]; around: Surroundings; onAdd: (kind: EmailBlock['kind']) => void };

export function AddBlock({ kinds, around, onAdd }: Props) {
  const t = useTranslations('blocks');
  const offered = kinds.filter((kind) => (kind !== 'points' || around.programmes.length > 0) && (kind !== 'voucher' || around.offers.length > 0));
  return (
    <Menu width={220}>
      <Menu.Target><Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />}>{t('add')}</Button></Menu.Target>
      <Menu.Dropdown>
        {offered.map((kind) => { const Icon = ICONS[kind]; return <Menu.Item key={kind} leftSection={<Icon size={16} stroke={1.6} aria-hidden />} onClick={() => onAdd(kind)}>{t(`kinds.${kind}`)}</Menu.Item>; })}
      </Menu.Dropdown>
    </Menu>
  );
}
