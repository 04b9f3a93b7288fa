'use client';
/** What differs between two versions, or a version and this draft: as a picture with marks, and in words. */
import { Badge, Group, Modal, Select, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Journey } from '#domain/journeys/definition.ts';
import { compareJourneys, type JourneyDifference } from '#domain/journeys/operations/compare-journeys.ts';
import { useCanvas } from './canvas-store.ts';
import classes from './compare-dialog.module.css';
import { drawPicture, type Mark } from './draw-picture.ts';
import { journeyApi } from './journey-api.ts';
import { withPositions } from './tidy-layout.ts';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';
import { themeColour } from './theme-colour.ts';
import { useMovedPeople } from './use-moved-people.ts';
import { useVersions } from './versions-panel.tsx';

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
    if (frame.current) frame.current.innerHTML = drawPicture(both, {}, speech, themeColour, marksOf(difference)).svg;
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

export function CompareDialog({ onClose }: { onClose: () => void }) {
  const { words } = useSpeech();
  const journeyId = useCanvas((state) => state.journeyId);
  const draft = useCanvas((state) => state.drawing.journey);
  const { data: versions = [] } = useVersions();
  const moved = useMovedPeople();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState('draft');
  const first = from ?? String(versions[0]?.number ?? 'draft');
  const answers = useQueries({ queries: [first, to].map((name) => ({ queryKey: ['designer', journeyId, 'version', Number(name)], queryFn: () => journeyApi.version(journeyId, Number(name)), enabled: name !== 'draft', staleTime: Infinity })) });
  const [before, after] = [first, to].map((name, index) => { const definition = answers[index]?.data?.definition; return name === 'draft' ? draft : definition && withPositions(definition); });
  const difference = before && after ? compareJourneys(before, after) : null;
  const data = [{ value: 'draft', label: words('version.draft') }, ...versions.map(({ number }) => ({ value: String(number), label: words('foot.version', { number }) }))];
  return (
    <Modal opened onClose={onClose} size="90%" title={<Text fw={600}>{words('version.title')}</Text>} closeButtonProps={{ 'aria-label': words('overlay.close') }}>
      <Group mb="sm">
        <Select label={words('version.from')} data={data} value={first} allowDeselect={false} onChange={setFrom} />
        <Select label={words('version.to')} data={data} value={to} allowDeselect={false} onChange={(value) => setTo(value ?? 'draft')} />
      </Group>
      {answers.some(({ isError }) => isError) && <Text role="alert" size="sm" c="danger">{words('version.error')}</Text>}
      {before && after && difference && <div className={classes.sides}><Marked before={before} after={after} difference={difference} /><div><DifferenceList difference={difference} />{[...new Set([first, to])].map((name) => (name !== 'draft' && moved(Number(name)) ? <Text key={name} size="sm" mt="sm" data-moved={name}><b>{words('foot.version', { number: Number(name) })}</b> · {moved(Number(name))}</Text> : null))}</div></div>}
    </Modal>
  );
}
