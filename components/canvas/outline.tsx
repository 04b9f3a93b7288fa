'use client';
/** The outline: the whole journey as a list, with everything the canvas can do. On a narrow screen it is the only view. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconAlertTriangle, IconBolt, IconCornerDownRight, IconDots, IconPlus } from '@tabler/icons-react';
import { Fragment, useMemo } from 'react';
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

function OutlineNode({ node, depth }: { node: JourneyNode; depth: number }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const isSelected = useCanvas((state) => state.selected.includes(node.id));
  const problems = useCanvas((state) => state.problemsOf[node.id]?.length ?? 0);
  const readOnly = useCanvas((state) => state.readOnly);
  const { icon: Icon } = NODE_VIEWS[node.kind];
  const { sentence, detail } = describeNode(node, speech);
  return (
    <li style={indent(depth)} className={classes.outlineLine} data-selected={isSelected || undefined}>
      <button type="button" className={classes.outlineNode} data-family={nodeKind(node.kind).family} aria-current={isSelected || undefined} onClick={() => store.getState().edit(node.id)}>
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
            <Menu.Item color="danger" onClick={() => { store.getState().select([node.id]); store.getState().deleteSelected(); }}>{speech.words('outline.delete')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

function Line({ line }: { line: OutlineLine }) {
  const speech = useSpeech();
  const nodes = useCanvas((state) => state.nodes);
  switch (line.kind) {
    case 'node': return <OutlineNode node={line.node} depth={line.depth} />;
    case 'branch': return <li style={indent(line.depth)} className={classes.outlineBranch}><span className={classes.chip}>{portName(nodes[line.from.nodeId] ?? null, line.from.port, speech)}</span></li>;
    case 'goesTo': {
      const step = describeNode(line.to, speech).sentence;
      return <li style={indent(line.depth)} className={classes.outlineQuiet}><IconCornerDownRight size={14} aria-hidden /> {speech.words(line.isLoop ? 'outline.loop' : 'outline.joins', { step })}</li>;
    }
    case 'open': return <li style={indent(line.depth)} className={classes.outlineQuiet}><span>{speech.words('outline.open')}</span><AddHere port={line.from} /></li>;
    case 'unconnected': return <li className={classes.outlineQuiet}><b>{speech.words('outline.unconnected')}</b></li>;
  }
}

export function Outline() {
  const speech = useSpeech();
  const store = useCanvasStore();
  const journey = useCanvas((state) => state.drawing.journey);
  const isSelected = useCanvas((state) => state.selected.includes(ENTRY));
  const lines = useMemo(() => outlineOf(journey), [journey]);
  const entry = describeEntry(journey, speech);
  return (
    <ol className={classes.outline} aria-label={speech.words('outline.label')}>
      <li className={classes.outlineLine} data-selected={isSelected || undefined}>
        <button type="button" className={classes.outlineNode} data-family="entry" aria-current={isSelected || undefined} onClick={() => store.getState().edit(ENTRY)}>
          <IconBolt size={18} stroke={1.6} className={classes.icon} aria-hidden />
          <span className={classes.text}><span className={classes.sentence}>{entry.sentence}</span><span className={classes.detail}>{[entry.detail, entry.reentry, entry.exits, entry.goal].join(' · ')}</span></span>
        </button>
      </li>
      {lines.map((line, index) => <Fragment key={index}><Line line={line} /></Fragment>)}
    </ol>
  );
}
