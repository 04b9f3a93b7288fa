'use client';
/** What is selected: its form, then what it does in words, its ways out, the people here and figures. */
import { ActionIcon, Text } from '@mantine/core';
import { IconNote, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useEffect, useRef, type ReactNode } from 'react';
import { channelOfStep } from '#domain/customers/channels.ts';
import type { CanvasNote } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import { NODE_VIEWS } from '#components/canvas/node-views.ts';
import { entryIcon } from '#components/canvas/nodes/entry-node.tsx';
import { useProblemWords } from '#components/canvas/use-problem-words.ts';
import { describeEntry, describeNode } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { useCan } from '#components/session.tsx';
import { EdgesOfNode } from './edges-of-node.tsx';
import { EntryForm } from './entry-form.tsx';
import { FiguresOfNode } from './figures-of-node.tsx';
import classes from './inspector.module.css';
import { NodeForm } from './node-form.tsx';
import { NoteForm } from './note-form.tsx';
import { SeveralSelected } from './several-selected.tsx';
import { StepActions } from '#components/canvas/step-actions.tsx';
import { WaysOut } from './ways-out.tsx';

/** What takes the keyboard when a step is edited: what is written comes before what is switched. */
const FIELDS = [':is(input:not([type=hidden], [type=radio], [type=checkbox]), textarea)', ':is(input, button, select)'];

function Section({ title, children }: { title: string; children: ReactNode }) {
  return <section className={classes.section}><h3>{title}</h3>{children}</section>;
}

function NoteSelected({ note, onClose }: { note: CanvasNote; onClose?: () => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const readOnly = useCanvas((state) => state.readOnly);
  return (
    <>
      <header className={classes.head} data-family="decide">
        <IconNote size={18} stroke={1.6} className={classes.icon} aria-hidden />
        <h2>{words('note.name')}</h2>
        {!readOnly && <StepActions />}
        {onClose && <ActionIcon aria-label={words('inspector.close')} onClick={onClose}><IconX size={16} aria-hidden /></ActionIcon>}
      </header>
      <fieldset className={classes.form} disabled={readOnly} key={note.id}><NoteForm note={note} act={store.getState().act} /></fieldset>
    </>
  );
}

function Selected({ id, onClose }: { id: string; onClose?: () => void }) {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const say = useProblemWords();
  const edges = useTranslations('understand.edges');
  const check = useTranslations('understand.entryCheck');
  const journey = useCanvas((state) => state.drawing.journey);
  const node = useCanvas((state) => state.nodes[id] ?? null);
  const problems = useCanvas((state) => state.problemsOf[id]);
  const warnings = useCanvas((state) => state.warningsOf[id]);
  const hasFigures = useCanvas((state) => state.figures !== null);
  const readOnly = useCanvas((state) => state.readOnly);
  const maySee = useCan('customers:read');
  const note = journey.notes?.find((each) => each.id === id);
  if (note) return <NoteSelected note={note} {...(onClose && { onClose })} />;
  if (id !== ENTRY && !node) return null;
  const { act, deleteSelected } = store.getState();
  const Icon = node ? NODE_VIEWS[node.kind].icon : entryIcon;
  const said = node ? describeNode(node, speech) : describeEntry(journey, speech);
  return (
    <>
      <header className={classes.head} data-family={node ? nodeKind(node.kind).family : 'entry'}>
        <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden />
        <h2>{words(`kind.${node?.kind ?? 'entry'}`)}</h2>
        {node && !readOnly && <StepActions />}
        {node && !readOnly && <ActionIcon aria-label={words('inspector.delete')} title={words('inspector.delete')} onClick={deleteSelected}><IconTrash size={16} aria-hidden /></ActionIcon>}
        {onClose && <ActionIcon aria-label={words('inspector.close')} onClick={onClose}><IconX size={16} aria-hidden /></ActionIcon>}
      </header>
      <fieldset className={classes.form} disabled={readOnly} key={id}>
        {node ? <NodeForm node={node} onChange={(settings) => act({ kind: 'changeSettings', nodeId: id, settings }, { merge: true })} /> : <EntryForm journey={journey} act={act} />}
      </fieldset>
      {problems && <ul className={classes.problems}>{problems.map((problem, index) => <li key={index}>{say(problem)}</li>)}</ul>}
      {warnings && <ul className={classes.warnings}>{warnings.map((warning, index) => <li key={index}>{say(warning)}</li>)}</ul>}
      <Section title={words('inspector.whatItDoes')}>
        <Text size="sm">{said.sentence}. {said.detail}.</Text>
        <WaysOut id={id} />
      </Section>
      {node && <EdgesOfNode id={id} title={edges('title')} />}
      {hasFigures && !node && maySee && <Section title={check('title')}><EntryCheck /></Section>}
      {hasFigures && node && maySee && <Section title={words('inspector.people')}><PeoplePanel nodeId={id} /></Section>}
      {hasFigures && node && <Section title={words('inspector.figures')}><FiguresOfNode id={id} />{channelOfStep(node.kind) !== null && <SalesOfNode id={id} />}</Section>}
      {hasFigures && node?.kind === 'randomSplit' && node.settings.test && <Section title={words('inspector.test')}><TestOfNode id={id} /></Section>}
      {node && <Section title={words('inspector.comments')}><CommentsOfNode id={id} /></Section>}
    </>
  );
}

/** What speaks with the server is left out without a connection: drawing goes on. */
const Nothing = () => null;
const CommentsOfNode = dynamic(() => import('./comments-of-node.tsx').then((loaded) => loaded.CommentsOfNode, () => Nothing), { ssr: false });
const EntryCheck = dynamic(() => import('./entry-check.tsx').then((loaded) => loaded.EntryCheck, () => Nothing), { ssr: false });
const PeoplePanel = dynamic(() => import('#components/canvas/people-panel.tsx').then((loaded) => loaded.PeoplePanel, () => Nothing), { ssr: false });
const TestOfNode = dynamic(() => import('./test-of-node.tsx').then((loaded) => loaded.TestOfNode, () => Nothing), { ssr: false });
const SalesOfNode = dynamic(() => import('./sales-of-node.tsx').then((loaded) => loaded.SalesOfNode, () => Nothing), { ssr: false });

export function Inspector({ onClose }: { onClose?: () => void }) {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const selected = useCanvas((state) => state.selected);
  const requests = useCanvas((state) => state.editRequests);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (requests === 0) return;
    const frame = requestAnimationFrame(() => FIELDS.map((field) => panel.current?.querySelector<HTMLElement>(`fieldset ${field}`)).find((found) => found)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [requests]);
  const back = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    document.querySelector<HTMLElement>(`[${store.getState().working === 'outline' ? 'data-outline' : 'data-card'}="${selected[0]}"]`)?.focus();
  };
  return (
    <aside ref={panel} className={classes.inspector} aria-label={words('inspector.label')} data-inspector onKeyDown={back}>
      {selected.length === 0 && <div className={classes.empty}><h2>{words('inspector.empty')}</h2><p>{words('inspector.emptyHelp')}</p></div>}
      {selected.length === 1 && selected[0] !== undefined && <Selected id={selected[0]} {...(onClose && { onClose })} />}
      {selected.length > 1 && <SeveralSelected />}
    </aside>
  );
}
