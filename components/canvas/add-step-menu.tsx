'use client';
/** «Add next step»: one menu for every way out and every connection; it also connects to a step that is there, and disconnects. */
import { Menu, ScrollArea } from '@mantine/core';
import { IconArrowBarToDown, IconPlugConnectedX } from '@tabler/icons-react';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { targetOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { FAMILIES, NODE_VIEWS } from './node-views.ts';
import { describeNode, portName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

export function AddStepMenu() {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const adding = useCanvas((state) => state.adding);
  const journey = useCanvas((state) => state.drawing.journey);
  // A step that was just added has the keyboard already; otherwise it goes back to the card.
  const close = (): void => {
    if (store.getState().adding === null) return;
    store.getState().set({ adding: null });
    if (adding) document.querySelector<HTMLElement>(`[data-card="${adding.port.nodeId}"]`)?.focus({ preventScroll: true });
  };
  const follows = adding ? targetOf(journey, adding.port) : null;
  const from = journey.nodes.find(({ id }) => id === adding?.port.nodeId) ?? null;
  const others = journey.nodes.filter(({ id }) => id !== adding?.port.nodeId && id !== follows);
  return (
    <Menu opened={adding !== null} onChange={(opened) => { if (!opened) close(); }} position="bottom-start" withinPortal trapFocus returnFocus={false} width={264} clickOutsideEvents={['mousedown', 'touchstart']} transitionProps={{ duration: 0 }}>
      <Menu.Target><span aria-hidden className={classes.menuAnchor} style={{ left: adding?.x ?? 0, top: adding?.y ?? 0 }} /></Menu.Target>
      {adding && (
        <Menu.Dropdown aria-label={follows === null ? words('add.title') : words('add.onEdge')}>
          <ScrollArea.Autosize mah="min(420px, 60vh)" type="auto">
            {FAMILIES.map(({ family, kinds }) => (
              <div key={family}>
                <Menu.Label>{words(`family.${family}`)}</Menu.Label>
                {kinds.filter((kind) => follows === null || nodeKind(kind).ports(nodeKind(kind).defaults()).length > 0).map((kind) => {
                  const { icon: Icon } = NODE_VIEWS[kind];
                  return <Menu.Item key={kind} data-kind={kind} leftSection={<Icon size={16} stroke={1.6} color={`var(--family-${family})`} aria-hidden />} onClick={() => store.getState().addStep(kind, { after: adding.port })}>{words(`kind.${kind}`)}</Menu.Item>;
                })}
              </div>
            ))}
            {others.length > 0 && <Menu.Label>{words('add.connect')}</Menu.Label>}
            {others.slice(0, 60).map((node) => (
              <Menu.Item key={node.id} leftSection={<IconArrowBarToDown size={16} stroke={1.6} aria-hidden />} onClick={() => { store.getState().act({ kind: 'connect', from: adding.port, to: node.id }); close(); }}>{describeNode(node, speech).sentence}</Menu.Item>
            ))}
            {follows !== null && (
              <Menu.Item color="danger" leftSection={<IconPlugConnectedX size={16} stroke={1.6} aria-hidden />} onClick={() => { store.getState().act({ kind: 'disconnect', from: adding.port }); close(); }}>
                {words('add.disconnect')}{adding.port.nodeId === ENTRY ? '' : ` (${portName(from, adding.port.port, speech)})`}
              </Menu.Item>
            )}
          </ScrollArea.Autosize>
        </Menu.Dropdown>
      )}
    </Menu>
  );
}
