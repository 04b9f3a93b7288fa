'use client';
/** One block of an e-mail: its name, its place among the others, for whom it is shown, and what it says. */
import { ActionIcon, Badge, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconFilter, IconGripVertical, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState, type KeyboardEvent } from 'react';
import { LEAF_KINDS } from '#domain/messages/block-kinds.ts';
import type { EmailBlock, LeafBlock } from '#domain/messages/email-blocks.ts';
import { newId } from '#components/templates/new-document.ts';
import { AddBlock } from './add-block.tsx';
import { BlockConditionFields } from './block-condition.tsx';
import { LeafFields } from './block-fields.tsx';
import classes from './blocks.module.css';
import { newLeaf, type Surroundings } from './new-block.ts';

const ProductsFields = dynamic(() => import('./products-fields.tsx').then((loaded) => loaded.ProductsFields), { ssr: false });

type Place = { index: number; count: number };
type Props = {
  block: EmailBlock; place: Place; readOnly: boolean; around: Surroundings;
  onChange: (block: EmailBlock) => void; onMove: (by: -1 | 1) => void; onCopy: () => void; /** Null when an e-mail would be left with nothing. */ onRemove: (() => void) | null; /** Absent where it is moved by buttons and keys only. */ onDrag?: (dragged: boolean) => void;
};

const moved = <T,>(list: readonly T[], from: number, to: number): T[] => {
  const rest = list.filter((_, index) => index !== from);
  const one = list[from];
  return one === undefined || to < 0 || to > rest.length ? [...list] : [...rest.slice(0, to), one, ...rest.slice(to)];
};

function Columns({ block, readOnly, around, onChange }: Pick<Props, 'readOnly' | 'around'> & { block: Extract<EmailBlock, { kind: 'columns' }>; onChange: (block: EmailBlock) => void }) {
  const t = useTranslations('blocks');
  const set = (place: number, leaves: LeafBlock[]): void => onChange({ ...block, columns: block.columns.map((each, index) => (index === place ? leaves : each)) });
  return (
    <div className={classes.columns}>
      {block.columns.map((leaves, place) => (
        <div key={place} className={classes.column} role="group" aria-label={t('column', { place: place + 1 })}>
          {leaves.map((leaf, index) => (
            <BlockCard key={leaf.id} block={leaf} place={{ index, count: leaves.length }} readOnly={readOnly} around={around}
              onChange={(next) => set(place, leaves.map((each, at) => (at === index && next.kind !== 'columns' && next.kind !== 'products' ? next : each)))}
              onMove={(by) => set(place, moved(leaves, index, index + by))} onCopy={() => set(place, [...leaves.slice(0, index + 1), { ...leaf, id: newId() }, ...leaves.slice(index + 1)])}
              onRemove={() => set(place, leaves.filter((_, at) => at !== index))} />
          ))}
          {!readOnly && <AddBlock kinds={LEAF_KINDS} around={around} onAdd={(kind) => { const leaf = LEAF_KINDS.find((one) => one === kind); if (leaf) set(place, [...leaves, newLeaf(leaf, around)]); }} />}
        </div>
      ))}
    </div>
  );
}

export function BlockCard({ block, place, readOnly, around, onChange, onMove, onCopy, onRemove, onDrag }: Props) {
  const t = useTranslations('blocks');
  const [asks, setAsks] = useState(false);
  const name = t(`kinds.${block.kind}`);
  const keys = (event: KeyboardEvent): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const actions = [
    ['up', IconArrowUp, () => onMove(-1), place.index === 0], ['down', IconArrowDown, () => onMove(1), place.index === place.count - 1],
    ['when', IconFilter, () => setAsks(!asks), false], ['copy', IconCopy, onCopy, false], ['remove', IconTrash, () => onRemove?.(), onRemove === null],
  ] as const;
  return (
    <div className={classes.block} role="group" aria-label={`${place.index + 1}. ${name}`} onKeyDown={readOnly ? undefined : keys} data-block={block.id}>
      <div className={classes.head}>
        {!readOnly && onDrag && <span className={classes.grip} draggable onDragStart={() => onDrag(true)} onDragEnd={() => onDrag(false)}><IconGripVertical size={16} aria-hidden /></span>}
        <span className={classes.name}>{name}</span>
        {block.when && <Badge size="sm" color="ink" className={classes.when}>{t(`when.${block.when.kind}`)}</Badge>}
        {!readOnly && <div className={classes.actions}>{actions.map(([action, Icon, act, off]) => (
          <Tooltip key={action} label={t(`actions.${action}`)}><ActionIcon size="sm" aria-label={t('actionOn', { action: t(`actions.${action}`), name, place: place.index + 1 })} aria-expanded={action === 'when' ? asks : undefined} disabled={off} onClick={act}><Icon size={14} aria-hidden /></ActionIcon></Tooltip>
        ))}</div>}
      </div>
      {(block.kind !== 'divider' || asks) && (
        <div className={classes.body}>
          {asks && <BlockConditionFields value={block.when} onChange={(when) => { const { when: _, ...rest } = block; onChange(when ? { ...block, when } : rest); }} />}
          {block.kind === 'columns' ? <Columns block={block} readOnly={readOnly} around={around} onChange={onChange} /> : block.kind === 'products' ? <ProductsFields block={block} readOnly={readOnly} onChange={onChange} /> : <LeafFields block={block} readOnly={readOnly} onChange={onChange} />}
        </div>
      )}
    </div>
  );
}
