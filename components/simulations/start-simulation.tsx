'use client';
/** Which journeys, for how long, over whom: what a simulation is begun with. */
import { Button, Checkbox, MultiSelect, NumberInput, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api, ApiProblem, type Page } from '#components/api-client.ts';
import { useProblemWords } from '#components/canvas/use-problem-words.ts';
import type { JourneySummary } from '#components/journeys/journey-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { simulationApi } from './simulation-api.ts';
import classes from './simulations.module.css';

const DAY_MS = 86_400_000;
const USUAL_SAMPLE = 1_000;

export function StartSimulation({ chosen }: { chosen: string | null }) {
  const t = useTranslations('simulate');
  const sentence = useProblemSentence();
  const problemWords = useProblemWords();
  const router = useRouter();
  const journeys = useQuery({ queryKey: ['simulations', 'journeys'], queryFn: () => api.get<Page<JourneySummary>>('/journeys', { limit: 200 }) });
  const [ids, setIds] = useState<string[]>(chosen ? [chosen] : []);
  const [use, setUse] = useState<'draft' | 'live'>('draft');
  const [days, setDays] = useState<number | string>(30);
  const [whole, setWhole] = useState(false);
  const [sample, setSample] = useState<number | string>(USUAL_SAMPLE);
  const [replays, setReplays] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const found = journeys.data?.items ?? [];
  const live = new Set(found.filter(({ liveVersion }) => liveVersion !== null).map(({ id }) => id));
  const ready = ids.length > 0 && Number(days) >= 1 && (whole || Number(sample) >= 1);
  const start = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      // The workspace's own now, which a sandbox's clock may have moved, is where a simulation begins; its end is counted from it.
      const { now } = await api.get<{ now: string }>('/clock').catch(() => ({ now: new Date().toISOString() }));
      const { id } = await simulationApi.start({
        journeys: ids.map((journeyId) => ({ journeyId, use: use === 'live' && live.has(journeyId) ? 'live' : 'draft' })), to: new Date(Date.parse(now) + Number(days) * DAY_MS).toISOString(),
        customers: whole ? 'all' : { sample: Number(sample) }, events: replays ? 'replayed' : 'none',
      });
      router.push(`/journeys/simulations/${id}`);
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <form className={classes.form} aria-label={t('new')} onSubmit={(event) => { event.preventDefault(); void start(); }}>
      <h2>{t('new')}</h2>
      <MultiSelect label={t('journeys')} data={found.map(({ id, name }) => ({ value: id, label: name }))} value={found.length > 0 ? ids : []} onChange={setIds} searchable required maxValues={50} placeholder={ids.length === 0 ? t('chooseJourneys') : ''} clearButtonProps={{ 'aria-label': t('chooseJourneys') }} />
      <SegmentedControl size="xs" aria-label={t('form')} value={use} onChange={(value) => setUse(value === 'live' ? 'live' : 'draft')} data={[{ value: 'draft', label: t('asDrawn') }, { value: 'live', label: t('asLive') }]} />
      <div className={classes.pair}>
        <NumberInput label={t('days')} min={1} max={1_000} allowDecimal={false} value={days} onChange={setDays} />
        <NumberInput label={t('sample')} min={1} max={100_000} allowDecimal={false} value={sample} onChange={setSample} disabled={whole} />
      </div>
      <Checkbox label={t('whole')} checked={whole} onChange={({ currentTarget: { checked } }) => setWhole(checked)} />
      <Checkbox label={t('replays')} description={t('replaysHelp', { days: Number(days) || 0 })} checked={replays} onChange={({ currentTarget: { checked } }) => setReplays(checked)} />
      {failure !== null && <div role="alert" className={classes.problem}>{failure instanceof ApiProblem && failure.errors.length > 0 ? failure.errors.slice(0, 5).map((problem, index) => <div key={index}>{problemWords(problem)}</div>) : sentence(failure)}</div>}
      <Button type="submit" disabled={!ready} loading={busy}>{t('start')}</Button>
      <p className="quiet">{t('sendsNothing')}</p>
    </form>
  );
}
