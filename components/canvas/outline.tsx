'use client';
/** The outline: the whole journey as a list that is always in step with the canvas and does everything that it does, by keys too. On a narrow screen it is the only view. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconCornerDownRight, IconDots, IconPlus } from '@tabler/icons-react';
import { Fragment, memo, useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { ENTRY, type Port } from '#domain/journeys/operations/operation.ts';
import { useCanvas, useCanvasStore, usualPort } from './canvas-store.ts';
import classes from './canvas.module.css';
import { LiveFoot } from './live-foot.tsx';
import { NODE_VIEWS } from './node-views.ts';
import { outlineOf, type OutlineLine } from './outline-lines.ts';
import { describeEntry, describeNode, portName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';
import { StepActionItems } from './step-actions.tsx';
import { openAddMenu } from './use-canvas-keys.ts';

const indent = (depth: number): { paddingLeft: number } => ({ paddingLeft: Math.min(depth, 8) * 12 });

function AddHere({ port }: { port: Port }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const node = useCanvas((state) => state.nodes[port.nodeId] ?? null);
  const readOnly = useCanvas((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <ActionIcon size="md" aria-label={speech.words('add.here', { port: portName(node, port.port, speech) })}
      onClick={(event) => { const { left: x, bottom: y } = event.currentTarget.getBoundingClientRect(); store.getState().set({ adding: { port, x, y } }); }}>
      <IconPlus size={16} stroke={1.8} aria-hidden />
    </ActionIcon>
  );
}

const OutlineNode = memo(function OutlineNode({ node, depth, tabbable }: { node: JourneyNode; depth: number; tabbable: boolean }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const isSelected = useCanvas((state) => state.selected.includes(node.id));
  const problems = useCanvas((state) => state.problemsOf[node.id]?.length ?? 0);
  const readOnly = useCanvas((state) => state.readOnly);
  const { icon: Icon } = NODE_VIEWS[node.kind];
  const { sentence, detail } = describeNode(node, speech);
  return (
    <li style={indent(depth)} className={classes.outlineLine} data-selected={isSelected || undefined}>
      <button type="button" className={classes.outlineNode} data-outline={node.id} tabIndex={tabbable ? 0 : -1} data-family={nodeKind(node.kind).family} aria-current={isSelected || undefined} onClick={() => store.getState().edit(node.id)}>
        <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden />
        <span className={classes.text}><span className={classes.sentence}>{sentence}</span><span className={classes.detail}>{detail}</span><LiveFoot id={node.id} /></span>
        {problems > 0 && <span className={classes.problem}><IconAlertTriangle size={14} aria-label={speech.words('canvas.problems', { count: problems })} /></span>}
      </button>
      {!readOnly && (
        <Menu>
          <Menu.Target><ActionIcon size="md" aria-label={speech.words('outline.actions', { step: sentence })}><IconDots size={16} aria-hidden /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => store.getState().edit(node.id)}>{speech.words('outline.edit')}</Menu.Item>
            {nodeKind(node.kind).ports(node.settings).length > 0 && <Menu.Item onClick={() => store.getState().set({ adding: { port: usualPort(store.getState().drawing.journey, node.id), x: 40, y: 160 } })}>{speech.words('outline.addAfter')}</Menu.Item>}
            <StepActionItems before={() => store.getState().select([node.id])} />
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
});

function Line({ line, tabbable }: { line: OutlineLine; tabbable: string }) {
  const speech = useSpeech();
  const nodes = useCanvas((state) => state.nodes);
  switch (line.kind) {
    case 'node': return <OutlineNode node={line.node} depth={line.depth} tabbable={tabbable === line.node.id} />;
    case 'branch': return <li style={indent(line.depth)} className={classes.outlineBranch}><span className={classes.chip}>{portName(nodes[line.from.nodeId] ?? null, line.from.port, speech)}</span></li>;
    case 'goesTo': {
      const step = describeNode(line.to, speech).sentence;
      return <li style={indent(line.depth)} className={classes.outlineQuiet}><IconCornerDownRight size={14} aria-hidden /> {speech.words(line.isLoop ? 'outline.loop' : 'outline.joins', { step })}</li>;
    }
    case 'open': return <li style={indent(line.depth)} className={classes.outlineQuiet}><span>{speech.words('outline.open')}</span><AddHere port={line.from} /></li>;
    case 'unconnected': return <li className={classes.outlineQuiet}><b>{speech.words('outline.unconnected')}</b></li>;
  }
}

/** Arrows go from step to step and choose it on the canvas; A adds after it. */
function useOutlineKeys(): (event: KeyboardEvent<HTMLOListElement>) => void {
  const store = useCanvasStore();
  return (event) => {
    const button = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-outline]') : null;
    const id = button?.dataset['outline'];
    if (!button || id === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-outline]')];
    const to = { ArrowDown: all[all.indexOf(button) + 1], ArrowUp: all[all.indexOf(button) - 1], Home: all[0], End: all.at(-1) }[event.key];
    if (to?.dataset['outline'] !== undefined) {
      to.focus();
      store.getState().show(to.dataset['outline']);
    } else if (event.key.toLowerCase() === 'a' || event.key === '+') openAddMenu(store, id, button);
    else return;
    event.preventDefault();
  };
}

