'use client';
/** A loyalty programme: how points are earned, what they buy, an example beside it, and the figures of its ledger. */
import { Button, Group, NumberInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { chooseText, firstText } from '#domain/shared/choose-text.ts';
import { followName, letterKeyOfName } from '#domain/shared/key-of-name.ts';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { MoneyInput } from '#components/content/money-input.tsx';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';
import { LedgerFigures } from '#components/loyalty/ledger-figures.tsx';
import { freeKey, NEW_PROGRAMME, type ProgrammeDraft, type ProgrammeSummary } from '#components/loyalty/programme-types.ts';
import { useProgrammeSurroundings, type Surroundings } from '#components/loyalty/use-programme-surroundings.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { useTouched } from '#components/ui/use-touched.ts';

type FormProps = { draft: ProgrammeDraft; isNew: boolean; readOnly: boolean; around: Surroundings; onDraft: (draft: ProgrammeDraft) => void };
const replaced = <T,>(list: readonly T[], index: number, value: T): T[] => list.map((one, place) => (place === index ? value : one));
const without = <T,>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index);

function ProgrammeForm({ draft, isNew, readOnly, around, onDraft }: FormProps) {
  const t = useTranslations('loyalty');
  const { base, bonuses } = draft.earn;
  const setEarn = (changes: Partial<ProgrammeDraft['earn']>): void => onDraft({ ...draft, earn: { ...draft.earn, ...changes } });
  const addBonus = (): void => setEarn({ bonuses: [...bonuses, { key: freeKey('bonus', [base.key, ...bonuses.map(({ key }) => key)]), order: Math.max(0, ...bonuses.map(({ order }) => order)) + 1, stacking: 'adds', factor: 2, when: {} }] });
  const addReward = (): void => onDraft({ ...draft, rewards: [...draft.rewards, { key: freeKey('reward', draft.rewards.map(({ key }) => key)), name: {}, costPoints: 100, offerKey: around.offers[0]?.key ?? '' }] });
  return (
    <>
      <div className={classes.card}>
        <TextVariantsInput label={t('name')} value={draft.name} readOnly={readOnly} onChange={(name) => onDraft({ ...draft, name, ...(isNew && { key: followName(draft.key, firstText(draft.name), firstText(name), letterKeyOfName) }) })} />
        <Group gap="sm" align="flex-end">
          <TextInput label={t('key')} value={draft.key} readOnly={!isNew || readOnly} maxLength={60} onChange={(event) => onDraft({ ...draft, key: event.currentTarget.value })} w={180} />
          <NumberInput label={t('pointValue')} description={t('pointValueHelp')} min={0} decimalScale={2} hideControls readOnly={readOnly} value={draft.pointValueMinor ?? ''} onChange={(value) => { const { pointValueMinor: _, ...rest } = draft; onDraft(typeof value === 'number' ? { ...rest, pointValueMinor: value } : rest); }} w={260} />
        </Group>
      </div>
      <div className={classes.card}>
        <h2>{t('earn')}</h2>
        <Group gap="sm" align="flex-end">
          <NumberInput label={t('basePoints')} min={1} allowDecimal={false} hideControls readOnly={readOnly} value={base.points} onChange={(value) => typeof value === 'number' && setEarn({ base: { ...base, points: value } })} w={120} />
          <MoneyInput label={t('basePer')} valueMinor={base.perMinor} readOnly={readOnly} width={180} onChange={(perMinor) => perMinor && setEarn({ base: { ...base, perMinor } })} />
        </Group>
        {bonuses.map((bonus, index) => <BonusForm key={index} bonus={bonus} stores={around.stores} categories={around.categories} readOnly={readOnly} onBonus={(next) => setEarn({ bonuses: replaced(bonuses, index, next) })} onRemove={() => setEarn({ bonuses: without(bonuses, index) })} />)}
        {!readOnly && <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={addBonus} w="fit-content">{t('addBonus')}</Button>}
      </div>
      <div className={classes.card}>
        <h2>{t('rewards')}</h2>
        {draft.rewards.map((reward, index) => <RewardForm key={index} reward={reward} offers={around.offers} readOnly={readOnly} onReward={(next) => onDraft({ ...draft, rewards: replaced(draft.rewards, index, next) })} onRemove={() => onDraft({ ...draft, rewards: without(draft.rewards, index) })} />)}
        {!readOnly && <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} disabled={around.offers.length === 0} onClick={addReward} w="fit-content">{t('addReward')}</Button>}
      </div>
    </>
  );
}

