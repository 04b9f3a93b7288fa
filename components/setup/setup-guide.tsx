'use client';
/** What is left before a journey reaches one's own customers: ticked by facts, each step with its place, put away for good or until the next browser. */
import { CloseButton, Progress } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { api } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import classes from './setup-guide.module.css';

type Step = { key: 'customers' | 'sender' | 'store' | 'team' | 'pairedTill' | 'poster' | 'till' | 'template' | 'journey' | 'simulation' | 'published'; address: string; done: boolean };

export function SetupGuide() {
  const t = useTranslations('setup');
  const { workspace } = useSession();
  const [isAway, putAway] = useLocalStorage({ key: `parcours-setup-${workspace.id}`, defaultValue: false });
  const { data } = useQuery({ queryKey: ['setup'], queryFn: ({ signal }) => api.get<{ steps: Step[] }>('/setup', {}, signal), enabled: !isAway });
  const steps = data?.steps ?? [];
  const done = steps.filter((step) => step.done).length;
  if (isAway || steps.length === done) return null;
  const next = steps.find((step) => !step.done);
  return (
    <section className={classes.guide} aria-label={t('title')}>
      <header>
        <h2>{t('title')}</h2>
        <p>{t('progress', { done, all: steps.length })}</p>
        <CloseButton aria-label={t('putAway')} onClick={() => putAway(true)} />
      </header>
      <Progress value={(done / steps.length) * 100} size="sm" aria-label={t('progress', { done, all: steps.length })} />
      <ol>
        {steps.map(({ key, address, done: isDone }) => (
          <li key={key} data-done={isDone || undefined} aria-current={key === next?.key ? 'step' : undefined}>
            {isDone ? <IconCircleCheck size={18} stroke={1.8} aria-label={t('done')} /> : <IconCircle size={18} stroke={1.6} aria-hidden />}
            {isDone ? <span>{t(`steps.${key}.name`)}</span> : <span><Link href={address}>{t(`steps.${key}.name`)}</Link><small>{t(`steps.${key}.help`)}</small></span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
