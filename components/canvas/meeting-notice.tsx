'use client';
/** Two people changed the same parts of a draft: both versions side by side, part by part, and one button that puts the rest together. */
import { Alert, Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { rebase } from '#domain/journeys/operations/history.ts';
import { mergeDrafts, type Conflict, type Side } from '#domain/journeys/operations/merge-drafts.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './meeting-notice.module.css';
import { describeEntry, describeNode } from './sentences.ts';
import type { Speech } from './speech.ts';
import { useSpeech } from './speech-context.tsx';

function textOf(conflict: Conflict, side: Side, speech: Speech): string {
  const { words } = speech;
  switch (conflict.part) {
    case 'node': { const node = conflict[side]; return node ? Object.values(describeNode(node, speech)).join('. ') : words('conflict.gone'); }
    case 'note': return conflict[side]?.text ?? words('conflict.gone');
    case 'name': return conflict[side].name;
    case 'entry': { const { sentence, detail, reentry } = describeEntry(conflict[side], speech); return `${sentence}. ${detail}. ${reentry}`; }
    case 'exits': return describeEntry(conflict[side], speech).exits;
  }
}

function ConflictLine({ conflict, side, onSide }: { conflict: Conflict; side: Side; onSide: (side: Side) => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const node = conflict.part === 'node' ? (conflict.mine ?? conflict.theirs) : null;
  const name = node ? words(`kind.${node.kind}`) : words(`conflict.${conflict.part}`);
  return (
    <li className={classes.line}>
      <b>{name}</b>
      <div className={classes.sides}>
        {(['mine', 'theirs'] as const).map((each) => <p key={each} data-chosen={side === each || undefined}><span className="quiet">{words(`conflict.${each}`)}</span><br />{textOf(conflict, each, speech)}</p>)}
      </div>
      <SegmentedControl size="xs" aria-label={name} value={side} onChange={(value) => onSide(value === 'theirs' ? 'theirs' : 'mine')} data={[{ value: 'mine', label: words('conflict.mine') }, { value: 'theirs', label: words('conflict.theirs') }]} />
    </li>
  );
}

export function MeetingNotice() {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const meeting = useCanvas((state) => state.meeting);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  if (!meeting) return null;
  const { conflicts } = meeting.merge;
  const join = (): void => {
    const { base, drawing, adopt } = store.getState();
    const answers = Object.fromEntries(conflicts.map(({ id }) => [id, choices[id] ?? 'mine']));
    // What was drawn since the question came is in it too; a part that has become a question since holds mine.
    const merge = mergeDrafts({ base, mine: drawing.journey, theirs: meeting.theirs }, answers);
    adopt(rebase(drawing, merge.journey, merge.theirs), meeting.theirs, meeting.revision);
  };
  return (
    <Alert color="warning" radius={0} py={8} role="alert" title={words('conflict.title')} className={classes.notice}>
      {words('conflict.parts', { count: conflicts.length })}
      <ul className={classes.lines}>{conflicts.map((conflict) => <ConflictLine key={conflict.id} conflict={conflict} side={choices[conflict.id] ?? 'mine'} onSide={(side) => setChoices({ ...choices, [conflict.id]: side })} />)}</ul>
      <Group gap={8} mt={8}><Button size="xs" onClick={join}>{words('conflict.choose')}</Button></Group>
    </Alert>
  );
}
