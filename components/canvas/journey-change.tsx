'use client';
/** What differs between two drawings of one journey: as a picture with marks, and in words. */
import { Badge, Text } from '@mantine/core';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { Journey } from '#domain/journeys/definition.ts';
import { compareJourneys, type JourneyDifference } from '#domain/journeys/operations/compare-journeys.ts';
import classes from './compare-dialog.module.css';
import { drawPicture, type Mark } from './draw-picture.ts';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';
import { themeColour } from './theme-colour.ts';
import { withPositions } from './tidy-layout.ts';

const COLOURS = { added: 'live', changed: 'warning', removed: 'danger', moved: 'gray' } as const;

function marksOf({ added, removed, changed, moved }: JourneyDifference): Record<string, Mark> {
  const mark = (ids: string[], kind: Mark) => ids.map((id) => [id, kind] as const);
  return Object.fromEntries([...mark(added.map(({ id }) => id), 'added'), ...mark(removed.map(({ id }) => id), 'removed'), ...mark(changed.map(({ after }) => after.id), 'changed'), ...mark(moved.map(({ id }) => id), 'moved')]);
}

function Marked({ before, after, difference }: { before: Journey; after: Journey; difference: JourneyDifference }) {
  const speech = useSpeech();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was removed stands where it stood, without its connections.
    const both = { ...after, nodes: [...after.nodes, ...before.nodes.filter(({ id }) => difference.removed.some((gone) => gone.id === id)).map((node) => ({ ...node, next: {} }))] };
    if (frame.current) frame.current.innerHTML = drawPicture(both, speech, themeColour, marksOf(difference)).svg;
  }, [before, after, difference, speech]);
  return <div ref={frame} className={classes.picture} tabIndex={0} role="img" aria-label={speech.words('version.picture')} />;
}

function DifferenceList({ difference }: { difference: JourneyDifference }) {
  const speech = useSpeech();
  const { words } = speech;
  const lines = [
    ...difference.added.map((node) => ({ kind: 'added' as const, id: node.id, text: describeNode(node, speech).sentence })),
    ...difference.removed.map((node) => ({ kind: 'removed' as const, id: node.id, text: describeNode(node, speech).sentence })),
    ...difference.changed.map(({ before, after, settings, ways }) => {
      const [was, is] = [describeNode(before, speech), describeNode(after, speech)];
      const text = !settings ? is.sentence : was.sentence === is.sentence ? `${is.sentence}: ${was.detail} → ${is.detail}` : `${was.sentence} → ${is.sentence}`;
      return { kind: 'changed' as const, id: after.id, text: ways ? `${text} (${words('version.ways')})` : text };
    }),
    ...difference.moved.map((node) => ({ kind: 'moved' as const, id: node.id, text: describeNode(node, speech).sentence })),
    ...(['name', 'entry', 'exits', 'notes'] as const).flatMap((part) => (difference[part] ? [{ kind: 'changed' as const, id: part, text: words(`version.${part}`) }] : [])),
  ];
  if (lines.length === 0) return <Text size="sm" c="dimmed">{words('version.none')}</Text>;
  return <ul className={classes.lines}>{lines.map(({ kind, id, text }) => <li key={id}><Badge color={COLOURS[kind]} variant="light" radius="sm">{words(`version.${kind}`)}</Badge><span>{text}</span></li>)}</ul>;
}

/** `children` stands below the words. */
export function JourneyChange({ before: drawnBefore, after: drawnAfter, children }: { before: Journey; after: Journey; children?: ReactNode }) {
  const before = useMemo(() => withPositions(drawnBefore), [drawnBefore]);
  const after = useMemo(() => withPositions(drawnAfter), [drawnAfter]);
  const difference = useMemo(() => compareJourneys(before, after), [before, after]);
  return <div className={classes.sides}><Marked before={before} after={after} difference={difference} /><div><DifferenceList difference={difference} />{children}</div></div>;
}
