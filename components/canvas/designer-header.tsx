'use client';
/** The head of the designer: where we are, the name, whether it runs and differs, what is saved, undo and redo, publish. */
import { ActionIcon, Anchor, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconChevronLeft, IconList, IconSitemap, IconTimeline, IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { canonicalBody } from '#domain/events/canonical-body.ts';
import type { Journey } from '#domain/journeys/definition.ts';
import { useCan } from '#components/session.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { journeyApi, type JourneyDetail } from './journey-api.ts';
import { RunMenu } from './run-menu.tsx';
import { SavingState } from './saving-state.tsx';
import { editName } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

/** Read only when it is asked for. */
const PublishDialog = dynamic(() => import('./publish-dialog.tsx').then((loaded) => loaded.PublishDialog), { ssr: false });

const PromoteDialog = dynamic(() => import('#components/promotion/promote-dialog.tsx').then((loaded) => loaded.PromoteDialog), { ssr: false });

const TONES = { draft: 'quiet', live: 'live', paused: 'warning', stopped: 'danger' } as const;

/** What a version does: its text without the places of the cards and without notes. */
const meaningOf = ({ nodes, notes: _notes, ...journey }: Journey): string => {
  const drawn = nodes.map(({ position: _, next, ...node }) => ({ ...node, next: Object.fromEntries(Object.entries(next).filter(([, to]) => to !== null)) }));
  return canonicalBody({ ...journey, nodes: drawn.sort((left, right) => (left.id < right.id ? -1 : 1)) });
};

function useDiffers({ id, liveVersion }: JourneyDetail): boolean | null {
  const journey = useCanvas((state) => state.drawing.journey);
  const number = liveVersion?.number ?? 0;
  const { data } = useQuery({ queryKey: ['designer', id, 'version', number], queryFn: () => journeyApi.version(id, number), enabled: number > 0, staleTime: Infinity });
  return data ? meaningOf(data.definition) !== meaningOf(journey) : null;
}

function NameField() {
  const { words } = useSpeech();
  const store = useCanvasStore();
  const name = useCanvas((state) => state.drawing.journey.name);
  const readOnly = useCanvas((state) => state.readOnly);
  const [typed, setTyped] = useState(name);
  useEffect(() => setTyped(name), [name]);
  return (
    <TextInput variant="unstyled" className={classes.name} aria-label={words('header.name')} value={typed} maxLength={120} readOnly={readOnly} onBlur={() => setTyped(name)}
      onChange={({ currentTarget: { value } }) => { setTyped(value); if (value.trim()) store.getState().act({ kind: 'rename', name: value.trim() }, { merge: true }); }} />
  );
}

function UndoButtons() {
  const speech = useSpeech();
  const { words } = speech;
  const store = useCanvasStore();
  const last = useCanvas((state) => state.drawing.past.at(-1)?.label);
  const next = useCanvas((state) => state.drawing.future.at(-1)?.label);
  const undoName = last ? words('header.undoWhat', { what: editName(last, speech) }) : words('header.undo');
  const redoName = next ? words('header.redoWhat', { what: editName(next, speech) }) : words('header.redo');
  return (
    <>
      <Tooltip label={undoName}><ActionIcon size={32} aria-label={undoName} disabled={!last} onClick={() => store.getState().undo()}><IconArrowBackUp size={18} stroke={1.6} aria-hidden /></ActionIcon></Tooltip>
      <Tooltip label={redoName}><ActionIcon size={32} aria-label={redoName} disabled={!next} onClick={() => store.getState().redo()}><IconArrowForwardUp size={18} stroke={1.6} aria-hidden /></ActionIcon></Tooltip>
    </>
  );
}

/** Who else has the journey open. */
function Others() {
  const { words } = useSpeech();
  const others = useCanvas((state) => state.others);
  if (others.length === 0) return null;
  const names = words('header.others', { names: others.map(({ name }) => name).join(', ') });
  return <Tooltip label={names}><span className={classes.others} role="status" aria-label={names}>{others.slice(0, 4).map(({ name }, index) => <span key={index} aria-hidden>{name.split(/\s+/).map((word) => word.charAt(0)).slice(0, 2).join('')}</span>)}</span></Tooltip>;
}

/** To run the drawing over one person, or over the real audience; neither sends anything. */
function TryButtons({ journeyId, onTry }: { journeyId: string; onTry: () => void }) {
  const t = useTranslations('try');
  const sees = useCan('customers:read');
  return (
    <>
      {sees && <Button size="sm" variant="default" className={classes.tryButton} onClick={onTry}><IconUserSearch size={16} stroke={1.6} aria-hidden /><span>{t('open')}</span></Button>}
      <Button component={Link} href={`/journeys/simulations?journey=${journeyId}`} size="sm" variant="default" className={classes.tryButton}><IconTimeline size={16} stroke={1.6} aria-hidden /><span>{t('simulate')}</span></Button>
    </>
  );
}

export type DesignerView = 'canvas' | 'outline';

export function DesignerHeader({ journey, save, view, onView, onTry }: { journey: JourneyDetail; save: () => Promise<boolean>; view: DesignerView; onView: ((view: DesignerView) => void) | null; onTry: () => void }) {
  const { words } = useSpeech();
  const readOnly = useCanvas((state) => state.readOnly);
  const lastVersion = useCanvas((state) => state.figures?.versions[0]?.number);
  const differs = useDiffers(journey);
  const mayPublish = useCan('journeys:publish');
  const store = useCanvasStore();
  const publishing = useCanvas((state) => state.overlay === 'publish');
  const promoting = useCanvas((state) => state.overlay === 'promote');
  const number = (lastVersion ?? journey.liveVersion?.number ?? 0) + 1;
  const version = journey.liveVersion?.number ?? 0;
  const icon = (Icon: typeof IconList, label: string) => <Tooltip label={label}><span className={classes.viewIcon}><Icon size={16} stroke={1.6} aria-hidden /><span className={classes.hidden}>{label}</span></span></Tooltip>;
  return (
    <div className={classes.head}>
      <Anchor component={Link} href="/journeys" className={classes.back} aria-label={words('header.back')}><IconChevronLeft size={16} aria-hidden /><span>{words('header.back')}</span></Anchor>
      <h1 className={classes.hidden}>{journey.name}</h1>
      <NameField />
      <span className={classes.status}><StatusBadge tone={TONES[journey.status]}>{words(`header.${journey.status}`, { number: version })}</StatusBadge>{differs !== null && <span className="quiet"> · {differs ? words('header.differs') : words('header.same', { number: version })}</span>}</span>
      <span className={classes.spacer} />
      <Others />
      {!readOnly && <SavingState onRetry={() => void save()} />}
      {onView && <SegmentedControl size="xs" aria-label={words('header.view')} value={view} onChange={(value) => onView(value === 'outline' ? 'outline' : 'canvas')} data={[{ value: 'canvas', label: icon(IconSitemap, words('header.canvasView')) }, { value: 'outline', label: icon(IconList, words('header.outlineView')) }]} />}
      {!readOnly && <UndoButtons />}
      <TryButtons journeyId={journey.id} onTry={onTry} />
      {!readOnly && <RunMenu journey={journey} />}
      {mayPublish && !readOnly && <Button size="sm" disabled={differs === false && journey.status === 'live'} onClick={() => store.getState().set({ overlay: 'publish' })}>{words('header.publish', { number })}</Button>}
      {promoting && !readOnly && <PromoteDialog journeyId={journey.id} save={save} onClose={() => store.getState().set({ overlay: null })} />}
      {publishing && mayPublish && !readOnly && <PublishDialog journey={journey} number={number} save={save} onClose={() => store.getState().set({ overlay: null })} />}
    </div>
  );
}
