'use client';
/** «Add next step»: one menu for every way out and every connection; typing narrows it. It also connects to a step that is there, disconnects, and takes steps that are being moved. */
import { Menu, ScrollArea } from '@mantine/core';
import { IconArrowBarToDown, IconArrowsMove, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { targetOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { moveTo } from './canvas-actions.ts';
import { useCanvas, useCanvasStore, type CanvasState } from './canvas-store.ts';
import classes from './canvas.module.css';
import { NODE_VIEWS } from './node-views.ts';
import { plainLetters } from './plain-letters.ts';
import { describeNode, portName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';
import { useFamilies } from './use-families.ts';

/** Whether a word of the text begins so, or the text itself. */
const begins = (text: string, typed: string): boolean => plainLetters(text).startsWith(plainLetters(typed)) || plainLetters(text).split(/[\s'’]+/).some((word) => word.startsWith(plainLetters(typed)));

/** A card may stand outside of what is seen; its menu does not. */
const within = (place: number, most: number): number => Math.max(8, Math.min(place, most));

function MenuLines({ adding, typed, close }: { adding: NonNullable<CanvasState['adding']>; typed: string; close: () => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const moving = useCanvas((state) => state.moving);
  const known = useFamilies();
  const { port } = adding;
  const follows = targetOf(journey, port);
  const from = journey.nodes.find(({ id }) => id === port.nodeId) ?? null;
  const others = journey.nodes.flatMap((node) => { const { sentence } = describeNode(node, speech); return node.id !== port.nodeId && node.id !== follows && begins(sentence, typed) ? [{ id: node.id, sentence }] : []; });
  const families = known.map(({ family, kinds }) => ({ family, kinds: kinds.filter((kind) => (follows === null || nodeKind(kind).ports(nodeKind(kind).defaults()).length > 0) && begins(words(`kind.${kind}`), typed)) })).filter(({ kinds }) => kinds.length > 0);
  return (
    <ScrollArea.Autosize mah="min(420px, 60vh)" type="auto">
      {typed && <Menu.Label>{words('add.typed', { typed })}</Menu.Label>}
      {moving.length > 0 && !moving.includes(port.nodeId) && <Menu.Item leftSection={<IconArrowsMove size={16} stroke={1.6} aria-hidden />} onClick={() => { moveTo(store, moving, port); close(); }}>{words('moving.here', { count: moving.length })}</Menu.Item>}
      {families.map(({ family, kinds }) => (
        <div key={family}>
          <Menu.Label>{words(`family.${family}`)}</Menu.Label>
          {kinds.map((kind) => {
            const { icon: Icon } = NODE_VIEWS[kind];
            return <Menu.Item key={kind} data-kind={kind} leftSection={<Icon size={16} stroke={1.6} color={`var(--family-${family})`} aria-hidden />} onClick={() => store.getState().addStep(kind, { after: port })}>{words(`kind.${kind}`)}</Menu.Item>;
          })}
        </div>
      ))}
      {others.length > 0 && <Menu.Label>{words('add.connect')}</Menu.Label>}
      {others.slice(0, 60).map(({ id, sentence }) => (
        <Menu.Item key={id} leftSection={<IconArrowBarToDown size={16} stroke={1.6} aria-hidden />} onClick={() => { store.getState().act({ kind: 'connect', from: port, to: id }); close(); }}>{sentence}</Menu.Item>
      ))}
      {follows !== null && !typed && (
        <Menu.Item color="danger" leftSection={<IconPlugConnectedX size={16} stroke={1.6} aria-hidden />} onClick={() => { store.getState().act({ kind: 'disconnect', from: port }); close(); }}>
          {words('add.disconnect')}{port.nodeId === ENTRY ? '' : ` (${portName(from, port.port, speech)})`}
        </Menu.Item>
      )}
    </ScrollArea.Autosize>
  );
}

export function AddStepMenu() {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const adding = useCanvas((state) => state.adding);
  const followed = useCanvas((state) => (state.adding ? targetOf(state.drawing.journey, state.adding.port) !== null : false));
  const [typed, setTyped] = useState('');
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => setTyped(''), [adding]);
  // What is typed narrows the menu, and Enter takes the first line.
  useEffect(() => { if (typed) dropdown.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(); }, [typed]);
  // Whoever types on at once is heard before the menu has the keyboard, and presses no shortcut of the canvas.
  useLayoutEffect(() => {
    if (!adding) return;
    let so = '';
    const hear = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const menu = dropdown.current;
      const first = event.key === 'Enter' && !menu?.contains(document.activeElement) ? menu?.querySelector<HTMLElement>('[role="menuitem"]') : null;
      const next = event.key === 'Backspace' ? so.slice(0, -1) : event.key.length === 1 && (event.key !== ' ' || so) ? so + event.key : null;
      if (!first && next === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (first) first.click();
      else setTyped((so = next ?? ''));
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, [adding]);
  // A step that was just added has the keyboard already; otherwise it goes back to where it was.
  const close = (): void => {
    if (store.getState().adding === null) return;
    store.getState().set({ adding: null });
    if (!adding) return;
    const { nodeId } = adding.port;
    (document.querySelector<HTMLElement>(`[data-outline="${nodeId}"]:is([aria-current])`) ?? document.querySelector<HTMLElement>(`[data-card="${nodeId}"]`))?.focus({ preventScroll: true });
  };
  return (
    <Menu opened={adding !== null} hideDetached={false} onChange={(opened) => { if (!opened) close(); }} position="bottom-start" withinPortal trapFocus returnFocus={false} width={264} clickOutsideEvents={['mousedown', 'touchstart']} transitionProps={{ duration: 0 }}>
      <Menu.Target><span aria-hidden className={classes.menuAnchor} style={{ left: within(adding?.x ?? 0, window.innerWidth - 280), top: within(adding?.y ?? 0, window.innerHeight - 120) }} /></Menu.Target>
      {adding && <Menu.Dropdown ref={dropdown} aria-label={followed ? words('add.onEdge') : words('add.title')}><MenuLines adding={adding} typed={typed} close={close} /></Menu.Dropdown>}
    </Menu>
  );
}