export function Outline() {
  const speech = useSpeech();
  const store = useCanvasStore();
  const list = useRef<HTMLOListElement>(null);
  const journey = useCanvas((state) => state.drawing.journey);
  const isSelected = useCanvas((state) => state.selected.includes(ENTRY));
  const selected = useCanvas((state) => state.selected[0]);
  const requests = useCanvas((state) => state.showRequests);
  const keys = useOutlineKeys();
  const lines = useMemo(() => outlineOf(journey), [journey]);
  const entry = describeEntry(journey, speech);
  const tabbable = selected !== undefined && (selected in store.getState().nodes) ? selected : ENTRY;
  // What an edit brought is where the keyboard goes on, when it was here; the list follows the canvas in any case.
  useEffect(() => {
    const button = list.current?.querySelector<HTMLElement>(`[data-outline="${selected}"]`);
    button?.scrollIntoView({ block: 'nearest' });
    if (requests > 0 && store.getState().working === 'outline' && !document.activeElement?.closest('[data-inspector]')) button?.focus({ preventScroll: true });
  }, [requests, selected, store]);
  return (
    <ol ref={list} className={classes.outline} aria-label={speech.words('outline.label')} data-outline-list onKeyDown={keys} onFocus={() => store.getState().set({ working: 'outline' })}>
      <li className={classes.outlineLine} data-selected={isSelected || undefined}>
        <button type="button" className={classes.outlineNode} data-outline={ENTRY} tabIndex={tabbable === ENTRY ? 0 : -1} data-family="entry" aria-current={isSelected || undefined} onClick={() => store.getState().edit(ENTRY)}>
          <IconBolt size={18} stroke={1.6} className={classes.icon} aria-hidden />
          <span className={classes.text}><span className={classes.sentence}>{entry.sentence}</span><span className={classes.detail}>{[entry.detail, entry.reentry, entry.exits, entry.goal].join(' · ')}</span></span>
        </button>
      </li>
      {lines.map((line, index) => <Fragment key={index}><Line line={line} tabbable={tabbable} /></Fragment>)}
      {journey.notes && journey.notes.length > 0 && <li className={classes.outlineQuiet}><b>{speech.words('outline.notes')}</b></li>}
      {journey.notes?.map(({ id, text }) => <li key={id} className={classes.outlineLine}><button type="button" className={classes.outlineNode} data-outline={id} tabIndex={-1} data-family="decide" onClick={() => store.getState().edit(id)}><span className={classes.detail}>{text || speech.words('note.name')}</span></button></li>)}
    </ol>
  );
}
