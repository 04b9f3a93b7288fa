'use client';
/** Leads through a first journey in five steps: chosen, read, tried on someone, simulated, published. Each is ticked by what was done, and it can be put away. */
import { Anchor, Button, CloseButton } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useEffect } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './first-steps.module.css';
import type { JourneyDetail } from './journey-api.ts';

const STEPS = ['choose', 'read', 'try', 'simulate', 'publish'] as const;
type Done = Partial<Record<(typeof STEPS)[number], boolean>> & { shown: boolean };

export function FirstSteps({ journey, isTrying, onTry }: { journey: JourneyDetail; isTrying: boolean; onTry: () => void }) {
  const t = useTranslations('journeys.first');
  const store = useCanvasStore();
  const begins = useSearchParams().get('first') !== null;
  const hasRead = useCanvas((state) => state.selected.length > 0);
  const [kept, setKept] = useLocalStorage<Done>({ key: `parcours-first-${journey.id}`, defaultValue: { shown: false }, getInitialValueInEffect: false });
  useEffect(() => { if (begins) setKept((now) => ({ ...now, shown: now.choose ? now.shown : true, choose: true })); }, [begins, setKept]);
  useEffect(() => { if (hasRead) setKept((now) => (now.shown ? { ...now, read: true } : now)); }, [hasRead, setKept]);
  useEffect(() => { if (isTrying) setKept((now) => (now.shown ? { ...now, try: true } : now)); }, [isTrying, setKept]);
  if (!kept.shown) return null;
  const done: Done = { ...kept, publish: journey.liveVersion !== null };
  const next = STEPS.find((step) => !done[step]);
  const action = {
    choose: null, read: null,
    try: <Button size="compact-xs" onClick={onTry}>{t('try.action')}</Button>,
    simulate: <Button component={Link} size="compact-xs" href={`/journeys/simulations?journey=${journey.id}`} onClick={() => setKept((now) => ({ ...now, simulate: true }))}>{t('simulate.action')}</Button>,
    publish: <Button size="compact-xs" onClick={() => store.getState().set({ overlay: 'publish' })}>{t('publish.action')}</Button>,
  };
  return (
    <section className={classes.first} aria-label={t('title')}>
      <ol>
        {STEPS.map((step) => (
          <li key={step} data-done={done[step] || undefined} aria-current={step === next ? 'step' : undefined}>
            {done[step] ? <IconCircleCheck size={16} stroke={1.8} aria-label={t('done')} /> : <IconCircle size={16} stroke={1.6} aria-hidden />}
            <span>{t(`${step}.name`)}</span>
          </li>
        ))}
      </ol>
      <p role="status">{next ? t(`${next}.help`) : <>{t('finished')} <Anchor component={Link} href="/content/templates" size="sm">{t('finishedLink')}</Anchor></>}</p>
      {next && action[next]}
      <CloseButton size="sm" aria-label={t('dismiss')} onClick={() => setKept((now) => ({ ...now, shown: false }))} />
    </section>
  );
}
