'use client';
/** What can be done with the selected steps, as a menu: every drag of the canvas has its line here. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowsMove, IconArrowUp, IconBinaryTree, IconCopy, IconCopyPlus, IconDots, IconNote, IconSelectAll, IconTrash, type Icon } from '@tabler/icons-react';
import { addNote, beginMove, duplicateBranch, duplicateSelection, selectBranch, shift } from './canvas-actions.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import { useSpeech } from './speech-context.tsx';
import { useCopy } from './use-clipboard.ts';

export function StepActionItems({ before }: { before?: () => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const copy = useCopy();
  const selected = useCanvas((state) => state.selected);
  const hasSteps = useCanvas((state) => state.selected.some((id) => id in state.nodes) || before !== undefined);
  const item = (id: string, Shown: Icon, run: () => void, color?: string) => (
    <Menu.Item key={id} {...(color && { color })} leftSection={<Shown size={16} stroke={1.6} aria-hidden />} onClick={() => { before?.(); run(); }}>{words(`command.${id}`)}</Menu.Item>
  );
  return (
    <>
      {item('copy', IconCopy, () => void copy())}
      {item('duplicate', IconCopyPlus, () => duplicateSelection(store))}
      {hasSteps && item('duplicateBranch', IconBinaryTree, () => duplicateBranch(store))}
      {hasSteps && item('branch', IconSelectAll, () => selectBranch(store))}
      {hasSteps && item('move', IconArrowsMove, () => beginMove(store))}
      {hasSteps && selected.length <= 1 && item('earlier', IconArrowUp, () => shift(store, store.getState().selected[0] ?? '', 'earlier'))}
      {hasSteps && selected.length <= 1 && item('later', IconArrowDown, () => shift(store, store.getState().selected[0] ?? '', 'later'))}
      {hasSteps && item('note', IconNote, () => addNote(store))}
      {item('delete', IconTrash, () => store.getState().deleteSelected(), 'danger')}
    </>
  );
}

export function StepActions() {
  const { words } = useSpeech();
  return (
    <Menu withinPortal>
      <Menu.Target><ActionIcon aria-label={words('header.more')}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
      <Menu.Dropdown><StepActionItems /></Menu.Dropdown>
    </Menu>
  );
}