const BonusForm = dynamic(() => import('#components/loyalty/bonus-form.tsx').then((loaded) => loaded.BonusForm), { ssr: false, loading: () => <LoadingState lines={3} /> });
/** It reckons with calendars, which weigh much: it is loaded beside the form once the form is there. */
const RewardForm = dynamic(() => import('#components/loyalty/reward-form.tsx').then((loaded) => loaded.RewardForm), { ssr: false, loading: () => <LoadingState lines={3} /> });
const EarnExample = dynamic(() => import('#components/loyalty/earn-example.tsx').then((loaded) => loaded.EarnExample), { ssr: false, loading: () => <LoadingState lines={6} /> });
/** The programme as the server would read it: loaded with the first change. */
const loadReading = async () => (await import('#domain/loyalty/programme.ts')).LoyaltyProgramme;

function ProgrammeEditor({ summary }: { summary: ProgrammeSummary | null }) {
  const t = useTranslations('loyalty');
  const language = useLocale();
  const { workspace } = useSession();
  const router = useRouter();
  const queries = useQueryClient();
  const sentence = useProblemSentence();
  const mayWrite = useCan('loyalty:write');
  const around = useProgrammeSurroundings();
  const touched = useTouched();
  const begun: ProgrammeDraft = summary?.programme ?? NEW_PROGRAMME;
  const [draft, setDraft] = useState(begun);
  const changed = JSON.stringify(draft) !== JSON.stringify(begun);
  const read = useLoaded(changed, loadReading)?.safeParse(draft);
  const save = useMutation({
    mutationFn: (programme: LoyaltyProgramme) => api.put<ProgrammeSummary>(`/programmes/${programme.key}?revision=${summary?.revision ?? 0}`, programme),
    onSuccess: async (saved) => {
      notifications.show({ color: 'live', message: t('saved') });
      queries.setQueryData(['programmes', saved.programme.key], saved);
      await queries.invalidateQueries({ queryKey: ['programmes'] });
      if (!summary) router.replace(`/loyalty/programmes/${saved.programme.key}`);
    },
  });
  const problem = read?.error?.issues[0];
  return (
    <>
      <PageHeader title={summary ? chooseText(summary.programme.name, language, workspace.language).text : t('new')} back={{ href: '/loyalty/programmes', label: t('title') }} lede={t('savedHelp')}>
        {mayWrite && <Button loading={save.isPending} disabled={!read?.success || !changed} onClick={() => read?.success && save.mutate(read.data)}>{t(summary ? 'save' : 'create')}</Button>}
      </PageHeader>
      {save.error && <p role="alert" style={{ color: 'var(--danger)' }}>{sentence(save.error)}</p>}
      {problem && changed && mayWrite && <p role="status" className="quiet">{t('notYet', { where: problem.path.join(' › ') })}</p>}
      <div className={classes.split}>
        <div className={classes.form}><ProgrammeForm draft={draft} isNew={!summary} readOnly={!mayWrite} around={around} onDraft={setDraft} /></div>
        <div className={classes.aside}>
          {touched ? <EarnExample programme={changed ? (read?.data ?? null) : (summary?.programme ?? null)} stores={around.stores} categories={around.categories} /> : <LoadingState lines={6} />}
          {summary && <LedgerFigures programmeKey={summary.programme.key} pointValueMinor={summary.programme.pointValueMinor} />}
        </div>
      </div>
    </>
  );
}

export function ProgrammePage({ programmeKey }: { programmeKey: string }) {
  const t = useTranslations('loyalty');
  const query = useQuery({ queryKey: ['programmes', programmeKey], queryFn: ({ signal }) => api.get<ProgrammeSummary>(`/programmes/${programmeKey}`, {}, signal), refetchOnWindowFocus: false });
  if (query.isPending) return <LoadingState lines={12} />;
  if (query.isError) return <><PageHeader title={t('title')} back={{ href: '/loyalty/programmes', label: t('title') }} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  return <ProgrammeEditor key={query.data.revision} summary={query.data} />;
}

export const NewProgrammePage = () => <ProgrammeEditor summary={null} />;
