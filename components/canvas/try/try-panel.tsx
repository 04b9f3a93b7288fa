'use client';
/**
 * Tries the journey as it is drawn on somebody, step by step (§12.3): the production rules run here, in the page, over facts that one route reads.
 * Nothing is sent and nothing is written.
 */
import { ActionIcon, Button, CloseButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Journey } from '#domain/journeys/definition.ts';
import { storesOf } from '#domain/journeys/trigger.ts';
import { typeInHand } from '#domain/journeys/type-in-hand.ts';
import type { Supposition } from '#domain/simulation/suppose.ts';
import { tryJourney } from '#domain/simulation/try-journey.ts';
import type { TryStep } from '#domain/simulation/try-step.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';
import { SupposeForm } from './suppose-form.tsx';
import { inputOf, inventCustomer, lastSentFrom, pathOfSteps, readTrial, type TrialFacts } from './trial.ts';
import { TrySetup, type Whom } from './try-setup.tsx';
import { TryStepLine, useSupposedText } from './try-step-line.tsx';
import classes from './try.module.css';

/** The steps of a trial; null when the journey, half drawn, cannot be run. */
function stepsOf(facts: TrialFacts, journey: Journey, journeyId: string, whom: Whom, suppositions: readonly Supposition[]): TryStep[] | null {
  const customer = facts.customer ?? inventCustomer(whom.invented);
  try {
    return tryJourney(inputOf(facts, journey, journeyId, whom.forgets ? { ...customer, register: [] } : customer, suppositions));
  } catch {
    return null;
  }
}

/** The trial as far as it was walked, drawn on the canvas; put away with the panel. */
function useDrawnPath(steps: readonly TryStep[], customerId: string): void {
  const store = useCanvasStore();
  const nodeId = steps.at(-1)?.nodeId ?? null;
  useEffect(() => {
    store.getState().set({ path: pathOfSteps(steps, customerId) });
    if (nodeId !== null) store.getState().show(nodeId);
  }, [steps, customerId, nodeId, store]);
  useEffect(() => () => store.getState().set({ path: null }), [store]);
}

function Supposed({ suppositions, onLeaveOut }: { suppositions: readonly Supposition[]; onLeaveOut: (index: number) => void }) {
  const t = useTranslations('try');
  const formats = useFormats();
  const textOf = useSupposedText();
  if (suppositions.length < 2) return null;
  return (
    <ul className={classes.supposed} aria-label={t('supposedSoFar')}>
      {suppositions.slice(1).map((each, index) => (
        <li key={index}><span>{textOf(each)} · {formats.dateTime(each.at)}</span><CloseButton size="sm" aria-label={t('leaveOut', { what: textOf(each) })} onClick={() => onLeaveOut(index + 1)} /></li>
      ))}
    </ul>
  );
}

/** A button that can do nothing now and keeps the focus, so that the keyboard stays in the trial. */
const off = (isOff: boolean) => (isOff ? { 'aria-disabled': true, 'data-disabled': true } : {});

function Walk({ facts, whom, first, onAgain }: { facts: TrialFacts; whom: Whom; first: Supposition; onAgain: () => void }) {
  const t = useTranslations('try');
  const journey = useCanvas((state) => state.drawing.journey);
  const journeyId = useCanvas((state) => state.journeyId);
  const [suppositions, setSuppositions] = useState<readonly Supposition[]>([first]);
  const [taken, setTaken] = useState(1);
  const all = useMemo(() => stepsOf(facts, journey, journeyId, whom, suppositions), [facts, journey, journeyId, whom, suppositions]);
  const steps = useMemo(() => (all ?? []).slice(0, taken), [all, taken]);
  useDrawnPath(steps, facts.customer?.id ?? whom.invented.id);
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }); }, [steps]);
  const last = steps.at(-1);
  if (all === null || !last) return <p className={classes.problem} role="alert">{t('cannotRun')}</p>;
  const isOver = steps.length >= all.length;
  const suppose = (supposed: Supposition): void => { setSuppositions([...suppositions, supposed]); setTaken(steps.length); };
  const reader = whom.customerId ? { customerId: whom.customerId } : { language: whom.invented.language };
  return (
    <>
      <ol ref={list} className={classes.steps} aria-label={t('steps')}>{steps.map((step, index) => <TryStepLine key={index} step={step} suppositions={suppositions} reader={reader} isLast={index === steps.length - 1} />)}</ol>
      <div className={classes.bar}>
        <p className={classes.small} role="status">{isOver ? t('over') : t('stepNumber', { number: steps.length })}</p>
        <div className={classes.buttons}>
          <Button size="sm" data-autofocus {...off(isOver)} onClick={() => setTaken(Math.min(all.length, steps.length + 1))}>{t('next')}</Button>
          <Button size="sm" variant="default" {...off(isOver)} onClick={() => setTaken(all.length)}>{t('toEnd')}</Button>
          <Button size="sm" variant="default" {...off(steps.length < 2)} onClick={() => setTaken(Math.max(1, steps.length - 1))}>{t('stepBack')}</Button>
          <Button size="sm" variant="subtle" onClick={onAgain}>{t('again')}</Button>
        </div>
        <Supposed suppositions={suppositions} onLeaveOut={(index) => setSuppositions(suppositions.filter((_, place) => place !== index))} />
        <SupposeForm now={last.at} until={last.kind === 'waiting' ? last.wakeAt : null} clickable={lastSentFrom(steps)} onSuppose={suppose} />
      </div>
    </>
  );
}

export function TryPanel({ save, onClose }: { save: () => Promise<boolean>; onClose: () => void }) {
  const t = useTranslations('try');
  const store = useCanvasStore();
  const journeyId = useCanvas((state) => state.journeyId);
  const problems = useCanvas((state) => state.problems.length);
  const trigger = useCanvas((state) => typeInHand(state.drawing.journey.entry.trigger));
  const stores = useCanvas((state) => storesOf(state.drawing.journey.entry.trigger));
  const [begun, setBegun] = useState<{ whom: Whom; first: Supposition } | null>(null);
  const customerId = begun?.whom.customerId ?? null;
  const facts = useQuery({
    queryKey: ['try', journeyId, customerId], staleTime: 0, gcTime: 0, refetchOnWindowFocus: false,
    // The facts are those that the draft asks for, so it is saved before.
    queryFn: async () => { await save(); return readTrial(journeyId, customerId); },
  });
  const panel = useRef<HTMLElement>(null);
  useEffect(() => { panel.current?.focus(); }, []);
  return (
    <aside ref={panel} tabIndex={-1} className={classes.panel} aria-label={t('title')} onKeyDown={(event) => { if (event.key === 'Escape' && !event.defaultPrevented) onClose(); }}>
      <header className={classes.head}><h2>{t('title')}</h2><ActionIcon aria-label={t('close')} onClick={onClose}><IconX size={16} aria-hidden /></ActionIcon></header>
      {problems > 0 ? <div className={classes.form}><p>{t('problems', { count: problems })}</p><Button variant="default" onClick={() => { store.getState().set({ foot: 'problems' }); onClose(); }}>{t('showProblems')}</Button></div>
        : facts.isPending ? <LoadingState lines={6} />
        : facts.isError ? <ErrorState error={facts.error} onRetry={() => void facts.refetch()} />
        : begun ? <Walk key={facts.dataUpdatedAt} facts={facts.data} whom={begun.whom} first={begun.first} onAgain={() => setBegun(null)} />
        : <TrySetup trigger={trigger} stores={stores} now={facts.data.now} onBegin={(whom, first) => setBegun({ whom, first })} />}
    </aside>
  );
}
