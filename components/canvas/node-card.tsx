'use client';
/** A step on the canvas: family stripe and icon, a sentence that says what it does, a line of detail, problems, and figures when the journey is live. */
import { Handle, Position } from '@xyflow/react';
import { IconAlertTriangle, IconInfoTriangle, IconMessage, type Icon } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { portsOf } from '#domain/journeys/operations/graph.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { LiveFoot } from './live-foot.tsx';
import { useProblemWords } from './use-problem-words.ts';
import { PortControl } from './port-control.tsx';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

export const NodeCard = memo(function NodeCard({ id, icon: Icon, children }: { id: string; icon: Icon; children?: ReactNode }) {
  const speech = useSpeech();
  const store = useCanvasStore();
  const node = useCanvas((state) => state.nodes[id]);
  const problems = useCanvas((state) => state.problemsOf[id]?.length ?? 0);
  const warnings = useCanvas((state) => state.warningsOf[id]);
  const others = useCanvas((state) => state.others.filter(({ nodeId }) => nodeId === id).map(({ name }) => name).join(', '));
  const comments = useCanvas((state) => state.commentsOf[id] ?? 0);
  const say = useProblemWords();
  const isSelected = useCanvas((state) => state.selected.includes(id));
  const onPath = useCanvas((state) => (state.path === null ? null : state.path.here === id ? 'here' : (state.path.passed[id] ?? 0) > 0 ? 'passed' : 'off'));
  if (!node) return null;
  const { sentence, detail } = describeNode(node, speech);
  const { family } = nodeKind(node.kind);
  const kind = speech.words(`kind.${node.kind}`);
  const problemText = problems > 0 ? speech.words('canvas.problems', { count: problems }) : '';
  const warningText = (warnings ?? []).map(say).join(' ');
  const ports = portsOf(node);
  return (
    <div className={classes.card} data-family={family} data-selected={isSelected || undefined} data-problem={problems > 0 || undefined} data-path={onPath ?? undefined}>
      <Handle type="target" position={Position.Top} id="in" className={classes.handle} data-testid={`in-${id}`} />
      <div role="button" tabIndex={isSelected ? 0 : -1} data-card={id} className={classes.body} aria-label={[speech.words('canvas.node', { kind, sentence }), problemText, warningText].filter(Boolean).join('. ')}
        onFocus={() => { if (!store.getState().selected.includes(id)) store.getState().select([id]); }} onDoubleClick={() => store.getState().edit(id)}>
        <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden />
        <span className={classes.text}>
          <span className={classes.sentence}>{sentence}</span>
          <span className={classes.detail}>{detail}</span>
        </span>
        {problems > 0 && <span className={classes.problem} title={problemText}><IconAlertTriangle size={14} stroke={1.8} aria-hidden /></span>}
      </div>
      {problems === 0 && warningText && <span className={classes.warning} title={warningText}><IconInfoTriangle size={14} stroke={1.8} aria-hidden /></span>}
      {others && <span className={classes.other}>{others}</span>}
      {comments > 0 && <span className={classes.comments} title={speech.words('canvas.comments', { count: comments })}><IconMessage size={14} stroke={1.8} aria-hidden />{comments}</span>}
      {children}
      <LiveFoot id={id} />
      {ports.map((port, index) => <PortControl key={port} nodeId={id} port={port} index={index} of={ports.length} isOpen={!node.next[port]} reachable={isSelected} />)}
    </div>
  );
});
