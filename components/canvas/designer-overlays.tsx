'use client';
/** What lies over the designer when it is asked for: the search for a step (Ctrl-F), the actions (Ctrl-K), the sheet of shortcuts (?), export and import. */
import { Kbd, Modal, Text } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconBolt, IconNote, IconSearch } from '@tabler/icons-react';
import { nodeKind, NODE_KIND_NAMES } from '#domain/journeys/node-kinds.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import type { Command } from './canvas-commands.ts';
import { useCanvas, useCanvasStore, usualPort } from './canvas-store.ts';
import { CompareDialog } from './compare-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { NODE_VIEWS } from './node-views.ts';
import { PickerDialog, type Choice } from './picker-dialog.tsx';
import classes from './picker-dialog.module.css';
import { plainLetters } from './plain-letters.ts';
import { describeEntry, describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

const holds = (text: string, typed: string): boolean => plainLetters(typed).split(/\s+/).every((word) => plainLetters(text).includes(word));

const SYMBOLS: Record<string, string> = { mod: 'Ctrl', shift: '⇧', alt: 'Alt', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Enter: '↵', Delete: 'Del', Backspace: '⌫' };
const keysText = (keys: string): string => keys.split('+').map((key) => SYMBOLS[key] ?? key.toUpperCase()).join(' ');

function FindDialog({ onClose }: { onClose: () => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const find = (typed: string): Choice[] => {
    const entry = describeEntry(journey, speech);
    const all = [
      { id: ENTRY, label: entry.sentence, detail: [entry.detail, entry.exits].join(' · '), kind: words('kind.entry'), icon: <IconBolt size={18} stroke={1.6} color="var(--family-entry)" aria-hidden /> },
      ...journey.nodes.map((node) => {
        const { icon: Icon } = NODE_VIEWS[node.kind];
        const { sentence, detail } = describeNode(node, speech);
        return { id: node.id, label: sentence, detail, kind: words(`kind.${node.kind}`), icon: <Icon size={18} stroke={1.6} color={`var(--family-${nodeKind(node.kind).family})`} aria-hidden /> };
      }),
      ...(journey.notes ?? []).map(({ id, text }) => ({ id, label: text || words('note.name'), detail: words('note.name'), kind: '', icon: <IconNote size={18} stroke={1.6} aria-hidden /> })),
    ];
    return all.filter(({ id, label, detail, kind }) => holds(`${label} ${detail} ${kind} ${id}`, typed)).slice(0, 50).map((one) => ({ ...one, run: () => store.getState().show(one.id) }));
  };
  return <PickerDialog label={words('command.find')} placeholder={words('overlay.findPlaceholder')} find={find} onClose={onClose} />;
}

function ActionsDialog({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const { readOnly, selected } = store.getState();
  const isAlone = selected.length < 2;
  const open = commands.filter(({ id, writes, onSelection }) => id !== 'actions' && !(writes && readOnly) && !(onSelection && !selected.some((id) => id !== ENTRY)) && !(id.startsWith('align_') && isAlone));
  const adds: Choice[] = readOnly ? [] : NODE_KIND_NAMES.map((kind) => {
    const { icon: Icon } = NODE_VIEWS[kind];
    const { addStep, drawing } = store.getState();
    return { id: `add-${kind}`, label: words('command.addKind', { kind: words(`kind.${kind}`) }), icon: <Icon size={18} stroke={1.6} aria-hidden />, run: () => addStep(kind, { after: usualPort(drawing.journey, selected[0]) }) };
  });
  const choices: Choice[] = [
    ...open.map(({ id, keys, run }) => ({ id, label: words(`command.${id}`), keys: keys[0] && keysText(keys[0]), run })),
    ...adds,
    { id: 'search', label: words('command.search'), icon: <IconSearch size={18} stroke={1.6} aria-hidden />, run: () => spotlight.open() },
  ];
  return <PickerDialog label={words('command.actions')} placeholder={words('overlay.actionsPlaceholder')} find={(typed) => choices.filter(({ label }) => holds(label, typed))} onClose={onClose} />;
}

const BY_HAND: readonly [string, string][] = [['add', 'a'], ['edit', 'Enter'], ['arrows', '← ↑ ↓ →'], ['extend', '⇧ ← ↑ ↓ →'], ['copy', 'mod+c'], ['cut', 'mod+x'], ['paste', 'mod+v'], ['leave', 'Esc'], ['lasso', '⇧ …'], ['pan', '␣ …']];

function ShortcutSheet({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { words } = useSpeech();
  const lines = [...BY_HAND, ...commands.flatMap(({ id, keys: [first] }): [string, string][] => (first ? [[id, first]] : []))];
  return (
    <Modal opened onClose={onClose} size="xl" title={<Text fw={600}>{words('command.shortcuts')}</Text>} closeButtonProps={{ 'aria-label': words('overlay.close') }}>
      <dl className={classes.sheet}>{lines.map(([id, keys]) => <div key={id}><dt>{words(`command.${id}`)}</dt><dd><Kbd size="xs">{keysText(keys)}</Kbd></dd></div>)}</dl>
    </Modal>
  );
}

export function DesignerOverlays({ commands }: { commands: readonly Command[] }) {
  const store = useCanvasStore();
  const overlay = useCanvas((state) => state.overlay);
  const close = (): void => store.getState().set({ overlay: null });
  switch (overlay) {
    case 'find': return <FindDialog onClose={close} />;
    case 'actions': return <ActionsDialog commands={commands} onClose={close} />;
    case 'shortcuts': return <ShortcutSheet commands={commands} onClose={close} />;
    case 'compare': return <CompareDialog onClose={close} />;
    case 'export': return <ExportDialog onClose={close} />;
    default: return null;
  }
}
