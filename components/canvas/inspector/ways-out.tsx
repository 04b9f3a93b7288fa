'use client';
/** The ways out of a step, as a list: where each leads, with the same menu as the «+» on the canvas; a step that can fail is offered a way for errors (§4.5). */
import { ActionIcon } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { findNode, portsOf } from '#domain/journeys/operations/graph.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import { describeNode, portName } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import classes from './inspector.module.css';

export function WaysOut({ id }: { id: string }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const readOnly = useCanvas((state) => state.readOnly);
  const t = useTranslations('liveChanges.people');
  const node = findNode(journey, id);
  const mayFail = node !== null && nodeKind(node.kind).canFail === true && !node.next.error;
  const ways = id === ENTRY ? [{ port: 'next', to: journey.entry.next }] : node ? portsOf(node).map((port) => ({ port, to: node.next[port] ?? null })) : [];
  if (ways.length === 0) return null;
  const add = (port: string) => (event: React.MouseEvent<HTMLElement>): void => {
    const { left, bottom: y } = event.currentTarget.getBoundingClientRect();
    store.getState().set({ adding: { port: { nodeId: id, port }, x: left - 230, y } });
  };
  return (
    <ul className={classes.people}>
      {ways.map(({ port, to }) => {
        const target = to === null ? null : findNode(journey, to);
        const name = portName(node, port, speech);
        return (
          <li key={port} className={classes.person}>
            <span><b>{name}</b><span className={classes.personDetail}>{target ? describeNode(target, speech).sentence : speech.words('outline.open')}</span></span>
            {!readOnly && <ActionIcon aria-label={speech.words('add.here', { port: name })} onClick={add(port)}><IconPlus size={16} aria-hidden /></ActionIcon>}
          </li>
        );
      })}
      {mayFail && !readOnly && (
        <li className={classes.person}>
          <span>{t('addError')}<span className={classes.personDetail}>{t('errorHelp')}</span></span>
          <ActionIcon aria-label={t('addError')} onClick={add('error')}><IconPlus size={16} aria-hidden /></ActionIcon>
        </li>
      )}
    </ul>
  );
}
