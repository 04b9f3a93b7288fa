'use client';
/** The pressure policy: what each nature of message costs, and how much a customer gets at most; with an ordinary week beside it. */
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { CategoryForm } from '#components/pressure/category-form.tsx';
import { RuleForm } from '#components/pressure/rule-form.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';

const WeekPreview = dynamic(() => import('#components/pressure/week-preview.tsx').then((loaded) => loaded.WeekPreview), { ssr: false, loading: () => <LoadingState lines={8} /> });
/** The policy as the server would read it: loaded with the first change. */
const loadReading = async () => (await import('#domain/pressure/policy.ts')).PressurePolicy;

type Kept = { revision: number; policy: PressurePolicy };
const replaced = <T,>(list: readonly T[], index: number, value: T): T[] => list.map((one, place) => (place === index ? value : one));
const without = <T,>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index);

function freeKey(stem: string, taken: readonly { key: string }[]): string {
  let number = taken.length + 1;
  while (taken.some(({ key }) => key === `${stem}-${number}`)) number += 1;
  return `${stem}-${number}`;
}

function PolicyForm({ policy, readOnly, onPolicy }: { policy: PressurePolicy; readOnly: boolean; onPolicy: (policy: PressurePolicy) => void }) {
  const t = useTranslations('pressure');
  const { categories, rules } = policy;
  const addRule = (): void => onPolicy({ ...policy, rules: [...rules, { key: freeKey('rule', rules), scope: { kind: 'everyone' }, window: { kind: 'calendar', unit: 'week' }, maximumCount: 3 }] });
  const addCategory = (): void => onPolicy({ ...policy, categories: [...categories, { key: freeKey('category', categories), names: {}, weight: 1, priority: 50, rank: categories.length + 1, transactional: false, purpose: 'marketing' }] });
  return (
    <>
      <div className={classes.card}>
        <div><h2>{t('rules')}</h2><p className="quiet" style={{ margin: '4px 0 0' }}>{t('rulesHelp')}</p></div>
        {rules.map((rule, index) => <RuleForm key={index} rule={rule} policy={policy} readOnly={readOnly} onRule={(next) => onPolicy({ ...policy, rules: replaced(rules, index, next) })} onRemove={() => onPolicy({ ...policy, rules: without(rules, index) })} />)}
        {!readOnly && <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={addRule} w="fit-content">{t('addRule')}</Button>}
      </div>
      <div className={classes.card}>
        <div><h2>{t('categories')}</h2><p className="quiet" style={{ margin: '4px 0 0' }}>{t('categoriesHelp')}</p></div>
        {categories.map((category, index) => <CategoryForm key={index} category={category} readOnly={readOnly} mayRemove={categories.length > 1} onCategory={(next) => onPolicy({ ...policy, categories: replaced(categories, index, next) })} onRemove={() => onPolicy({ ...policy, categories: without(categories, index) })} />)}
        {!readOnly && <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={addCategory} w="fit-content">{t('addCategory')}</Button>}
      </div>
    </>
  );
}

function PolicyEditor({ kept }: { kept: Kept }) {
  const t = useTranslations('pressure');
  const queries = useQueryClient();
  const sentence = useProblemSentence();
  const mayWrite = useCan('settings:write');
  const [draft, setDraft] = useState(kept.policy);
  const changed = JSON.stringify(draft) !== JSON.stringify(kept.policy);
  const read = useLoaded(changed, loadReading)?.safeParse(draft);
  const save = useMutation({
    mutationFn: (policy: PressurePolicy) => api.put<Kept>('/pressure-policy', { policy, revision: kept.revision }),
    onSuccess: async (saved) => {
      notifications.show({ color: 'live', message: t('saved') });
      queries.setQueryData(['pressure-policy'], saved);
      await queries.invalidateQueries({ queryKey: ['customers'] });
    },
  });
  const problem = read?.error?.issues[0];
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>
        {mayWrite && <Button loading={save.isPending} disabled={!read?.success || !changed} onClick={() => read?.success && save.mutate(read.data)}>{t('save')}</Button>}
      </PageHeader>
      {save.error && <p role="alert" style={{ color: 'var(--danger)' }}>{sentence(save.error)}</p>}
      {problem && <p role="status" className="quiet">{t('notYet', { where: problem.path.join(' › ') })}</p>}
      <div className={classes.split}>
        <div className={classes.form}><PolicyForm policy={draft} readOnly={!mayWrite} onPolicy={setDraft} /></div>
        <div className={classes.aside}><WeekPreview policy={(changed && read?.data) || kept.policy} /></div>
      </div>
    </>
  );
}

export function PressurePage() {
  const t = useTranslations('pressure');
  const query = useQuery({ queryKey: ['pressure-policy'], queryFn: ({ signal }) => api.get<Kept>('/pressure-policy', {}, signal), refetchOnWindowFocus: false });
  if (query.isPending) return <LoadingState lines={12} />;
  if (query.isError) return <><PageHeader title={t('title')} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  return <PolicyEditor key={query.data.revision} kept={query.data} />;
}
