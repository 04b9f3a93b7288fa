'use client';
/** Several steps are selected: how many, in one line or at equal distances, copied, moved or deleted together. */
import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconLayoutAlignBottom, IconLayoutAlignCenter, IconLayoutAlignLeft, IconLayoutAlignMiddle, IconLayoutAlignRight, IconLayoutAlignTop, IconLayoutDistributeHorizontal, IconLayoutDistributeVertical } from '@tabler/icons-react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { ALIGNMENTS, alignSelection } from '#components/canvas/canvas-actions.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { StepActionItems } from '#components/canvas/step-actions.tsx';
import classes from './inspector.module.css';

const ICONS = { left: IconLayoutAlignLeft, center: IconLayoutAlignCenter, right: IconLayoutAlignRight, top: IconLayoutAlignTop, middle: IconLayoutAlignMiddle, bottom: IconLayoutAlignBottom, across: IconLayoutDistributeVertical, down: IconLayoutDistributeHorizontal };

export function SeveralSelected() {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const selected = useCanvas((state) => state.selected);
  const readOnly = useCanvas((state) => state.readOnly);
  return (
    <div className={classes.empty}>
      <h2>{words('inspector.several', { count: selected.length })}</h2>
      {!readOnly && (
        <>
          <Group gap={4} mb="sm" role="group" aria-label={words('align.label')}>
            {ALIGNMENTS.map((how) => {
              const Icon = ICONS[how];
              const label = words(`command.align_${how}`);
              return <Tooltip key={how} label={label}><ActionIcon size={32} aria-label={label} onClick={() => alignSelection(store, how)}><Icon size={18} stroke={1.6} aria-hidden /></ActionIcon></Tooltip>;
            })}
          </Group>
          <Group gap={8}>
            <Button color="danger" variant="light" onClick={() => store.getState().deleteSelected()}>{words('inspector.deleteSeveral', { count: selected.filter((id) => id !== ENTRY).length })}</Button>
            <Menu withinPortal>
              <Menu.Target><Button variant="default" leftSection={<IconDots size={16} aria-hidden />}>{words('header.more')}</Button></Menu.Target>
              <Menu.Dropdown><StepActionItems /></Menu.Dropdown>
            </Menu>
          </Group>
        </>
      )}
    </div>
  );
}
