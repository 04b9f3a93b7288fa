/** A part that goes live with a journey: what becomes of it, what differs, and whose stands where both were edited. */
import { Badge, Button, SegmentedControl } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SIDES, type Side } from '#domain/promotion/part.ts';
import classes from '#components/promotion/promotion.module.css';
import type { ShownPart } from '#components/promotion/promotion-types.ts';
import { TextDifference } from '#components/promotion/text-difference.tsx';

const COLOURS = { new: 'live', same: 'gray', changed: 'ink', liveChanged: 'warning', conflict: 'danger' } as const;
/** Whose stands can be chosen where live has another one. */
const HAS_CHOICE: readonly string[] = ['changed', 'liveChanged', 'conflict'];

export function PartRow({ part, onChoose }: { part: ShownPart; onChoose: (side: Side) => void }) {
  const t = useTranslations('promotion');
  const [open, setOpen] = useState(false);
  const { kind, state, side, mayTake } = part;
  const named = kind === 'policy' ? t('kind.policy') : part.name;
  const differs = kind !== 'journey' && kind !== 'eventType' && state !== 'same';
  return (
    <li className={classes.part}>
      <div className={classes.partHead}>
        <span className={classes.partName}>{kind !== 'policy' && <span className="quiet">{t(`kind.${kind}`)} </span>}<b>{named}</b></span>
        <Badge variant="light" color={COLOURS[state]}>{t(`state.${state}`)}</Badge>
        {differs && <Button variant="subtle" size="compact-xs" aria-expanded={open} aria-label={t('showNamed', { name: named })} onClick={() => setOpen(!open)}>{t(open ? 'hide' : 'show')}</Button>}
      </div>
      {HAS_CHOICE.includes(state) && mayTake && (
        <SegmentedControl size="xs" aria-label={t('whose', { name: named })} value={side ?? ''} onChange={(value) => { const chosen = SIDES.find((each) => each === value); if (chosen) onChoose(chosen); }}
          data={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))} />
      )}
      {HAS_CHOICE.includes(state) && mayTake && side === null && <p className={classes.must}>{t('mustChoose')}</p>}
      {!mayTake && state !== 'same' && <p className="quiet">{t(state === 'new' ? 'mayNotAdd' : 'mayNotTake')}</p>}
      {open && <TextDifference before={part.before} after={part.after} />}
    </li>
  );
}
